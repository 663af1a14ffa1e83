import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminIncidentAcknowledgeResponse } from "../../../../../../types/http-incidents"
import { masspayAcknowledgeIncidentWorkflow } from "../../../../../../workflows/incident/workflows/acknowledge-incident"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/incidents/{id}/acknowledge
 * operationId: PostMasspayIncidentsIdAcknowledge
 * summary: Acknowledge an Incident
 * description: Notes who looks after it and what is being done (`reason`); no reminders are sent any more. It closes by itself when its cause is over. The same `request_id` again changes nothing.
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
 *   - MassPay Incidents
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
  res: MedusaResponse<AdminIncidentAcknowledgeResponse>
): Promise<void> => {
  const { result } = await masspayAcknowledgeIncidentWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json({ effect: result.effect })
}
