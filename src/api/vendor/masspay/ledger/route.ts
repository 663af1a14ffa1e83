import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { vendorLedger } from "../../../../modules/masspay/queries/vendor-reads"
import type { VendorLedgerResponse } from "../../../../types/http-vendor"
import { booksOf } from "../../../admin/masspay/books"
import type { LedgerQuery } from "../../../admin/masspay/statement-validators"
import { signedInVendor } from "../signed-in"

/**
 * Every signed amount that was ever booked for the signed-in vendor, newest first.
 *
 * @oas [get] /vendor/masspay/ledger
 * operationId: GetVendorMasspayLedger
 * summary: List Ledger Entries
 * x-authenticated: true
 * parameters:
 *   - { name: currency_code, in: query, description: One or several currencies., schema: { type: array, items: { type: string } } }
 *   - { name: kind, in: query, schema: { type: array, items: { type: string, enum: [earning, clawback, correction, adjustment, overpayment, settled_elsewhere] } } }
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
 *     description: "`entries`, `count`, `limit` and `offset`."
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "403":
 *     description: Nobody's vendor is signed in, or the marketplace's adapter cannot tell whose.
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, LedgerQuery>,
  res: MedusaResponse<VendorLedgerResponse>
): Promise<void> => {
  const vendor_id = await signedInVendor(req)
  const { listing } = req.validatedQuery
  res.json(await vendorLedger(booksOf(req.scope).db, { vendor_id, ...listing }))
}
