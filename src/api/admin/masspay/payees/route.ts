import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listPayees } from "../../../../modules/masspay/queries/payee-list"
import type { AdminPayeeListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListPayeesQuery } from "../payee-validators"

/**
 * Vendors as MassPay knows them, and why one cannot be paid yet.
 *
 * @oas [get] /admin/masspay/payees
 * operationId: GetMasspayPayees
 * summary: List Payees
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "A part of a vendor's ID or name.", schema: { type: string } }
 *   - { name: status, in: query, schema: { type: array, items: { type: string, enum: [unlinked, linking, active, locked, deactivated] } } }
 *   - { name: needs, in: query, description: What somebody has to see to; any of them., schema: { type: array, items: { type: string, enum: [account, confirmation, papers, profile, resume] } } }
 *   - { name: currency_code, in: query, description: Those who have or had something in it., schema: { type: string } }
 *   - { name: order, in: query, description: "`open` is what is in no payout, in `currency_code`.", schema: { type: string, enum: [created_at, -created_at, name, -name, open, -open], default: -created_at } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Payees
 * responses:
 *   "200":
 *     description: The page of payees.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListPayeesQuery>,
  res: MedusaResponse<AdminPayeeListResponse>
): Promise<void> => {
  const { listing } = req.validatedQuery
  res.json(await listPayees(booksOf(req.scope).db, listing))
}
