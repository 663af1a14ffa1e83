import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listUnallocatedRefunds } from "../../../../modules/masspay/queries/unallocated-refunds"
import type { AdminUnallocatedRefundListResponse } from "../../../../types/http-refunds"
import { booksOf } from "../books"
import type { ListUnallocatedRefundsQuery } from "../refund-validators"

/**
 * Refunds of which something is in no line of their order, and nobody said yet
 * whose it is; the oldest first. Until it is said, nothing is booked for their
 * orders.
 *
 * @oas [get] /admin/masspay/unallocated-refunds
 * operationId: GetMasspayUnallocatedRefunds
 * summary: List Unallocated Refunds
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the refund, the order or a vendor who could bear a part of it, or a part of her name.", schema: { type: string } }
 *   - { name: order_id, in: query, schema: { type: string }, description: The paid order or a vendor's order made from it. }
 *   - { name: vendor_id, in: query, schema: { type: string }, description: Who could bear a part of it. }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Refunds
 * responses:
 *   "200":
 *     description: The page of refunds, each with a suggested split that adds up to what is unallocated.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest & {
    validatedQuery: ListUnallocatedRefundsQuery
  },
  res: MedusaResponse<AdminUnallocatedRefundListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  const listed = await listUnallocatedRefunds(booksOf(req.scope).db, {
    filters,
    limit,
    offset,
  })
  res.json({ ...listed, limit, offset })
}
