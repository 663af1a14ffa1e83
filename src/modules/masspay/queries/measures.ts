import { isKnownCurrency } from "../../../domain/currency"
import { formatMajor } from "../../../domain/money"
import type { PayoutStatus } from "../../../domain/payout-status"
import type { Sql } from "./db"

/** One point of a gauge. Amounts in major units, ages in seconds: for graphs, never for a decision. */
export type Measured = {
  name:
    | "masspay.payouts"
    | "masspay.payouts.oldest_age"
    | "masspay.in_transit"
    | "masspay.funding.balance"
    | "masspay.keys.aging"
    | "masspay.keys.oldest_age"
    | "masspay.backlog"
    | "masspay.backlog.oldest_age"
  value: number
  attributes: Record<string, string>
}

/** Ended ones are not counted: there are ever more of them. */
export const MEASURED_STATUSES = [
  "pending",
  "ready",
  "sending",
  "unknown",
  "accepted",
  "blocked",
  "cancelled",
  "reversing",
  "needs_review",
] as const satisfies readonly PayoutStatus[]

/** Since when each row of a queue waits. Each part fits an index of what waits. */
const QUEUES = {
  outbox: `select created_at from masspay_outbox_event
            where published_at is null`,
  webhooks: `select received_at from masspay_webhook_event
              where state = 'received' and object_key is null
             union all
             select received_at from masspay_webhook_event
              where state = 'received' and object_key is not null`,
  notifications: `select created_at from masspay_notification
                   where state = 'pending'`,
} as const

/** A key is trusted for 23 hours; three hours before is time to look. */
const AGING_KEY = "interval '20 hours'"

const AGE = (moment: string) =>
  `extract(epoch from masspay_now() - ${moment})::float8`

const STATEMENT = `
  with live as materialized (
    select status, currency_code, count(*) as n, min(created_at) as oldest,
           coalesce(sum(amount) filter (where not items_released
             and status <> 'reversing'), 0) as amount
      from masspay_payout
     where status = any(?)
     group by status, currency_code),
  aging as materialized (
    select o.key_first_used_at
      from masspay_payout p
      join masspay_operation o on o.payout_id = p.id
     where p.status in ('sending', 'unknown', 'ready', 'blocked', 'needs_review')
       and p.version > 1 and o.proof = 'none' and not o.key_burnt
       and o.key_first_used_at < masspay_now() - ${AGING_KEY})
  select 'payouts' as what, status as label, sum(n)::text as n,
         ${AGE("min(oldest)")} as age
    from live group by status
  union all
  select 'in_transit', currency_code, sum(amount)::text, null
    from live group by currency_code
  union all
  select 'funding', substr(key, 9), value->>'balance', null
    from masspay_control
   where key like 'funding:%' and value->>'balance' is not null
  union all
  select 'keys', '', count(*)::text, ${AGE("min(key_first_used_at)")}
    from aging
  ${Object.entries(QUEUES)
    .map(
      ([queue, waiting]) => `union all
  select 'backlog', '${queue}', count(*)::text, ${AGE("min(since)")}
    from (${waiting}) ${queue} (since)`
    )
    .join("\n  ")}`

type Row = {
  what: "payouts" | "in_transit" | "funding" | "keys" | "backlog"
  label: string
  n: string
  age: number | null
}

/** What the books hold now, in one statement. A status without a payout counts 0. */
export async function measureBooks(sql: Sql): Promise<Measured[]> {
  const rows = await sql.rows<Row>(STATEMENT, [MEASURED_STATUSES])
  const seen = new Set(
    rows.filter(({ what }) => what === "payouts").map(({ label }) => label)
  )
  const none = MEASURED_STATUSES.filter((status) => !seen.has(status)).map(
    (label): Row => ({ what: "payouts", label, n: "0", age: null })
  )
  return [...rows, ...none].flatMap(pointsOf)
}

function pointsOf({ what, label, n, age }: Row): Measured[] {
  const count = Number(n)
  // Nothing waits: its oldest is as old as can be good.
  const age_s = age ?? 0
  switch (what) {
    case "payouts":
      return [
        point("masspay.payouts", count, { status: label }),
        point("masspay.payouts.oldest_age", age_s, { status: label }),
      ]
    case "keys":
      return [
        point("masspay.keys.aging", count),
        point("masspay.keys.oldest_age", age_s),
      ]
    case "backlog":
      return [
        point("masspay.backlog", count, { queue: label }),
        point("masspay.backlog.oldest_age", age_s, { queue: label }),
      ]
    case "in_transit":
      return moneyPoint("masspay.in_transit", label, n)
    case "funding":
      return moneyPoint("masspay.funding.balance", label, n)
  }
}

function point(
  name: Measured["name"],
  value: number,
  attributes: Record<string, string> = {}
): Measured {
  return { name, value, attributes }
}

/** From minor units as text, by the currency's decimals. */
function moneyPoint(
  name: Measured["name"],
  currency_code: string,
  minor: string
): Measured[] {
  if (!isKnownCurrency(currency_code)) return []
  const value = Number(formatMajor(BigInt(minor), currency_code))
  return [point(name, value, { currency_code })]
}

/** From a payout's first claim until now; `null` where it was never claimed. */
export async function secondsSinceClaim(
  sql: Sql,
  payout_id: string
): Promise<number | null> {
  const [row] = await sql.rows<{ seconds: number | null }>(
    `select ${AGE("min(a.started_at)")} as seconds
       from masspay_operation o
       join masspay_attempt a on a.operation_id = o.id
      where o.payout_id = ?`,
    [payout_id]
  )
  return row?.seconds ?? null
}
