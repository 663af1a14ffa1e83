import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import {
  discrepancyHead,
  discrepancyLine,
} from "../../../../../../domain/reconcile-csv"
import { discrepanciesOfRun } from "../../../../../../modules/masspay/queries/reconcile-reads"
import { booksOf } from "../../../books"
import { runOrNotFound, streamCsv } from "../../run"

/**
 * @oas [get] /admin/masspay/reconciliations/{id}/discrepancies.csv
 * operationId: GetMasspayReconciliationsIdDiscrepanciesCsv
 * summary: Get What a Reconciliation Found for a Spreadsheet
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: "A file.", content: { text/csv: {} } }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const { id } = await runOrNotFound(req.scope, req.params.id ?? "")
  const { db } = booksOf(req.scope)
  async function* lines() {
    yield discrepancyHead
    for await (const found of discrepanciesOfRun(db, id)) {
      yield found.map(discrepancyLine).join("")
    }
  }
  await streamCsv(res, `discrepancies-${id}.csv`, lines())
}
