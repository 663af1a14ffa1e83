import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminBalanceActionResponse } from "../../../../../../types/http-statements"
import { masspayWriteOffBalanceWorkflow } from "../../../../../../workflows/payee/workflows/write-off-balance"
import { operatorOf } from "../../../operator"
import type { WriteOffBody } from "../../../statement-validators"
import type { PayoutActionQuery } from "../../../validators"

type ActionRequest = AuthenticatedMedusaRequest<WriteOffBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * Writes off what the payee owes in one currency: all of it, and never more. Her
 * open entries are closed with it. The same `request_id` again answers with what
 * was done; the approval policy holds as for adjustments.
 *
 * @oas [post] /admin/masspay/payees/{id}/write-offs
 * operationId: PostMasspayPayeesIdWriteOffs
 * summary: Write Off What a Payee Owes
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, currency_code]
 *         properties:
 *           request_id: { type: string, description: "Made by you, a new one for each action." }
 *           reason: { type: string, maxLength: 1000, description: The vendor reads it on her statement. }
 *           currency_code: { type: string }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`action`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: ActionRequest,
  res: MedusaResponse<AdminBalanceActionResponse>
): Promise<void> => {
  const { result } = await masspayWriteOffBalanceWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id: req.params.id ?? "",
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ action: result })
}
