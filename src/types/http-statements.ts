/**
 * Statements, balances and adjustments, as the admin API and the vendor API
 * answer. Amounts are decimal strings in major units of `currency_code`; times
 * are ISO 8601 strings in UTC.
 */
import type { EntryKind, PayoutStatus } from "../domain/payout-status"
import type {
  Statement,
  StatementLine,
  StatementLineKind,
} from "../domain/statement"

export type { Statement, StatementLine, StatementLineKind }

/** `GET /admin/masspay/payees/:id/statement`, `GET /vendor/masspay/statement` */
export type StatementResponse = { statement: Statement }

/** One row of `GET /admin/masspay/payees/:id/ledger`. */
export type AdminLedgerEntry = {
  id: string
  kind: EntryKind
  /** Signed. */
  amount: string
  currency_code: string
  reason: string
  /** Who caused it; `system` when nobody did. */
  actor: string
  /** Of a sale, and of what changed it. */
  order_id: string | null
  display_id: number | null
  /** From when on it may be paid. */
  available_at: string
  created_at: string
  /** `netted`: closed together with entries that it cancels out. */
  state: "open" | "in_transit" | "paid" | "netted"
  /** Which has taken it. */
  payout: { id: string; status: PayoutStatus } | null
}
export type AdminLedgerResponse = {
  entries: AdminLedgerEntry[]
  count: number
  limit: number
  offset: number
}
