import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listLedger } from "../../../../../../modules/masspay/queries/ledger"
import type { AdminLedgerResponse } from "../../../../../../types/http-statements"
import { booksOf } from "../../../books"
import { vendorOrNotFound } from "../../../statement-answers"
import type { LedgerQuery } from "../../../statement-validators"

/**
 * Every signed amount that was ever booked for the payee, newest first, each
 * with its order and the payout that has taken it.
 *
 * @oas [get] /admin/masspay/payees/{id}/ledger
 * operationId: GetMasspayPayeesIdLedger
 * summary: List a Payee's Ledger Entries
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: currency_code, in: query, description: One or several currencies., schema: { type: array, items: { type: string } } }
 *   - { name: kind, in: query, schema: { type: array, items: { type: string, enum: [earning, clawback, correction, adjustment, overpayment, settled_elsewhere] } } }
 *   - { name: created_at, in: query, description: "A range by $gt, $gte, $lt and $lte.", schema: { type: object } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`entries`, `count`, `limit` and `offset`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, LedgerQuery>,
  res: MedusaResponse<AdminLedgerResponse>
): Promise<void> => {
  const vendor_id = await vendorOrNotFound(req.scope, req.params.id ?? "")
  const { listing } = req.validatedQuery
  res.json(await listLedger(booksOf(req.scope).db, { vendor_id, ...listing }))
}
