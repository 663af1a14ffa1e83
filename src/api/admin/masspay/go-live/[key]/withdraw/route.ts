import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminGoLiveDecisionResponse } from "../../../../../../types/http-go-live"
import type { GoLiveStatementBody } from "../../../go-live-validators"
import { state } from "../../statement"

/**
 * @oas [post] /admin/masspay/go-live/{key}/withdraw
 * operationId: PostMasspayGoLiveKeyWithdraw
 * summary: Withdraw an Attestation
 * description: Takes back what was vouched for, with a note that says why. Every step is kept. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - name: key
 *     in: path
 *     required: true
 *     schema: { type: string, enum: [kyb, sandbox_rehearsal, ip_allowlist, reconciliation_plan] }
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, note]
 *         properties:
 *           request_id: { type: string }
 *           note: { type: string }
 * tags:
 *   - MassPay Go-live
 * responses:
 *   "200":
 *     description: The item as it is now, and what that does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<GoLiveStatementBody>,
  res: MedusaResponse<AdminGoLiveDecisionResponse>
): Promise<void> => {
  await state(req, res, "withdrawn")
}
