import { reservedPart } from "../../../domain/holds"
import { IN_TRANSIT_STATUSES, PAID_STATUSES } from "../../../domain/statement"
import type {
  AdminNegativeBalance,
  AdminNegativeBalanceListResponse,
  VendorBalance,
} from "../../../types/http-statements"
import type { Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
import { type Reserved, reservedOf } from "./reserves"
import { LINES_OF_C, listed } from "./statement-lines"

const PAGE_MAX = 100

type BalanceRow = {
  currency_code: string
  open: string
  due: string
  in_transit: string
  paid: string
  balance: string
  next_due_at: Date | null
}

/** What a vendor is owed now, by currency, and where it is. */
export async function balancesOf(
  sql: Sql,
  vendor_id: string
): Promise<VendorBalance[]> {
  const rows = await sql.rows<BalanceRow>(
    `with time as (select masspay_now() as now),
          open as (
            select o.currency_code, sum(o.amount) as amount,
                   sum(o.amount) filter (where o.available_at <= time.now) as due,
                   min(o.available_at) filter (where o.available_at > time.now) as next_due_at
              from masspay_open_entry o cross join time
             where o.vendor_id = ? group by o.currency_code),
          taken as (
            select p.currency_code,
                   sum(p.amount) filter (where p.status in (${listed(IN_TRANSIT_STATUSES)})) as in_transit,
                   sum(p.amount) filter (where p.status in (${listed(PAID_STATUSES)})) as paid
              from masspay_payout p
             where p.vendor_id = ? and not p.items_released
             group by p.currency_code)
     select currency_code, coalesce(open.amount, 0)::text as open,
            coalesce(open.due, 0)::text as due,
            coalesce(taken.in_transit, 0)::text as in_transit,
            coalesce(taken.paid, 0)::text as paid,
            (coalesce(open.amount, 0) + coalesce(taken.in_transit, 0))::text as balance,
            open.next_due_at
       from open full join taken using (currency_code)
      order by currency_code`,
    [vendor_id, vendor_id]
  )
  const reserves = await reservedOf(sql, vendor_id)
  return rows.map(({ currency_code, open, next_due_at, ...row }) => {
    const text = (minor: string) => amountText(minor, currency_code)
    return {
      currency_code,
      balance: text(row.balance),
      payable: text(open),
      due: text(row.due),
      ...reservedPartOf(row.due, currency_code, reserves),
      in_transit: text(row.in_transit),
      paid: text(row.paid),
      next_due_at: isoOrNull(next_due_at),
    }
  })
}

/** How much of what is due in a currency reserves keep, as the APIs say it. */
export function reservedPartOf(
  due: string,
  currency_code: string,
  reserves: ReadonlyMap<string, Reserved>
): { reserved: string; reserved_until: string | null } {
  const reserve = reserves.get(currency_code)
  const amount = reservedPart(reserve?.amount ?? 0n, BigInt(due))
  return {
    reserved: amountText(amount, currency_code),
    reserved_until: amount === 0n ? null : isoOrNull(reserve?.less_at ?? null),
  }
}

/**
 * Vendors who owe, as `c`: what is open and what is in transit is less than
 * nothing. It says the same as the lines do, and reads no history.
 */
const WHO_OWES = `
  with open as (
    select vendor_id, currency_code, sum(amount) as amount
      from masspay_open_entry group by vendor_id, currency_code),
  moving as (
    select vendor_id, currency_code, sum(amount) as amount
      from masspay_payout
     where status in (${listed(IN_TRANSIT_STATUSES)}) and not items_released
     group by vendor_id, currency_code),
  c as (
    select vendor_id, currency_code,
           coalesce(open.amount, 0) + coalesce(moving.amount, 0) as balance
      from open full join moving using (vendor_id, currency_code)
     where coalesce(open.amount, 0) + coalesce(moving.amount, 0) < 0)`

/** When each of `c` came to owe: the first line after she last did not. */
const SINCE = `
  select min(line.at) as since
    from (select at, n, max(n) filter (where running >= 0) over () as last_fine
            from (select l.at, row_number() over age as n,
                         sum(l.amount) over age as running
                    from (${LINES_OF_C}) l
                  window age as (order by l.at, l.id)) told) line
   where line.n > coalesce(line.last_fine, 0)`

type NegativeRow = {
  payee_id: string
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  balance: string
  since: Date
  days: number
  count: string
  entry_id: string | null
  kind: NonNullable<AdminNegativeBalance["oldest_entry"]>["kind"]
  amount: string
  reason: string
  order_id: string | null
  display_id: number | null
  created_at: Date
}

/** One page of vendors who owe, by currency and then whoever owes most, with the exact number of all. */
export async function listNegativeBalances(
  sql: Sql,
  {
    currency_code,
    limit,
    offset,
  }: {
    /** Upper case. */
    currency_code?: readonly string[] | undefined
    limit: number
    offset: number
  }
): Promise<AdminNegativeBalanceListResponse> {
  const take = Math.min(limit, PAGE_MAX)
  const currencies = currency_code ?? null
  const mine = `(?::text[] is null or currency_code = any(?::text[]))`
  const [counted] = await sql.rows<{ count: string }>(
    `${WHO_OWES} select count(*)::text as count from c where ${mine}`,
    [currencies, currencies]
  )
  const rows = await sql.rows<NegativeRow>(
    `${WHO_OWES}
     select y.id as payee_id, c.vendor_id, y.name as vendor_name,
            c.currency_code, c.balance::text as balance,
            coalesce(s.since, masspay_now()) as since,
            extract(day from masspay_now() - coalesce(s.since, masspay_now()))::int as days,
            oldest.id as entry_id, oldest.kind, oldest.amount::text as amount,
            oldest.reason, oldest.order_id, oldest.display_id, oldest.created_at
       from (select * from c where ${mine}
              order by currency_code, balance, vendor_id limit ? offset ?) c
       join masspay_payee y on y.vendor_id = c.vendor_id
      cross join lateral (${SINCE}) s
       left join lateral (
         select e.id, e.kind, e.amount, e.reason, e.created_at, t.order_id,
                t.display_id
           from masspay_open_entry o
           join masspay_ledger_entry e on e.id = o.entry_id
           left join masspay_settlement t on t.id = e.settlement_id
          where o.vendor_id = c.vendor_id and o.currency_code = c.currency_code
            and o.amount < 0
          order by e.created_at, e.id
          limit 1) oldest on true
      order by c.currency_code, c.balance, c.vendor_id`,
    [currencies, currencies, take, offset]
  )
  return {
    negative_balances: rows.map(negativeOf),
    count: Number(counted?.count ?? "0"),
    limit: take,
    offset,
  }
}

function negativeOf(row: NegativeRow): AdminNegativeBalance {
  const { payee_id, vendor_id, vendor_name, currency_code, days } = row
  return {
    payee_id,
    vendor_id,
    vendor_name,
    currency_code,
    balance: amountText(row.balance, currency_code),
    since: row.since.toISOString(),
    days,
    oldest_entry:
      row.entry_id === null
        ? null
        : {
            id: row.entry_id,
            kind: row.kind,
            amount: amountText(row.amount, currency_code),
            reason: row.reason,
            order_id: row.order_id,
            display_id: row.display_id,
            created_at: row.created_at.toISOString(),
          },
  }
}

export type AgedBalance = {
  payee_id: string
  vendor_id: string
  currency_code: string
  /** Minor units, negative. */
  balance: bigint
  since: Date
  /** The same for as long as she owes without a break. */
  cause_key: string
}

/** Vendors who have owed for longer than this and of whom nobody was told yet, longest first. */
export async function untoldAgedBalances(
  sql: Sql,
  { after_ms, limit }: { after_ms: number; limit: number }
): Promise<AgedBalance[]> {
  const rows = await sql.rows<
    Omit<AgedBalance, "balance"> & { balance: string }
  >(
    `${WHO_OWES}
     select aged.*
       from (select y.id as payee_id, c.vendor_id, c.currency_code,
                    c.balance::text as balance, s.since,
                    'negative:' || y.id || ':' || c.currency_code || ':'
                      || extract(epoch from s.since) as cause_key
               from c
               join masspay_payee y on y.vendor_id = c.vendor_id
              cross join lateral (${SINCE}) s
              where s.since <= masspay_now() - ? * interval '1 millisecond') aged
      where not exists (select 1 from masspay_outbox_event o
                         where o.cause_key = aged.cause_key)
      order by aged.since, aged.payee_id, aged.currency_code
      limit ?`,
    [after_ms, limit]
  )
  return rows.map((row) => ({ ...row, balance: BigInt(row.balance) }))
}
