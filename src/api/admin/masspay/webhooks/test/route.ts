import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { MASSPAY_GATEWAY_MODULE } from "../../../../../modules/masspay-gateway"
import type MasspayGatewayService from "../../../../../modules/masspay-gateway/service"
import type { AdminWebhookTestResponse } from "../../../../../types/http-webhooks"
import { checkWebhook } from "../../../../../webhook-check"
import type { TestWebhookBody } from "../../webhook-validators"

/**
 * @oas [post] /admin/masspay/webhooks/test
 * operationId: PostMasspayWebhooksTest
 * summary: Test the Webhook Set-up
 * description: Checks a delivery step by step as the webhook route does, and stores nothing. Without `header` and `body` it makes a sample and signs it with the first configured secret; with both it says why that very delivery would be refused. `at` checks it as of that moment.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         properties:
 *           header: { type: string, description: The value of X-MassPay-Signature. }
 *           body: { type: string, description: The body exactly as it came. }
 *           at: { type: string, format: date-time }
 * tags:
 *   - MassPay Webhooks
 * responses:
 *   "200":
 *     description: What was checked, and what the route would answer.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<TestWebhookBody>,
  res: MedusaResponse<AdminWebhookTestResponse>
): Promise<void> => {
  const { webhooks } = req.scope.resolve<MasspayGatewayService>(
    MASSPAY_GATEWAY_MODULE
  )
  if (!webhooks) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "This shop takes no webhooks: the option webhooks is false, or not set."
    )
  }
  res.json(checkWebhook(webhooks, req.validatedBody))
}
