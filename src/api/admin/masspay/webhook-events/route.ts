import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listWebhooks } from "../../../../modules/masspay/queries/webhook-reads"
import type { AdminWebhookEventListResponse } from "../../../../types/http-webhooks"
import { booksOf } from "../books"
import type { ListWebhookEventsQuery } from "../webhook-validators"

/**
 * @oas [get] /admin/masspay/webhook-events
 * operationId: GetMasspayWebhookEvents
 * summary: List Webhooks
 * description: Signed messages from MassPay that were kept, the newest first. `dead` ones need a person.
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the webhook, or of what it names.", schema: { type: string } }
 *   - name: state
 *     in: query
 *     schema: { type: string, enum: [received, applied, ignored, dead] }
 *   - name: kind
 *     in: query
 *     schema: { type: string, enum: [payout, load, spendback, user, tax, balance_credit, unknown, unreadable] }
 *   - name: reason
 *     in: query
 *     schema: { type: string }
 *   - name: remote_token
 *     in: query
 *     schema: { type: string }
 *   - name: client_id
 *     in: query
 *     schema: { type: string }
 *   - name: user_token
 *     in: query
 *     schema: { type: string }
 *   - name: received_after
 *     in: query
 *     schema: { type: string, format: date-time }
 *   - name: received_before
 *     in: query
 *     schema: { type: string, format: date-time }
 *   - name: limit
 *     in: query
 *     schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
 *   - name: offset
 *     in: query
 *     schema: { type: integer, minimum: 0, default: 0 }
 * tags:
 *   - MassPay Webhooks
 * responses:
 *   "200":
 *     description: The page of webhooks.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListWebhookEventsQuery>,
  res: MedusaResponse<AdminWebhookEventListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  res.json(
    await listWebhooks(booksOf(req.scope).db, { filters, limit, offset })
  )
}
