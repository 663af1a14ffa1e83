import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { vendorMe } from "../../../../modules/masspay/queries/vendor-reads"
import type { VendorMeResponse } from "../../../../types/http-vendor"
import { booksOf } from "../../../admin/masspay/books"
import { signedInVendor } from "../signed-in"

/**
 * Who the signed-in vendor is to MassPay, and why she is not paid at the moment.
 *
 * @oas [get] /vendor/masspay/me
 * operationId: GetVendorMasspayMe
 * summary: Get the Signed-In Vendor
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: Her MassPay account, under `vendor`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorMeResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  res.json({ vendor: await vendorMe(booksOf(req.scope).db, vendor_id) })
}
