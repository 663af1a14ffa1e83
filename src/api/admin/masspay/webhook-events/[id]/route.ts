import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { findWebhook } from "../../../../../modules/masspay/queries/webhook-reads"
import type { AdminWebhookEventResponse } from "../../../../../types/http-webhooks"
import { booksOf } from "../../books"

/**
 * @oas [get] /admin/masspay/webhook-events/{id}
 * operationId: GetMasspayWebhookEventsId
 * summary: Get a Webhook
 * description: One signed message from MassPay, as it was kept, what it claimed, and what MassPay said when it was asked.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * tags:
 *   - MassPay Webhooks
 * responses:
 *   "200":
 *     description: The webhook.
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminWebhookEventResponse>
): Promise<void> => {
  const id = req.params.id ?? ""
  const webhook_event = await findWebhook(booksOf(req.scope).db, id)
  if (!webhook_event) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Webhook with id: ${id} was not found`
    )
  }
  res.json({ webhook_event })
}
