import type { OverviewAttentionKind } from "../../../domain/overview"
import { IN_TRANSIT_STATUSES } from "../../../domain/statement"
import type {
  OverviewAttention,
  OverviewDay,
  OverviewTotal,
} from "../../../types/http-overview"
import type { Sql } from "./db"
import { amountText } from "./dto"
import { listed } from "./statement-lines"

const DAYS = 30

/** Each row: what it is, how many and since when. The most pressing first. */
const ATTENTION: readonly (readonly [OverviewAttentionKind, string])[] = [
  [
    "incidents",
    `select count(*), min(opened_at) from masspay_incident
      where state = 'open' and acknowledged_at is null`,
  ],
  ["payouts_to_review", byStatus("needs_review", "created_at")],
  ["payouts_unknown", byStatus("unknown", "unknown_since")],
  ["payouts_to_approve", byStatus("pending", "created_at")],
  [
    "actions_to_confirm",
    `select count(*), min(created_at) from masspay_action_request
      where state = 'proposed'`,
  ],
  ["payouts_blocked", byStatus("blocked", "created_at")],
  [
    "refunds_to_allocate",
    `select count(*), min(created_at) from masspay_refund where unallocated > 0`,
  ],
  [
    "payees_locked",
    `select count(*), min(coalesce(locked_at, truth_as_of, created_at))
       from masspay_payee where status = 'locked'`,
  ],
  [
    "papers_wanted",
    `select count(distinct y.id), min(r.created_at)
       from masspay_payee y
       join masspay_kyc_request r on r.payee_id = y.id and r.state = 'open'
      where y.papers_wanted`,
  ],
  [
    "balances_negative",
    `select count(*), min(c.since)
       from (select vendor_id, currency_code, min(available_at) as since
               from masspay_open_entry where amount < 0
              group by vendor_id, currency_code) c
      where (select coalesce(sum(o.amount), 0) from masspay_open_entry o
              where o.vendor_id = c.vendor_id and o.currency_code = c.currency_code)
          + (select coalesce(sum(p.amount), 0) from masspay_payout p
              where p.vendor_id = c.vendor_id and p.currency_code = c.currency_code
                and p.status in (${listed(IN_TRANSIT_STATUSES)})
                and not p.items_released) < 0`,
  ],
  [
    "webhooks_dead",
    `select count(*), min(received_at) from masspay_webhook_event
      where state = 'dead'`,
  ],
]

function byStatus(status: string, since: string): string {
  return `select count(*), min(coalesce(${since}, created_at))
            from masspay_payout where status = '${status}'`
}

const LINKS: Record<OverviewAttentionKind, string | null> = {
  dispatch_stopped: null,
  incidents: "/masspay/incidents?state=open",
  discrepancies: "/masspay/reconciliation?state=open",
  payouts_to_review: "/masspay/payouts?status=needs_review",
  payouts_unknown: "/masspay/payouts?status=unknown",
  payouts_to_approve: "/masspay/payouts?status=pending",
  actions_to_confirm: "/masspay/action-requests?state=proposed",
  payouts_blocked: "/masspay/payouts?status=blocked",
  refunds_to_allocate: "/masspay/unallocated-refunds",
  payees_locked: "/masspay/payees?status=locked",
  papers_wanted: "/masspay/kyc-requests?state=open",
  balances_negative: "/masspay/preview?reason=negative",
  webhooks_dead: "/masspay/webhook-events?state=dead",
}

