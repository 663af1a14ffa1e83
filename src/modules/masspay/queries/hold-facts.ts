import type { HoldFacts, HoldKind } from "../../../domain/holds"
import type { Sql } from "./db"
import { HOLD_STANDS } from "./hold-stands"
import { type ScheduleMoments, shareReserves } from "./reserves"

/**
 * What keeps money back, as SQL: collect and claim share these texts, so that a
 * hold means the same to both. They begin at the holds that stand, which are
 * few, and go to the entries of their orders by index: no statement asks for
 * each of its entries whether it is held, of which there may be very many.
 * `offset 0` keeps Postgres from doing it the other way round.
 */

/**
 * Of an entry `e`: it is open, and what is open of its settlement is a debt. A
 * hold keeps money from going out; it does not keep a vendor from paying back
 * what she got for a held order.
 */
const IS_OWED = `
  exists (select 1 from masspay_open_entry o where o.entry_id = e.id)
  and (select sum(o.amount) from masspay_open_entry o
         join masspay_ledger_entry x on x.id = o.entry_id
        where x.settlement_id = e.settlement_id) < 0`

/**
 * Entries that are paid in no part, each once: those of orders that an operator
 * holds, with what she said, and of settlements whose refunds nobody has
 * allocated.
 */
export const HELD_ENTRIES = `(
  select distinct on (l.id) l.id as entry_id, t.hold
    from (select s.id as settlement_id, h.created_at,
                 jsonb_build_object('kind', h.kind, 'reason', h.reason, 'until', h.until) as hold
            from masspay_hold h
           cross join lateral (
             select id, vendor_id from masspay_settlement where order_id = h.order_id
             union
             select id, vendor_id from masspay_settlement where root_order_id = h.order_id
             offset 0) s
           where ${HOLD_STANDS} and h.order_id is not null
             and (h.vendor_id is null or h.vendor_id = s.vendor_id)
          union all
          select id, null, null from masspay_settlement
           where held_reason = 'unallocated_refund') t
   cross join lateral (
     select e.id from masspay_ledger_entry e
      where e.settlement_id = t.settlement_id
        and not (${IS_OWED}) offset 0) l
   order by l.id, t.created_at)`

/** Whether all money of `p.vendor_id` is held. */
export const VENDOR_IS_HELD = `(
  p.vendor_id in (
    select h.vendor_id from masspay_hold h
     where ${HOLD_STANDS} and h.order_id is null and h.kind <> 'reserve'))`

/** Whether the payout `p` is not to be sent: its vendor is held, or an entry that it takes. */
export const PAYOUT_IS_HELD = `(
  ${VENDOR_IS_HELD}
  or p.id in (
    select i.payout_id from ${HELD_ENTRIES} held
     cross join lateral (
       select payout_id from masspay_payout_item
        where entry_id = held.entry_id and released_at is null offset 0) i))`

/** As `HELD_ENTRIES` give it. */
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
  vendor_ids: readonly string[],
  moments?: ScheduleMoments
): Promise<Map<string, VendorHolds>> {
  const rows = await sql.rows<
    HoldFacts & {
      vendor_id: string
      currency_code: string | null
      amount: string | null
    }
  >(
    // A share of earnings is computed below.
    `select h.vendor_id, h.kind, h.reason, h.until, h.currency_code,
            h.amount::text as amount
       from masspay_hold h
      where ${HOLD_STANDS} and h.order_id is null and h.vendor_id = any(?)
        and h.basis_points is null
      order by h.created_at, h.id`,
    [vendor_ids]
  )
  const holds = new Map<string, VendorHolds>()
  const reserve = (of: VendorHolds, currency_code: string, amount: bigint) => {
    const before = of.reserves.get(currency_code) ?? 0n
    of.reserves.set(currency_code, before + amount)
  }
  for (const { vendor_id, currency_code, amount, ...hold } of rows) {
    const of = holds.get(vendor_id) ?? noHolds()
    if (currency_code !== null && amount !== null) {
      reserve(of, currency_code, BigInt(amount))
    } else of.hold ??= hold
    holds.set(vendor_id, of)
  }
  for (const share of await shareReserves(sql, vendor_ids, moments)) {
    const of = holds.get(share.vendor_id) ?? noHolds()
    reserve(of, share.currency_code, share.amount)
    holds.set(share.vendor_id, of)
  }
  return holds
}

function noHolds(): VendorHolds {
  return { hold: null, reserves: new Map() }
}
