import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listPayouts } from "../../../../modules/masspay/queries/reads"
import type { AdminPayoutListResponse } from "../../../../types/http"
import type { AdminPayNowResponse } from "../../../../types/http-collect"
import { masspayPayNowWorkflow } from "../../../../workflows/payout/workflows/pay-now"
import { booksOf } from "../books"
import type { PayNowBody } from "../collect-validators"
import { operatorOf } from "../operator"
import type { ListPayoutsQuery, PayoutActionQuery } from "../validators"

/**
 * Payouts, newest first unless asked otherwise.
 *
 * @oas [get] /admin/masspay/payouts
 * operationId: GetMasspayPayouts
 * summary: List Payouts
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "A part of an ID, a vendor or an order.", schema: { type: string } }
 *   - { name: status, in: query, description: One or several., schema: { type: array, items: { type: string } } }
 *   - { name: vendor_id, in: query, description: One or several., schema: { type: array, items: { type: string } } }
 *   - { name: currency_code, in: query, description: One or several., schema: { type: array, items: { type: string } } }
 *   - { name: created_at, in: query, description: "With the operators $gt, $gte, $lt and $lte.", schema: { type: object } }
 *   - { name: order, in: query, schema: { type: string, enum: [created_at, -created_at, amount, -amount, status, -status], default: -created_at } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: The page of payouts.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListPayoutsQuery>,
  res: MedusaResponse<AdminPayoutListResponse>
): Promise<void> => {
  const { listing } = req.validatedQuery
  res.json(await listPayouts(booksOf(req.scope).db, listing))
}

type PayNowRequest = AuthenticatedMedusaRequest<PayNowBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * @oas [post] /admin/masspay/payouts
 * operationId: PostMasspayPayouts
 * summary: Pay a Vendor Now
 * description: Makes payouts of what is due to one vendor, whatever her schedule, and of what is below her smallest payout only with `ignore_minimum`. Holds, pauses and approvals apply as always; whoever asks for it may not approve it. The same `request_id` again answers with what was done.
 * x-authenticated: true
 * parameters:
 *   - name: dry_run
 *     in: query
 *     description: Says what it would pay, and changes nothing.
 *     schema: { type: boolean, default: false }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [vendor_id, request_id, reason]
 *         properties:
 *           vendor_id: { type: string }
 *           currency_code: { type: string, description: Every currency when left out. }
 *           ignore_minimum: { type: boolean, default: false }
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: The payouts, and what is not paid with the reason.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: PayNowRequest,
  res: MedusaResponse<AdminPayNowResponse>
): Promise<void> => {
  const { currency_code, ...body } = req.validatedBody
  const { result } = await masspayPayNowWorkflow(req.scope).run({
    input: {
      ...body,
      ...(currency_code !== undefined && { currency_code }),
      actor: operatorOf(req),
      dry_run: req.validatedQuery.dry_run,
    },
  })
  res.json({ pay_now: result })
}
