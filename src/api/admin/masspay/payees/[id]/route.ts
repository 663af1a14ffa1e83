import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type {
  AdminPayeeDecisionResponse,
  AdminPayeeResponse,
} from "../../../../../types/http-collect"
import { masspayDecideAboutPayeeWorkflow } from "../../../../../workflows/payee/workflows/decide-about-payee"
import type { SetPayeeTermsBody } from "../../collect-validators"
import { operatorOf } from "../../operator"
import { payeeOf } from "../payee"

/**
 * @oas [get] /admin/masspay/payees/{id}
 * operationId: GetMasspayPayeesId
 * summary: Get a Payee
 * description: One vendor with when and from what sum on she is paid, what she has in each currency, the holds that stand, and what operators decided about her.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200":
 *     description: The payee.
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPayeeResponse>
): Promise<void> => {
  res.json({ payee: await payeeOf(req.scope, req.params.id ?? "") })
}

/**
 * @oas [post] /admin/masspay/payees/{id}
 * operationId: PostMasspayPayeesId
 * summary: Set a Payee's Terms
 * description: Sets how, when and from what sum on a vendor is paid. `null` goes back to what the shop's options say; what is left out stays. `minimum` replaces all of her own minimums. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           method: { type: string, enum: [wallet, direct], nullable: true }
 *           schedule:
 *             nullable: true
 *             oneOf:
 *               - { type: string, enum: [immediate, daily] }
 *               - { type: object, properties: { weekly: { type: string } } }
 *               - { type: object, properties: { monthly: { type: integer, minimum: 1, maximum: 28 } } }
 *           minimum:
 *             type: object
 *             nullable: true
 *             additionalProperties: { type: string }
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200":
 *     description: The payee, and what was decided.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<SetPayeeTermsBody>,
  res: MedusaResponse<AdminPayeeDecisionResponse>
): Promise<void> => {
  const payee_id = req.params.id ?? ""
  const { method, schedule, minimum, ...body } = req.validatedBody
  const { result } = await masspayDecideAboutPayeeWorkflow(req.scope).run({
    input: {
      ...body,
      decision: "set_terms",
      ...(method !== undefined && { method }),
      ...(schedule !== undefined && { schedule }),
      ...(minimum !== undefined && { minimum }),
      payee_id,
      actor: operatorOf(req),
    },
  })
  res.json({ payee: await payeeOf(req.scope, payee_id), decision: result })
}
