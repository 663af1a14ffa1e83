import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listNegativeBalances } from "../../../../modules/masspay/queries/balances"
import type { AdminNegativeBalanceListResponse } from "../../../../types/http-statements"
import { booksOf } from "../books"
import type { NegativeBalancesQuery } from "../statement-validators"

/**
 * Vendors who owe, with how much, since when, and the oldest entry that is the
 * reason. By currency, whoever owes most first.
 *
 * @oas [get] /admin/masspay/negative-balances
 * operationId: GetMasspayNegativeBalances
 * summary: List Negative Balances
 * x-authenticated: true
 * parameters:
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
 *   "200": { description: "`negative_balances`, `count`, `limit` and `offset`." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, NegativeBalancesQuery>,
  res: MedusaResponse<AdminNegativeBalanceListResponse>
): Promise<void> => {
  res.json(
    await listNegativeBalances(booksOf(req.scope).db, req.validatedQuery)
  )
}
