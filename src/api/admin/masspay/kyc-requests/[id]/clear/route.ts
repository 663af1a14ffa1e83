import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminKycClearResponse } from "../../../../../../types/http-kyc"
import { masspayClearKycRequestWorkflow } from "../../../../../../workflows/kyc/workflows/clear-kyc-request"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"
import { kycRequestOf } from "../../kyc-request"

/**
 * @oas [post] /admin/masspay/kyc-requests/{id}/clear
 * operationId: PostMasspayKycRequestsIdClear
 * summary: Close a KYC Request
 * description: Closes a request that is settled otherwise and drops its link. Payouts that it kept back go on after a look-up; a vendor whom MassPay calls locked is still sent nothing. The same `request_id` again changes nothing.
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
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay KYC
 * responses:
 *   "200":
 *     description: The request, and what closing it does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminKycClearResponse>
): Promise<void> => {
  const id = req.params.id ?? ""
  const { result } = await masspayClearKycRequestWorkflow(req.scope).run({
    input: { ...req.validatedBody, id, actor: operatorOf(req) },
  })
  const { accesses: _accesses, ...kyc_request } = await kycRequestOf(
    req.scope,
    id
  )
  res.json({ kyc_request, effect: result.effect })
}
