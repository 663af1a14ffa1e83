/**
 * What a payout asks MassPay for, by its method. Of a direct payout it is the
 * commit; its quotes move nothing. Taking something back is never it.
 */
export type MainKind = "load" | "commit" | "spendback"

/** The main operations, for `kind in`, as SQL. */
export const MAIN_KINDS = `('load', 'commit', 'spendback')`

/** The methods of payouts that look-ups and dispatch know, as SQL. */
export const SENDABLE = `p.method in ('wallet', 'direct', 'spendback')`

/** Joins `o`, the operation that the payout `p` was made for, as SQL. A payout has exactly one. */
export const MAIN_OPERATION = `(
  o.payout_id = p.id and o.kind in ${MAIN_KINDS})`

/** The main operation of each method. */
export const MAIN_KIND_OF = {
  wallet: "load",
  direct: "commit",
  spendback: "spendback",
} as const
