import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminPayeeActionResponse } from "../../../../../../types/http-linking"
import { masspayConfirmUserWorkflow } from "../../../../../../workflows/payee/workflows/confirm-user"
import type { ConfirmUserBody } from "../../../linking-validators"
import { operatorOf } from "../../../operator"
import type { PayoutActionQuery } from "../../../validators"

type ActionRequest = AuthenticatedMedusaRequest<ConfirmUserBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * Says that the MassPay user whom the look-up found, and whom this shop did not
 * create, is this vendor's. MassPay is asked again at this moment: the user has
 * to be the one that was shown, not closed, and no other payee's. Where
 * `payouts.approval` is not "none" it is a proposal until a second operator
 * confirms it. The same `request_id` again answers with what was done.
 *
 * @oas [post] /admin/masspay/payees/{id}/confirm-user
 * operationId: PostMasspayPayeesIdConfirmUser
 * summary: Confirm the User That MassPay Found
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: dry_run, in: query, description: Only says what it would do., schema: { type: boolean, default: false } }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, found_user_token]
 *         properties:
 *           found_user_token: { type: string, description: "As the payee shows it. It is compared, never adopted." }
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
  const { result } = await masspayConfirmUserWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id: req.params.id ?? "",
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ action: result })
}
