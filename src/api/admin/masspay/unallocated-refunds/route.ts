import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listUnallocatedRefunds } from "../../../../modules/masspay/queries/unallocated-refunds"
import type { AdminUnallocatedRefundListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListUnallocatedRefundsQuery } from "../refund-validators"

/**
 * Refunds of which something is in no line of their order, and nobody said yet
 * whose it is; the oldest first. Until it is said, nothing is booked for their
 * orders. `?order_id=` and `?vendor_id=` narrow the list.
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
