import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminPayeeActionResponse } from "../../../../../../types/http-linking"
import { masspayUnlinkPayeeWorkflow } from "../../../../../../workflows/payee/workflows/unlink-payee"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"
import type { PayoutActionQuery } from "../../../validators"

type ActionRequest = AuthenticatedMedusaRequest<DecisionBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * Takes the MassPay user away from a vendor when nothing of hers is open; the
 * answer names everything that is. Her payouts stay with the user they were made
 * for, and are still looked at. Where `payouts.approval` is not "none" it is a
 * proposal until a second operator confirms it. The same `request_id` again
 * answers with what was done.
 *
 * @oas [post] /admin/masspay/payees/{id}/unlink
 * operationId: PostMasspayPayeesIdUnlink
 * summary: Unlink a Payee
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           request_id: { type: string, description: "Made by you, a new one for each action." }
 *           reason: { type: string, maxLength: 1000 }
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
  res: MedusaResponse<AdminPayeeActionResponse>
): Promise<void> => {
  const { result } = await masspayUnlinkPayeeWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id: req.params.id ?? "",
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ action: result })
}
