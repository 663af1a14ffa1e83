import type { OpenSums } from "../../../domain/collect"
import type { Sql } from "./db"
import { HELD_ENTRIES, holdOf, type HoldRow } from "./hold-facts"

type SumsRow = {
  vendor_id: string
  currency_code: string
  entries: number
  open: string
  due_entries: number
  due: string
  scheduled_entries: number
  scheduled: string
  held: number
  hold: HoldRow | null
  next_due_at: Date | null
}

/**
 * As `sumUp` adds up entries; times in milliseconds, as entries have them there.
 * `offset 0` has Postgres read the entries of these vendors, not those of all.
 */
export async function openSums(
  sql: Sql,
  {
    vendors,
    currency_code,
    now,
  }: {
    vendors: readonly { vendor_id: string; last: Date }[]
    currency_code: string | null
    now: Date
  }
): Promise<Map<string, { currency_code: string; open: OpenSums }[]>> {
  const rows = await sql.rows<SumsRow>(
    `select vendor_id, currency_code, count(*)::int as entries,
            sum(amount)::text as open,
            count(*) filter (where is_due)::int as due_entries,
            coalesce(sum(amount) filter (where is_due), 0)::text as due,
            count(*) filter (where is_due and at <= last)::int as scheduled_entries,
            coalesce(sum(amount) filter (where is_due and at <= last), 0)::text as scheduled,
            count(*) filter (where is_held and is_past)::int as held,
            (array_agg(hold order by at, entry_id)
               filter (where is_past and hold is not null))[1] as hold,
            min(at) filter (where not is_held and not is_past) as next_due_at
       from (select *, is_past and not is_held as is_due
               from (select o.vendor_id, o.currency_code, o.amount, o.entry_id, t.at,
                            v.last, t.at <= ?::timestamptz as is_past,
                            held.entry_id is not null as is_held, held.hold
                       from unnest(?::text[], ?::timestamptz[]) v (vendor_id, last)
                       cross join lateral (
                         select * from masspay_open_entry
                          where vendor_id = v.vendor_id offset 0) o
                       cross join lateral (
                         select date_trunc('milliseconds', o.available_at) as at) t
                       left join ${HELD_ENTRIES} held on held.entry_id = o.entry_id
                      where o.currency_code = coalesce(?::text, o.currency_code)) entry
            ) told
      group by vendor_id, currency_code
      order by vendor_id, currency_code`,
    [
      now,
      vendors.map(({ vendor_id }) => vendor_id),
      vendors.map(({ last }) => last),
      currency_code,
    ]
  )
  const sums = new Map<string, { currency_code: string; open: OpenSums }[]>()
  for (const row of rows) {
    const list = sums.get(row.vendor_id) ?? []
    list.push({ currency_code: row.currency_code, open: sumsOf(row) })
    sums.set(row.vendor_id, list)
  }
  return sums
}

function sumsOf(row: SumsRow): OpenSums {
  return {
    entries: row.entries,
    open: BigInt(row.open),
    due: { entries: row.due_entries, amount: BigInt(row.due) },
    scheduled: {
      entries: row.scheduled_entries,
      amount: BigInt(row.scheduled),
    },
    held: row.held,
    hold: holdOf(row.hold),
    next_due_at: row.next_due_at,
  }
}
