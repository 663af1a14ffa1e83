import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import {
  transactionHead,
  transactionLine,
} from "../../../../../../domain/reconcile-csv"
import { transactionsOfDays } from "../../../../../../modules/masspay/queries/reconcile-reads"
import { booksOf } from "../../../books"
import { runOrNotFound, streamCsv } from "../../run"

/**
 * @oas [get] /admin/masspay/reconciliations/{id}/transactions.csv
 * operationId: GetMasspayReconciliationsIdTransactionsCsv
 * summary: Get MassPay's Transactions of a Reconciliation's Days for a Spreadsheet
 * description: Each as it was seen last, with the payout that it is, where it is one.
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, schema: { type: string } }
 * tags:
 *   - MassPay Reconciliation
 * responses:
 *   "200": { description: "A file.", content: { text/csv: {} } }
 *   "400": { $ref: "#/components/responses/400_error" }
 *   "401": { $ref: "#/components/responses/unauthorized" }
 *   "404": { $ref: "#/components/responses/not_found_error" }
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const run = await runOrNotFound(req.scope, req.params.id ?? "")
  const { id, from_date, to_date } = run
  if (from_date === null || to_date === null) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "This reconciliation read vendors and not days: it has no transactions of its own"
    )
  }
  const { db } = booksOf(req.scope)
  const days = { from_date, to_date }
  async function* lines() {
    yield transactionHead
    for await (const told of transactionsOfDays(db, days)) {
      yield told.map(transactionLine).join("")
    }
  }
  await streamCsv(res, `transactions-${id}.csv`, lines())
}
