import type { MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import type { Statement } from "../../../domain/statement"
import { statementCsv } from "../../../domain/statement-csv"
import {
  STATEMENT_HTML_POLICY,
  statementHtml,
} from "../../../domain/statement-html"
import { statementFileName } from "../../../domain/statement-texts"
import { vendorOfPayee } from "../../../modules/masspay/queries/ledger"
import {
  readStatement,
  StatementTooLongError,
} from "../../../modules/masspay/queries/statements"
import { booksOf } from "./books"
import type { StatementQuery } from "./statement-validators"

/** Throws `not_found` when there is no such payee. */
export async function vendorOrNotFound(
  scope: MedusaContainer,
  payee_id: string
): Promise<string> {
  const vendor_id = await vendorOfPayee(booksOf(scope).db, payee_id)
  if (vendor_id !== null) return vendor_id
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Payee with id: ${payee_id} was not found`
  )
}

/** Throws `invalid_data` when the period has more lines than a statement may have. */
export async function statementOf(
  scope: MedusaContainer,
  vendor_id: string,
  query: StatementQuery
): Promise<Statement> {
  try {
    return await readStatement(booksOf(scope).db, { vendor_id, ...query })
  } catch (error) {
    if (!(error instanceof StatementTooLongError)) throw error
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      error.message,
      "statement_too_long"
    )
  }
}

/** As a file to save. */
export function sendCsv(res: MedusaResponse, statement: Statement): void {
  res
    .set({
      ...PRIVATE,
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${statementFileName(statement, "csv")}"`,
    })
    .send(statementCsv(statement))
}

/** As a page to look at and to print. */
export function sendHtml(res: MedusaResponse, statement: Statement): void {
  res
    .set({
      ...PRIVATE,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Disposition": `inline; filename="${statementFileName(statement, "html")}"`,
      "Content-Security-Policy": STATEMENT_HTML_POLICY,
      "Referrer-Policy": "no-referrer",
    })
    .send(statementHtml(statement))
}

/** For one reader, and of the type it says. */
const PRIVATE = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
}
