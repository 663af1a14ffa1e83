/** What a payout asks MassPay for, by its method. Taking a load back is never it. */
export type MainKind = "load" | "spendback"

/** The methods of payouts that look-ups and dispatch know, as SQL. */
export const SENDABLE = `p.method in ('wallet', 'spendback')`

/** Joins `o`, the operation that the payout `p` was made for, as SQL. A payout has exactly one. */
export const MAIN_OPERATION = `(
  o.payout_id = p.id and o.kind in ('load', 'spendback'))`
