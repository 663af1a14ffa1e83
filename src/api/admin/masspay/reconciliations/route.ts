import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listRuns } from "../../../../modules/masspay/queries/reconcile-reads"
import type {
  AdminReconciliationListResponse,
  AdminStartReconciliationResponse,
} from "../../../../types/http-reconciliation"
import { masspayStartReconciliationWorkflow } from "../../../../workflows/reconciliation/workflows/start-reconciliation"
import { booksOf } from "../books"
import { operatorOf } from "../operator"
import type {
  ListReconciliationsQuery,
  StartReconciliationBody,
} from "../reconcile-validators"

/**
 * @oas [get] /admin/masspay/reconciliations
 * operationId: GetMasspayReconciliations
 * summary: List Reconciliations
 * description: Comparisons of the books with MassPay, the newest first, with how far they are and what they found.
 * x-authenticated: true
 * parameters:
 *   - { name: kind, in: query, schema: { type: array, items: { type: string, enum: [sweep, sweep_long, deep, manual] } } }
 *   - { name: status, in: query, schema: { type: array, items: { type: string, enum: [running, complete, incomplete, failed] } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: The page of reconciliations. }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListReconciliationsQuery>,
  res: MedusaResponse<AdminReconciliationListResponse>
): Promise<void> => {
  const { limit, offset, ...filters } = req.validatedQuery
  res.json(await listRuns(booksOf(req.scope).db, { filters, limit, offset }))
}

/**
 * @oas [post] /admin/masspay/reconciliations
 * operationId: PostMasspayReconciliations
 * summary: Start a Reconciliation
 * description: Reads MassPay's history of some days, and everything of each vendor who was paid since, and compares it with the books. It begins at once, or within a minute where another process does the jobs. One at a time. The same `request_id` again starts nothing.
 * x-authenticated: true
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 *         required: [request_id, reason, from_date, to_date]
 *         properties:
 *           request_id: { type: string }
 *           reason: { type: string }
 *           from_date: { type: string, format: date }
 *           to_date: { type: string, format: date }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: "The reconciliation, and what it does." }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 */
export const POST = async (
  req: AuthenticatedMedusaRequest<StartReconciliationBody>,
  res: MedusaResponse<AdminStartReconciliationResponse>
): Promise<void> => {
  const { result } = await masspayStartReconciliationWorkflow(req.scope).run({
    input: { ...req.validatedBody, actor: operatorOf(req) },
  })
  res.json(result)
}
