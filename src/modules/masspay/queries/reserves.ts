import { shareOf } from "../../../domain/holds"
import type { Sql } from "./db"
import { HOLD_STANDS } from "./hold-stands"

/** The last moment of each schedule; `null`: any. A vendor without one of her own has `standard`. */
export type ScheduleMoments = {
  standard: string
  moments: readonly { schedule: string; at: Date | null }[]
}

/** What a share of a vendor's earnings keeps back in one currency. */
export type ShareReserve = {
  vendor_id: string
  currency_code: string
  /** Minor units. */
  amount: bigint
  /** When the first of the earnings that it is a share of counts no more. */
  less_at: Date
}

/** When an earning could be paid first: the days of a reserve begin then. */
const PAYABLE_AT = "greatest(e.available_at, e.created_at)"

/**
 * What reserves keep that are a share of each new earning, by vendor and
 * currency: the share of what is left today of the earnings that became payable
 * while the reserve stood and less than its days ago, paid or not. It is
 * computed from their sum each time and rounded down once, so nothing drifts and
 * it is never more than the earnings. With `moments`, only of what is due by the
 * last moment of the vendor's schedule: the rest waits for the next one anyway.
 */
export async function shareReserves(
  sql: Sql,
  vendor_ids: readonly string[],
  { standard, moments }: ScheduleMoments = { standard: "", moments: [] }
): Promise<ShareReserve[]> {
  const rows = await sql.rows<{
    vendor_id: string
    currency_code: string
    basis_points: number
    earned: string
    less_at: Date
  }>(
    `select h.vendor_id, t.currency_code, h.basis_points,
            t.earned::text as earned, least(t.less_at, h.until) as less_at
       from masspay_hold h
       join masspay_payee y on y.vendor_id = h.vendor_id
       left join unnest(?::text[], ?::timestamptz[]) c (schedule, at)
         on c.schedule = coalesce(y.schedule, ?)
      cross join lateral (
        select e.currency_code, sum(greatest(n.net, 0)) as earned,
               min(${PAYABLE_AT}) + h.days * interval '1 day' as less_at
          from masspay_ledger_entry e
         cross join lateral (
           select sum(x.amount) as net from masspay_ledger_entry x
            where x.settlement_id = e.settlement_id) n
         where e.vendor_id = h.vendor_id and e.kind = 'earning'
           and e.created_at >= h.created_at
           and ${PAYABLE_AT} > (select masspay_now()) - h.days * interval '1 day'
           and e.available_at <= least((select masspay_now()), c.at)
         group by e.currency_code) t
      where ${HOLD_STANDS} and h.order_id is null
        and h.basis_points is not null and h.vendor_id = any(?)
      order by h.vendor_id, t.currency_code, h.created_at, h.id`,
    [
      moments.map(({ schedule }) => schedule),
      moments.map(({ at }) => at),
      standard,
      vendor_ids,
    ]
  )
  return rows
    .map(({ basis_points, earned, ...row }) => ({
      ...row,
      amount: shareOf(BigInt(earned), basis_points),
    }))
    .filter(({ amount }) => amount > 0n)
}

/** What is reserved of a vendor's money in one currency. */
export type Reserved = {
  /** Minor units. */
  amount: bigint
  /** When some of it is released; `null`: when somebody releases it. */
  less_at: Date | null
}

/** Everything that reserves of either kind keep of a vendor's money now, by currency; it may be more than she has. */
export async function reservedOf(
  sql: Sql,
  vendor_id: string
): Promise<Map<string, Reserved>> {
  const fixed = await sql.rows<{
    currency_code: string
    amount: string
    less_at: Date | null
  }>(
    `select h.currency_code, h.amount::text as amount, h.until as less_at
       from masspay_hold h
      where ${HOLD_STANDS} and h.order_id is null and h.amount is not null
        and h.vendor_id = ?`,
    [vendor_id]
  )
  const reserved = new Map<string, Reserved>()
  for (const one of [...fixed, ...(await shareReserves(sql, [vendor_id]))]) {
    const so_far = reserved.get(one.currency_code)
    reserved.set(one.currency_code, {
      amount: (so_far?.amount ?? 0n) + BigInt(one.amount),
      less_at: earlier(so_far?.less_at ?? null, one.less_at),
    })
  }
  return reserved
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
