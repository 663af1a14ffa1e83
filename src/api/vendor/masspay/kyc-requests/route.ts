import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { vendorKycRequests } from "../../../../modules/masspay/queries/kyc-reads"
import type { VendorKycRequestListResponse } from "../../../../types/http-kyc"
import { keepNowhere } from "../../../secret-answer"
import { signedInVendor } from "../signed-in"

/**
 * What MassPay wants of the signed-in vendor at the moment, with where she
 * uploads it: strictly hers.
 *
 * @oas [get] /vendor/masspay/kyc-requests
 * operationId: GetVendorMasspayKycRequests
 * summary: List Requests for Papers
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: Open requests, under `kyc_requests`. The links are secrets of hers and may not be cached.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorKycRequestListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const { books, links } = await kernelFrom(req.scope)
  const kyc_requests = await vendorKycRequests(books, { vendor_id, links })
  keepNowhere(res)
  res.json({ kyc_requests })
}
