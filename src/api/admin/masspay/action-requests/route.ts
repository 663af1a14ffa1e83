import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listActionRequests } from "../../../../modules/masspay/queries/action-requests"
import type { AdminActionRequestListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListActionRequestsQuery } from "../validators"

/** What operators asked for, the latest first; `?state=proposed` is what waits for a second person. */
export const GET = async (
  req: AuthenticatedMedusaRequest & { validatedQuery: ListActionRequestsQuery },
  res: MedusaResponse<AdminActionRequestListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  const listed = await listActionRequests(booksOf(req.scope).db, {
    filters,
    limit,
    offset,
  })
  res.json({ ...listed, limit, offset })
}
