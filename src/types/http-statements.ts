/**
 * Statements, balances and adjustments, as the admin API and the vendor API
 * answer. Amounts are decimal strings in major units of `currency_code`; times
 * are ISO 8601 strings in UTC.
 */
import type {
  Statement,
  StatementLine,
  StatementLineKind,
} from "../domain/statement"

export type { Statement, StatementLine, StatementLineKind }

/** `GET /admin/masspay/payees/:id/statement`, `GET /vendor/masspay/statement` */
export type StatementResponse = { statement: Statement }
