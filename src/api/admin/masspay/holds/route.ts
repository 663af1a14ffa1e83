import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listHolds } from "../../../../modules/masspay/queries/holds"
import type {
  AdminHoldListResponse,
  AdminHoldResponse,
} from "../../../../types/http-collect"
import { masspayPlaceHoldWorkflow } from "../../../../workflows/hold/workflows/place-hold"
import { booksOf } from "../books"
import type { ListHoldsQuery, PlaceHoldBody } from "../collect-validators"
import { operatorOf } from "../operator"

/**
 * @oas [get] /admin/masspay/holds
 * operationId: GetMasspayHolds
 * summary: List Holds
 * description: Why money of orders and vendors waits, the newest first. `state=open` are those that stand, `state=over` those that were released or whose time is over.
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the hold, the order or the vendor, or a part of the vendor's name.", schema: { type: string } }
 *   - name: order_id
 *     in: query
 *     schema: { type: string }
 *   - name: vendor_id
 *     in: query
 *     schema: { type: string }
 *   - name: kind
 *     in: query
 *     schema: { type: string, enum: [dispute, manual, reserve] }
 *   - name: state
 *     in: query
 *     schema: { type: string, enum: [open, over] }
 *   - name: limit
 *     in: query
 *     schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
 *   - name: offset
 *     in: query
 *     schema: { type: integer, minimum: 0, default: 0 }
 * tags:
 *   - MassPay Holds
 * responses:
 *   "200":
 *     description: The page of holds.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListHoldsQuery>,
  res: MedusaResponse<AdminHoldListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  res.json(await listHolds(booksOf(req.scope).db, { filters, limit, offset }))
}

/**
 * @oas [post] /admin/masspay/holds
 * operationId: PostMasspayHolds
 * summary: Place a Hold
 * description: Keeps the money of an order (of all its vendors, or of one) or of a vendor back until `until` or until it is released. Payouts that took it already are not sent meanwhile; what is on the wire is not called back. A `reserve` is on a vendor and keeps `amount` of what is due back, or `basis_points` of each new earning for `days`. It keeps the newest whole entries.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [kind, request_id, reason]
 *         properties:
 *           order_id: { type: string }
 *           vendor_id: { type: string }
 *           kind: { type: string, enum: [dispute, manual, reserve] }
 *           until: { type: string, format: date-time }
 *           amount: { type: string, description: Of a reserve; major units. }
 *           currency_code: { type: string, description: Of a reserve. }
 *           basis_points: { type: integer, minimum: 1, maximum: 10000, description: Of a reserve instead of amount; the share of each new earning. }
 *           days: { type: integer, minimum: 1, maximum: 365, description: How long each share is kept. }
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Holds
 * responses:
 *   "200":
 *     description: The hold, and what it does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<PlaceHoldBody>,
  res: MedusaResponse<AdminHoldResponse>
): Promise<void> => {
  const { order_id, vendor_id, until, amount, currency_code, ...given } =
    req.validatedBody
  const { basis_points, days, ...body } = given
  const { result } = await masspayPlaceHoldWorkflow(req.scope).run({
    input: {
      ...body,
      ...(order_id !== undefined && { order_id }),
      ...(vendor_id !== undefined && { vendor_id }),
      ...(until !== undefined && { until: until.toISOString() }),
      ...(amount !== undefined && { amount }),
      ...(currency_code !== undefined && { currency_code }),
      ...(basis_points !== undefined && { basis_points }),
      ...(days !== undefined && { days }),
      actor: operatorOf(req),
    },
  })
  res.json(result)
}
