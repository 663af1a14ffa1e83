import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listPayees } from "../../../../modules/masspay/queries/reads"
import type { AdminPayeeListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListPayeesQuery } from "../validators"

/**
 * Vendors as MassPay knows them, and why one cannot be paid yet.
 *
 * @oas [get] /admin/masspay/payees
 * operationId: GetMasspayPayees
 * summary: List Payees
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "A part of a vendor's ID or name.", schema: { type: string } }
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
  const { q, limit, offset } = req.validatedQuery
  res.json(await listPayees(booksOf(req.scope).db, { q, limit, offset }))
}
