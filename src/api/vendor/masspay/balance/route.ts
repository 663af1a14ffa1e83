import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { balancesOf } from "../../../../modules/masspay/queries/balances"
import { walletMirrorOf } from "../../../../modules/masspay/queries/wallets"
import type { VendorBalanceResponse } from "../../../../types/http-vendor"
import { booksOf } from "../../../admin/masspay/books"
import { signedInVendor } from "../signed-in"

/**
 * What the signed-in vendor is owed now, by currency, and where it is; and what
 * she had in her MassPay wallet when that was last read.
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
 *     description: One of each currency, under `balances`. Under `wallet` what she had in her MassPay wallet `as_of` some time of the last day; `null` where it was not read yet.
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
  const { db } = booksOf(req.scope)
  res.json({
    balances: await balancesOf(db, vendor_id),
    wallet: await walletMirrorOf(db, { vendor_id }),
  })
}
