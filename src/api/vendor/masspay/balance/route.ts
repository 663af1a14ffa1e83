import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { balancesOf } from "../../../../modules/masspay/queries/balances"
import type { VendorBalanceResponse } from "../../../../types/http-vendor"
import { booksOf } from "../../../admin/masspay/books"
import { signedInVendor } from "../signed-in"

/**
 * What the signed-in vendor is owed now, by currency, and where it is.
 *
 * @oas [get] /vendor/masspay/balance
 * operationId: GetVendorMasspayBalance
 * summary: Get Balances
 * x-authenticated: true
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: One of each currency, under `balances`.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<VendorBalanceResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  res.json({ balances: await balancesOf(booksOf(req.scope).db, vendor_id) })
}
