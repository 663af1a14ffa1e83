import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listDiscrepancies } from "../../../../modules/masspay/queries/reconcile-reads"
import type { AdminDiscrepancyListResponse } from "../../../../types/http-reconciliation"
import { booksOf } from "../books"
import type { ListDiscrepanciesQuery } from "../reconcile-validators"

/**
 * @oas [get] /admin/masspay/discrepancies
 * operationId: GetMasspayDiscrepancies
 * summary: List Discrepancies
 * description: Differences between the books and MassPay, the newest first. What each class means stands in the plugin's documentation.
 * x-authenticated: true
 * parameters:
 *   - { name: class, in: query, schema: { type: array, items: { type: string, enum: [D01, D02, D03, D04, D05, D06, D07, D08, D09, D10, D11, D12, D13, D14, D15] } } }
 *   - { name: severity, in: query, schema: { type: array, items: { type: string, enum: [info, warn, high, critical] } } }
 *   - { name: state, in: query, schema: { type: array, items: { type: string, enum: [open, resolved, healed] } } }
 *   - { name: vendor_id, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: run_id, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: The page of discrepancies. }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListDiscrepanciesQuery>,
  res: MedusaResponse<AdminDiscrepancyListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  res.json(
    await listDiscrepancies(booksOf(req.scope).db, { filters, limit, offset })
  )
}