/** What waits for a person, in one statement; what nothing waits for is left out. */
export async function needsAttention(sql: Sql): Promise<OverviewAttention[]> {
  const discrepancies = await hasDiscrepancies(sql)
  const all: readonly (readonly [OverviewAttentionKind, string])[] = [
    [
      "dispatch_stopped",
      `select count(*), min((value->>'at')::timestamptz) from masspay_control
        where key = 'dispatch_stop' and value->>'stopped' = 'true'`,
    ],
    ...ATTENTION.slice(0, 1),
    ...(discrepancies
      ? [
          [
            "discrepancies",
            `select count(*), min(created_at) from masspay_discrepancy
              where state = 'open'`,
          ] as const,
        ]
      : []),
    ...ATTENTION.slice(1),
  ]
  const rows = await sql.rows<{
    kind: OverviewAttentionKind
    count: number
    oldest_at: Date
  }>(
    `select kind, count::int as count, coalesce(oldest_at, masspay_now()) as oldest_at
       from (${all
         .map(
           ([kind, statement], at) =>
             `select ${at} as rank, '${kind}' as kind, w.count, w.oldest_at
                from (${statement}) w (count, oldest_at)`
         )
         .join(" union all ")}) waiting
      where count > 0 order by rank`
  )
  return rows.map(({ kind, count, oldest_at }) => ({
    kind,
    count,
    oldest_at: oldest_at.toISOString(),
    link: LINKS[kind],
  }))
}

async function hasDiscrepancies(sql: Sql): Promise<boolean> {
  const [row] = await sql.rows<{ has: boolean }>(
    `select to_regclass('masspay_discrepancy') is not null as has`
  )
  return row?.has ?? false
}

/** Of what is over only the last 30 days, so that a shop of ten years is read as fast. */
export async function payoutTotals(sql: Sql): Promise<OverviewTotal[]> {
  const rows = await sql.rows<OverviewTotal>(
    `select status, currency_code, count(*)::int as count, sum(amount)::text as amount
       from (
         select status, currency_code, amount, method from masspay_payout
          where status in ('pending', 'ready', 'sending', 'accepted', 'cancelled',
                           'unknown', 'blocked', 'needs_review', 'reversing')
          union all
         select status, currency_code, amount, method from masspay_payout
          where status in ('completed', 'void', 'reversed', 'netted')
            and created_at >= (select masspay_now()) - ${DAYS} * interval '1 day') p
      where method in ('wallet', 'direct')
      group by status, currency_code order by currency_code, status`
  )
  return rows.map((row) => ({
    ...row,
    amount: amountText(row.amount, row.currency_code),
  }))
}

type DayRow = {
  date: string
  currency_code: string
  paid: string
  due: string
  held: string
}

/** The last 30 UTC days, today the last of them. */
export async function lastDays(sql: Sql): Promise<OverviewDay[]> {
  const rows = await sql.rows<DayRow>(
    `with time as materialized (
       select masspay_now() as now,
              (date_trunc('day', masspay_now() at time zone 'utc')
                - ${DAYS - 1} * interval '1 day') at time zone 'utc' as first),
     moved as (
       select completed_at as at, currency_code, amount as paid, 0 as due, 0 as held
         from masspay_payout
        where status = 'completed' and completed_at >= (select first from time)
          and method in ('wallet', 'direct')
        union all
       select available_at, currency_code, 0, amount, 0 from masspay_ledger_entry
        where available_at >= (select first from time)
          and available_at <= (select now from time)
          and kind in ('earning', 'clawback', 'correction', 'adjustment')
        union all
       select created_at, currency_code, 0, 0, net from masspay_settlement
        where held_reason is not null and created_at >= (select first from time)),
     sums as (
       select (at at time zone 'utc')::date as date, currency_code, sum(paid) as paid,
              sum(due) as due, sum(held) as held
         from moved group by 1, 2),
     days as (
       select ((first at time zone 'utc')::date + n)::date as date
         from time cross join generate_series(0, ${DAYS - 1}) n)
     select to_char(d.date, 'YYYY-MM-DD') as date, c.currency_code,
            coalesce(s.paid, 0)::text as paid, coalesce(s.due, 0)::text as due,
            coalesce(s.held, 0)::text as held
       from days d
      cross join (select distinct currency_code from sums) c
       left join sums s on s.date = d.date and s.currency_code = c.currency_code
      order by d.date, c.currency_code`
  )
  return rows.map(({ date, currency_code, paid, due, held }) => ({
    date,
    currency_code,
    paid: amountText(paid, currency_code),
    due: amountText(due, currency_code),
    held: amountText(held, currency_code),
  }))
}
