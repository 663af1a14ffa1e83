import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminDiscrepancyDecisionResponse } from "../../../../../../types/http-reconciliation"
import { masspayResolveDiscrepancyWorkflow } from "../../../../../../workflows/reconciliation/workflows/resolve-discrepancy"
import type { DecisionBody } from "../../../collect-validators"
import { operatorOf } from "../../../operator"

/**
 * @oas [post] /admin/masspay/discrepancies/{id}/resolve
 * operationId: PostMasspayDiscrepanciesIdResolve
 * summary: Resolve a Discrepancy
 * description: Says that somebody looked, and why it may rest. Moves no money and resumes nobody. The same `request_id` again changes nothing.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
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
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: "The discrepancy, and what resolving it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<DecisionBody>,
  res: MedusaResponse<AdminDiscrepancyDecisionResponse>
): Promise<void> => {
  const { result } = await masspayResolveDiscrepancyWorkflow(req.scope).run({
    input: {
      ...req.validatedBody,
      id: req.params.id ?? "",
      actor: operatorOf(req),
    },
  })
  res.json(result)
}
