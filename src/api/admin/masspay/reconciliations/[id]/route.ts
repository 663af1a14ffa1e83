import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminReconciliationResponse } from "../../../../../types/http-reconciliation"
import { runOrNotFound } from "../run"

/**
 * @oas [get] /admin/masspay/reconciliations/{id}
 * operationId: GetMasspayReconciliationsId
 * summary: Get a Reconciliation
 * description: How far it is, and by class how much it found and healed.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: The reconciliation. }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminReconciliationResponse>
): Promise<void> => {
  const reconciliation = await runOrNotFound(req.scope, req.params.id ?? "")
  res.json({ reconciliation })
}
