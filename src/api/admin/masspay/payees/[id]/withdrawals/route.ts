import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listWithdrawals } from "../../../../../../modules/masspay/queries/withdrawals"
import type { WithdrawalListResponse } from "../../../../../../types/http-mirrors"
import { booksOf } from "../../../books"
import type { WithdrawalsQuery } from "../../../mirror-validators"
import { vendorOrNotFound } from "../../../statement-answers"

/**
 * What the payee took out of her MassPay wallet herself, or a rule of hers did:
 * a mirror of MassPay's history, the latest first.
 *
 * @oas [get] /admin/masspay/payees/{id}/withdrawals
 * operationId: GetMasspayPayeesIdWithdrawals
 * summary: List a Payee's Withdrawals
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: The payee's ID., schema: { type: string } }
 *   - { name: currency_code, in: query, description: One or several currencies., schema: { type: array, items: { type: string } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * security:
 *   - api_token: []
 *   - cookie_auth: []
 *   - jwt_token: []
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200": { description: "`withdrawals` as MassPay's history was read `as_of`, with `count`, `limit` and `offset`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, WithdrawalsQuery>,
  res: MedusaResponse<WithdrawalListResponse>
): Promise<void> => {
  const vendor_id = await vendorOrNotFound(req.scope, req.params.id ?? "")
  const { listing } = req.validatedQuery
  const { db } = booksOf(req.scope)
  res.json(await listWithdrawals(db, { vendor_id, ...listing }))
}
