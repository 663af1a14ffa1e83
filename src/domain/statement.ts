import type { EntryKind, PayoutMethod, PayoutStatus } from "./payout-status"

/*
 * What a balance means, here and nowhere else: what a vendor is owed in one
 * currency is the sum of every entry booked for her, less what payouts paid.
 * A payout has paid from the step of its timeline that says so until a step
 * that says otherwise, and only while it holds its entries: what MassPay does
 * with a payout that gave them back is booked as an entry of its own.
 *
 * So a balance is a sum of lines, each of which is a row of an append-only
 * table with the time at which it was written. Once every transaction that may
 * still write a row with an earlier time has ended, the balance at an instant
 * never changes again.
 */

/** With the vendor, by truth. */
export const PAID_STATUSES = [
  "completed",
  "reversing",
] as const satisfies readonly PayoutStatus[]

/** From one of these on a payout holds no entries, whatever becomes of it. */
export const RELEASED_STATUSES = [
  "void",
  "reversed",
] as const satisfies readonly PayoutStatus[]

/** Taken from what is open, and neither paid nor given up while it holds its entries. */
export const IN_TRANSIT_STATUSES = [
  "pending",
  "ready",
  "sending",
  "accepted",
  "cancelled",
  "unknown",
  "blocked",
  "needs_review",
] as const satisfies readonly PayoutStatus[]

/** No transaction of the books is open that long, so nothing older can still be written. */
export const FINAL_AFTER_MS = 120_000

/** More would be a page nobody reads; a shorter period has fewer. */
export const STATEMENT_LINES_MAX = 20_000

export const PAYOUT_LINE_KINDS = [
  "payout",
  "payout_returned",
  "spendback",
  "spendback_returned",
] as const
export type StatementLineKind = EntryKind | (typeof PAYOUT_LINE_KINDS)[number]

/** What a step of a payout's timeline is called in a statement. */
export function payoutLineKind(
  method: PayoutMethod,
  is_paid: boolean
): (typeof PAYOUT_LINE_KINDS)[number] {
  if (method === "spendback") {
    return is_paid ? "spendback" : "spendback_returned"
  }
  return is_paid ? "payout" : "payout_returned"
}

/** One change of what a vendor is owed. */
export type StatementLine = {
  /** Of the entry, or of the step of the payout's timeline. */
  id: string
  at: string
  kind: StatementLineKind
  /** Of an entry. */
  reason: string | null
  order_id: string | null
  display_id: number | null
  /** Of what a payout paid, or returned. */
  payout_id: string | null
  /** Signed: what it adds to the balance. */
  amount: string
  /** After it. */
  balance: string
}

/** As it is shown: amounts are decimal text in major units, times ISO 8601 in UTC. */
export type Statement = {
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  from: string
  /** Not part of the period. */
  to: string
  /** Whether nothing in it can change any more. */
  is_final: boolean
  opening_balance: string
  /** Oldest first. */
  lines: StatementLine[]
  /** By kind; they add up to the difference of the balances. */
  totals: { kind: StatementLineKind; count: number; amount: string }[]
  closing_balance: string
}

type Amounted = { kind: StatementLineKind; amount: bigint }

export type StatementTotal = {
  kind: StatementLineKind
  count: number
  amount: bigint
}

export type BalancedStatement<Line> = {
  opening: bigint
  /** In the order given, each with the balance after it. */
  lines: (Line & { balance: bigint })[]
  /** By kind, in the order of their first line. They add up to the difference of the balances. */
  totals: StatementTotal[]
  closing: bigint
}

/** A period: what was owed at its start, what changed it, what was owed at its end. */
export function balanceStatement<Line extends Amounted>(
  opening: bigint,
  given: readonly Line[]
): BalancedStatement<Line> {
  const totals = new Map<StatementLineKind, StatementTotal>()
  let closing = opening
  const lines = given.map((line) => {
    closing += line.amount
    const total = totals.get(line.kind) ?? {
      kind: line.kind,
      count: 0,
      amount: 0n,
    }
    total.count += 1
    total.amount += line.amount
    totals.set(line.kind, total)
    return { ...line, balance: closing }
  })
  return { opening, lines, totals: [...totals.values()], closing }
}
