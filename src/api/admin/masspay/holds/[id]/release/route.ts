import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminHoldResponse } from "../../../../../../types/http-collect"
import { masspayReleaseHoldWorkflow } from "../../../../../../workflows/hold/workflows/release-hold"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/holds/{id}/release
 * operationId: PostMasspayHoldsIdRelease
 * summary: Release a Hold
 * description: Ends a hold before its time; what it kept back goes on with the next run. The same `request_id` again changes nothing.
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
 *   - MassPay Holds
 * responses:
 *   "200":
 *     description: The hold, and what its release does.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminHoldResponse>
): Promise<void> => {
  const { result } = await masspayReleaseHoldWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json(result)
}
