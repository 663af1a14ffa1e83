import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminNotificationResendResponse } from "../../../../../../types/http-notifications"
import { masspayTellAgainWorkflow } from "../../../../../../workflows/notification/workflows/tell-again"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/notifications/{id}/resend
 * operationId: PostMasspayNotificationsIdResend
 * summary: Send a Notification Again
 * description: Sends it once more, by every way it is told, if what it tells is still so. The same `request_id` again changes nothing.
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
 *   - MassPay Notifications
 * responses:
 *   "200":
 *     description: What it does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminNotificationResendResponse>
): Promise<void> => {
  const { result } = await masspayTellAgainWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      about: "notification",
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json({ effect: result.effect })
}
