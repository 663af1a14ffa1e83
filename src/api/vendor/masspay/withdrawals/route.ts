import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listWithdrawals } from "../../../../modules/masspay/queries/withdrawals"
import type { WithdrawalListResponse } from "../../../../types/http-mirrors"
import { booksOf } from "../../../admin/masspay/books"
import type { WithdrawalsQuery } from "../../../admin/masspay/mirror-validators"
import { signedInVendor } from "../signed-in"

/**
 * What the signed-in vendor took out of her MassPay wallet, as MassPay's history
 * was read last, the latest first.
 *
 * @oas [get] /vendor/masspay/withdrawals
 * operationId: GetVendorMasspayWithdrawals
 * summary: List Withdrawals
 * x-authenticated: true
 * parameters:
 *   - { name: currency_code, in: query, description: One or several currencies., schema: { type: array, items: { type: string } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * security:
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Vendor
 * responses:
 *   "200":
 *     description: "`withdrawals` with `as_of`, `count`, `limit` and `offset`."
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, WithdrawalsQuery>,
  res: MedusaResponse<WithdrawalListResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const { listing } = req.validatedQuery
  const { db } = booksOf(req.scope)
  res.json(await listWithdrawals(db, { vendor_id, ...listing }))
}
