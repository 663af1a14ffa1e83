/**
 * Statements, balances and adjustments, as the admin API and the vendor API
 * answer. Amounts are decimal strings in major units of `currency_code`; times
 * are ISO 8601 strings in UTC.
 */
import type { BalanceAction } from "../domain/adjustment"
import type { EntryKind, PayoutStatus } from "../domain/payout-status"
import type {
  Statement,
  StatementLine,
  StatementLineKind,
} from "../domain/statement"
import type { AdminPayoutAction } from "./http"
import type { AdminPayeeAction } from "./http-linking"
import type { AdminRefundAllocation } from "./http-refunds"

export type { BalanceAction, Statement, StatementLine, StatementLineKind }

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

/** What an operator booked by hand, or would book. */
export type AdminBalanceAction = {
  /** Of the stored request; `null` of a dry run. */
  id: string | null
  request_id: string
  action: BalanceAction
  payee_id: string
  vendor_id: string
  /** `proposed`: a second operator has to confirm. `preview`: a dry run; nothing was changed. */
  state: "done" | "proposed" | "rejected" | "preview"
  /** What it does, in plain words. */
  effect: string
  /** Signed. */
  amount: string
  currency_code: string
  /** From when on it may be paid; `null`: at once. */
  available_at: string | null
  /** What was booked; `null` while nothing is. */
  entry_id: string | null
}
/** `POST /admin/masspay/payees/:id/adjustments`, `…/write-offs` */
export type AdminBalanceActionResponse = { action: AdminBalanceAction }

/** What an action of an operator did, whatever it was about. */
export type AdminActionResult =
  | AdminPayoutAction
  | AdminBalanceAction
  | AdminRefundAllocation
  | AdminPayeeAction
/** `POST /admin/masspay/action-requests/:id/confirm`, `…/reject` */
export type AdminActionAnswerResponse = { action: AdminActionResult }

/** What a vendor has in one currency. */
export type VendorBalance = {
  currency_code: string
  /** What she is owed: `payable` and `in_transit`. Negative where she owes. */
  balance: string
  /** In no payout. */
  payable: string
  /** The part of it whose time has come. */
  due: string
  /** The part of `due` that a reserve keeps for now, as the shop agreed with her. */
  reserved: string
  /** When less of it is kept; `null`: when the shop releases it. */
  reserved_until: string | null
  /** In a payout that has not paid yet. */
  in_transit: string
  /** With her. */
  paid: string
  /** When the next part becomes due. */
  next_due_at: string | null
}

/** One row of `GET /admin/masspay/negative-balances`: a vendor who owes. */
export type AdminNegativeBalance = {
  payee_id: string
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  /** Negative. */
  balance: string
  /** From when on she has owed without a break. */
  since: string
  /** Whole days from then to now. */
  days: number
  /** Of what is open and negative; `null` while all of it is being taken back. */
  oldest_entry: Pick<
    AdminLedgerEntry,
    | "id"
    | "kind"
    | "amount"
    | "reason"
    | "order_id"
    | "display_id"
    | "created_at"
  > | null
}
export type AdminNegativeBalanceListResponse = {
  negative_balances: AdminNegativeBalance[]
  count: number
  limit: number
  offset: number
}
