import type { HoldFacts, HoldKind } from "../../../domain/holds"
import type { Sql } from "./db"

/**
 * What keeps money back, as SQL: collect and claim share these texts, so that a
 * hold means the same to both. `h` is the hold, `s` the settlement of an entry,
 * `p` a payout or a payee.
 */

/** A hold ends when it is released, and by itself when its time is over. */
export const HOLD_STANDS = `(
  h.released_at is null
  and (h.until is null or h.until > (select masspay_now())))`

const OF_THE_ORDER = `
  from masspay_hold h
 where ${HOLD_STANDS}
   and h.order_id = any(array[s.order_id, s.root_order_id])
   and (h.vendor_id is null or h.vendor_id = s.vendor_id)`

/** Read once for a statement: where it is false, no row asks for its own. */
const IS_ANY_HOLD = `exists (
  select 1 from masspay_hold where released_at is null)`

const IS_UNALLOCATED = `coalesce(s.held_reason = 'unallocated_refund', false)`

/**
 * Whether an entry is paid in no part: nobody has allocated its order's
 * refunds, or an operator holds the order. A scalar query and no `exists`,
 * which Postgres may answer by reading all entries there are.
 */
export const IS_HELD = `(
  ${IS_UNALLOCATED}
  or case when ${IS_ANY_HOLD}
          then coalesce((select true ${OF_THE_ORDER} limit 1), false)
          else false end)`

/** What the operator said who holds an entry's order; null where nobody does. */
export const HOLD_OF_ENTRY = `(
  case when ${IS_ANY_HOLD} then (
    select jsonb_build_object('kind', h.kind, 'reason', h.reason, 'until', h.until)
    ${OF_THE_ORDER} order by h.created_at, h.id limit 1) end)`

/** Whether all money of `p.vendor_id` is held. */
export const VENDOR_IS_HELD = `coalesce((
  select true from masspay_hold h
   where ${HOLD_STANDS} and h.order_id is null and h.kind <> 'reserve'
     and h.vendor_id = p.vendor_id
   limit 1), false)`

/** Whether the payout `p` is not to be sent: its vendor is held, or an entry that it takes. */
export const PAYOUT_IS_HELD = `(
  case when ${IS_ANY_HOLD}
         or exists (select 1 from masspay_settlement
                     where held_reason = 'unallocated_refund')
       then ${VENDOR_IS_HELD} or coalesce((
         select true
           from masspay_payout_item i
           join masspay_ledger_entry l on l.id = i.entry_id
           join masspay_settlement s on s.id = l.settlement_id
          where i.payout_id = p.id and i.released_at is null and ${IS_HELD}
          limit 1), false)
       else false end)`

/** As `HOLD_OF_ENTRY` gives it. */
export type HoldRow = { kind: HoldKind; reason: string; until: string | null }

export function holdOf(row: HoldRow | null): HoldFacts | null {
  return (
    row && { ...row, until: row.until === null ? null : new Date(row.until) }
  )
}

/** What is held of one vendor as a whole. */
export type VendorHolds = {
  /** The oldest that stands; `null`: none. */
  hold: HoldFacts | null
  /** Kept back, minor units by currency code. */
  reserves: Map<string, bigint>
}

/** Of these vendors, those who have any. */
export async function vendorHolds(
  sql: Sql,
  vendor_ids: readonly string[]
): Promise<Map<string, VendorHolds>> {
  const rows = await sql.rows<
    HoldFacts & {
      vendor_id: string
      currency_code: string | null
      amount: string | null
    }
  >(
    `select h.vendor_id, h.kind, h.reason, h.until, h.currency_code,
            h.amount::text as amount
       from masspay_hold h
      where ${HOLD_STANDS} and h.order_id is null and h.vendor_id = any(?)
      order by h.created_at, h.id`,
    [vendor_ids]
  )
  const holds = new Map<string, VendorHolds>()
  for (const { vendor_id, currency_code, amount, ...hold } of rows) {
    const of = holds.get(vendor_id) ?? { hold: null, reserves: new Map() }
    if (currency_code !== null && amount !== null) {
      const before = of.reserves.get(currency_code) ?? 0n
      of.reserves.set(currency_code, before + BigInt(amount))
    } else of.hold ??= hold
    holds.set(vendor_id, of)
  }
  return holds
}
