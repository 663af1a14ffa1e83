import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { collectPolicy } from "../../../../../kernel"
import { previewCollect } from "../../../../../modules/masspay/queries/collect-preview"
import { booksOptions } from "../../../../../options"
import type { AdminPayoutPreviewResponse } from "../../../../../types/http"
import { booksOf } from "../../books"
import type { PreviewPayoutsQuery } from "../../collect-validators"

/** `count` is the number of vendors; a vendor has a row for each currency. */
type Page = { count: number; limit: number; offset: number }

/**
 * @oas [get] /admin/masspay/payouts/preview
 * operationId: GetMasspayPayoutsPreview
 * summary: Preview Payouts
 * description: What the next collect would pay each vendor with open money, and why it does not pay the rest. Changes nothing. Pages are of vendors; a vendor has a row for each currency. The totals are of all vendors who match, by currency and by reason.
 * x-authenticated: true
 * parameters:
 *   - name: vendor_id
 *     in: query
 *     schema: { type: string }
 *   - name: currency_code
 *     in: query
 *     schema: { type: string }
 *   - name: reason
 *     in: query
 *     description: Only rows with this reason.
 *     schema:
 *       type: string
 *       enum: [not_due, not_scheduled, below_minimum, negative, paused, not_linked, kyc, deactivated, no_funding_wallet, hold, repeated_cancel, being_read, will_be_paid]
 *   - name: totals
 *     in: query
 *     description: With `false` there are none, and the page is there sooner, because nobody else is decided about.
 *     schema: { type: boolean, default: true }
 *   - name: limit
 *     in: query
 *     schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
 *   - name: offset
 *     in: query
 *     schema: { type: integer, minimum: 0, default: 0 }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: The rows of the page, and the totals.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, PreviewPayoutsQuery>,
  res: MedusaResponse<AdminPayoutPreviewResponse & Page>
): Promise<void> => {
  const { limit, offset, totals: with_totals, ...filters } = req.validatedQuery
  const { db, options } = booksOf(req.scope)
  const { rows, totals, count } = await previewCollect(db, {
    policy: collectPolicy(booksOptions(options)),
    filters,
    limit,
    offset,
    with_totals,
  })
  res.json({ preview: rows, totals, count, limit, offset })
}
