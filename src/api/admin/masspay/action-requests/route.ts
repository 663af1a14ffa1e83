import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listActionRequests } from "../../../../modules/masspay/queries/action-requests"
import type { AdminActionRequestListResponse } from "../../../../types/http"
import { booksOf } from "../books"
import type { ListActionRequestsQuery } from "../validators"

/**
 * What operators asked for, the latest first; `?state=proposed` is what waits for a second person.
 *
 * @oas [get] /admin/masspay/action-requests
 * operationId: GetMasspayActionRequests
 * summary: List Action Requests
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the request, the payout, the payee or the vendor, or a part of the vendor's name.", schema: { type: string } }
 *   - { name: state, in: query, schema: { type: string, enum: [proposed, done, rejected] } }
 *   - { name: payout_id, in: query, schema: { type: string } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Action Requests
 * responses:
 *   "200":
 *     description: The page of action requests.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
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
