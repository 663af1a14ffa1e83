import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminBalanceActionResponse } from "../../../../../../types/http-statements"
import { masspayAdjustBalanceWorkflow } from "../../../../../../workflows/payee/workflows/adjust-balance"
import { operatorOf } from "../../../operator"
import type { AdjustmentBody } from "../../../statement-validators"
import type { PayoutActionQuery } from "../../../validators"

type ActionRequest = AuthenticatedMedusaRequest<AdjustmentBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * Books a signed amount for the payee by hand, in the name of the signed-in
 * operator. The same `request_id` again answers with what was done. Where the
 * approval policy asks for two people at this amount, of either sign, it becomes
 * a proposal for `POST /admin/masspay/action-requests/:id/confirm`. 400 with the
 * reason in plain words when it is not allowed.
 *
 * @oas [post] /admin/masspay/payees/{id}/adjustments
 * operationId: PostMasspayPayeesIdAdjustments
 * summary: Adjust a Payee's Balance
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, amount, currency_code]
 *         properties:
 *           request_id: { type: string, description: "Made by you, a new one for each action." }
 *           reason: { type: string, maxLength: 1000, description: The vendor reads it on her statement. }
 *           amount: { type: string, description: "Signed, in major units: 12.50 credits her, -12.50 charges her." }
 *           available_at: { type: string, format: date-time, description: From when on it may be paid. }
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
  const { result } = await masspayAdjustBalanceWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id: req.params.id ?? "",
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ action: result })
}
