import type { HealthFacts } from "../../../domain/health"
import type { HealthBacklog } from "../../../types/http-health"
import type { Sql } from "./db"

/** One look at a few rows by their keys. Throws what the database throws. */
export async function healthFacts(sql: Sql): Promise<HealthFacts> {
  const [row] = await sql.rows<HealthFacts>(
    `select coalesce(bool_or(key = 'circuit' and value->>'state' = 'open'), false)
              as is_circuit_open,
            coalesce(bool_or(key = 'dispatch_refused' and value->>'refused' = 'true'), false)
              as is_key_refused,
            coalesce(bool_or(key = 'dispatch_stop' and value->>'stopped' = 'true'), false)
              as is_stopped,
            coalesce(bool_or(key = 'database_identity' and value->>'state' <> 'known'), false)
              as is_restored,
            coalesce(bool_or(key = 'invariants'
              and value->'results' @> '[{"holds": false}]'), false) as is_broken,
            (extract(epoch from masspay_now() - max((value->>'finished')::timestamptz)
               filter (where key = 'job:masspay-watch')) * 1000)::float8 as watched_ms
       from masspay_control
      where key in ('circuit', 'dispatch_refused', 'dispatch_stop',
                    'database_identity', 'invariants', 'job:masspay-watch')`
  )
  if (!row) throw new Error("An aggregate without a row")
  return row
}

const WAITING = [
  "pending",
  "ready",
  "sending",
  "unknown",
  "blocked",
  "needs_review",
] as const
type Waiting = (typeof WAITING)[number]

export type Backlogs = {
  payouts: Record<Waiting, HealthBacklog>
  outbox: HealthBacklog
  webhooks: HealthBacklog
  notifications: HealthBacklog
  incidents: number
  payees_left: number
}

type BacklogRow = { what: string; count: number; age: number | null }

/** What waits, by the partial indexes of what waits. */
export async function readBacklogs(sql: Sql): Promise<Backlogs> {
  const rows = await sql.rows<BacklogRow>(
    `select what, count(*)::int as count,
            floor(extract(epoch from masspay_now() - min(since)))::int as age
       from (
         select status as what,
                case status when 'unknown' then unknown_since else created_at end as since
           from masspay_payout where status = any(?)
          union all
         select 'outbox', created_at from masspay_outbox_event
          where published_at is null
          union all
         select 'webhooks', received_at from masspay_webhook_event
          where state = 'received'
          union all
         select 'notifications', created_at from masspay_notification
          where state = 'pending'
          union all
         select 'incidents', opened_at from masspay_incident where state = 'open'
          union all
         select 'payees_left', created_at from masspay_payee where needs_adoption) waiting
      group by what`,
    [[...WAITING]]
  )
  const of = (what: string): HealthBacklog => {
    const row = rows.find((each) => each.what === what)
    return { count: row?.count ?? 0, oldest_seconds: row?.age ?? null }
  }
  return {
    payouts: {
      pending: of("pending"),
      ready: of("ready"),
      sending: of("sending"),
      unknown: of("unknown"),
      blocked: of("blocked"),
      needs_review: of("needs_review"),
    },
    outbox: of("outbox"),
    webhooks: of("webhooks"),
    notifications: of("notifications"),
    incidents: of("incidents").count,
    payees_left: of("payees_left").count,
  }
}

/** Requests per second at the moment; `null`: nothing has slowed it down. */
export async function currentRate(
  sql: Sql
): Promise<{ rate: number | null; paused_until: Date | null }> {
  const [row] = await sql.rows<{
    rate: number | null
    paused_until: Date | null
  }>(
    `select (value->>'rate')::float8 as rate,
            case when (value->>'paused_until')::float8
                        > extract(epoch from masspay_now()) * 1000
                 then to_timestamp((value->>'paused_until')::float8 / 1000) end
              as paused_until
       from masspay_control where key = 'traffic'`
  )
  return row ?? { rate: null, paused_until: null }
}
