import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminLinkResponse } from "../../../../../../types/http-linking"
import { masspayLinkPayeeWorkflow } from "../../../../../../workflows/payee/workflows/link-payee"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * Looks the vendor up at MassPay now, creates her where she is not known, and
 * says what came of it. Also for one whom an operator unlinked.
 *
 * @oas [post] /admin/masspay/payees/{id}/link
 * operationId: PostMasspayPayeesIdLink
 * summary: Link a Payee
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
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
 *   "200": { description: "`link`: what came of it, in words." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminLinkResponse>
): Promise<void> => {
  const { result } = await masspayLinkPayeeWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      payee_id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json({ link: result })
}
