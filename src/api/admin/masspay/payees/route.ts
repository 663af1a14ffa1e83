import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listPayees } from "../../../../modules/masspay/queries/reads"
import type { AdminPayeeListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListPayeesQuery } from "../validators"

/** Vendors as MassPay knows them, and why one cannot be paid yet. */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListPayeesQuery>,
  res: MedusaResponse<AdminPayeeListResponse>
): Promise<void> => {
  const { q, limit, offset } = req.validatedQuery
  res.json(await listPayees(booksOf(req.scope).db, { q, limit, offset }))
}
