import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { vendorPayouts } from "../../../../modules/masspay/queries/vendor-reads"
import type { VendorPayoutListResponse } from "../../../../types/http-vendor"
import { booksOf } from "../../../admin/masspay/books"
import { signedInVendor } from "../signed-in"
import type { VendorPayoutsQuery } from "../validators"

/**
 * Payouts of the signed-in vendor, newest first.
 *
 * @oas [get] /vendor/masspay/payouts
 * operationId: GetVendorMasspayPayouts
 * summary: List Payouts
 * x-authenticated: true
 * parameters:
 *   - { name: state, in: query, schema: { type: array, items: { type: string, enum: [waiting, in_transit, paid, taken_back, not_paid, netted] } } }
 *   - { name: currency_code, in: query, description: One or several currencies., schema: { type: array, items: { type: string } } }
 *   - { name: created_at, in: query, description: "A range by $gt, $gte, $lt and $lte.", schema: { type: object } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: "`payouts`, `count`, `limit` and `offset`."
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, VendorPayoutsQuery>,
  res: MedusaResponse<VendorPayoutListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const { listing } = req.validatedQuery
  res.json(
    await vendorPayouts(booksOf(req.scope).db, { vendor_id, ...listing })
  )
}
