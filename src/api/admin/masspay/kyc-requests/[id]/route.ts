import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminKycRequestResponse } from "../../../../../types/http-kyc"
import { kycRequestOf } from "../kyc-request"

/**
 * @oas [get] /admin/masspay/kyc-requests/{id}
 * operationId: GetMasspayKycRequestsId
 * summary: Get a KYC Request
 * description: One request, with who looked at its link and when. Without the link.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * tags:
 *   - MassPay KYC
 * responses:
 *   "200":
 *     description: The request, under `kyc_request`.
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminKycRequestResponse>
): Promise<void> => {
  res.json({ kyc_request: await kycRequestOf(req.scope, req.params.id ?? "") })
}
