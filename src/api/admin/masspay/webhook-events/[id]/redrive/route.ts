import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminWebhookDecisionResponse } from "../../../../../../types/http-webhooks"
import { masspayRedriveWebhookWorkflow } from "../../../../../../workflows/webhook/workflows/redrive-webhook"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/webhook-events/{id}/redrive
 * operationId: PostMasspayWebhookEventsIdRedrive
 * summary: Take a Webhook up Again
 * description: What a dead or ignored webhook names is looked up at MassPay once more. What it claims is not applied. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - name: id
 *     in: path
 *     required: true
 *     schema: { type: string }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason]
 *         properties:
 *           request_id: { type: string }
 *           reason: { type: string }
 * tags:
 *   - MassPay Webhooks
 * responses:
 *   "200":
 *     description: The webhook, and what taking it up does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminWebhookDecisionResponse>
): Promise<void> => {
  const { result } = await masspayRedriveWebhookWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json(result)
}
