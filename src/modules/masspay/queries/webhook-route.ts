import {
  backoffAfter,
  WEBHOOK_ATTEMPTS_MAX,
  WEBHOOK_REASONS,
  type WebhookKind,
  type WebhookReason,
} from "../../../domain/webhooks"
import type { Db, Sql } from "./db"
import { wantWalletsRead } from "./wallets"

/** What became of messages that were sorted. */
export type RoutedWebhooks = {
  /** Those that were looked at; fewer than asked for means that none are left. */
  seen: number
  reasons: Partial<Record<WebhookReason, number>>
  /** New ones about operations with our tag that the books do not know. */
  unknown_operations: string[]
}

type Found = {
  id: string
  kind: WebhookKind
  user_token: string | null
  attempts: number
  /** Of the payout whose operation it names. */
  payout_user: string | null
  is_ours: boolean
  is_payee: boolean
}

type Routed = {
  id: string
  object_key: string | null
  reason: WebhookReason | null
  attempts: number
}

/**
 * Says of up to `limit` new messages what has to be looked up because of them,
 * and puts that on the list, at once or as soon as the last look-up of it is old
 * enough. Messages that lead to nothing are done with. Nothing of a message
 * itself is applied to anything.
 */
export async function routeWebhooks(
  db: Db,
  { limit, coalesce_ms }: { limit: number; coalesce_ms: number }
): Promise<RoutedWebhooks> {
  const { touched, ...report } = await db.tx(async (sql) => {
    const found = await newWebhooks(sql, limit)
    const routed = found.map(routeOf)
    await writeRoutes(sql, routed)
    await putOnList(sql, routed, coalesce_ms)
    const reasons: RoutedWebhooks["reasons"] = {}
    for (const { reason } of routed) {
      if (reason) reasons[reason] = (reasons[reason] ?? 0) + 1
    }
    return {
      seen: found.length,
      reasons,
      unknown_operations: routed
        .filter(
          (row) => row.reason === "unknown_operation" && row.attempts === 1
        )
        .map(({ id }) => id),
      touched: found
        .filter(touchesWallet)
        .flatMap((row) => row.user_token ?? []),
    }
  })
  // By itself: what people look at is no part of what is decided here.
  await wantWalletsRead(db, { user_tokens: touched })
  return report
}

/** Also what she did herself, which is no operation of ours. */
function touchesWallet({ kind, is_payee }: Found): boolean {
  return is_payee && ["payout", "load", "spendback"].includes(kind)
}

function newWebhooks(sql: Sql, limit: number): Promise<Found[]> {
  return sql.rows<Found>(
    // By either id, each through its own unique index.
    `with new as materialized (
       select id from masspay_webhook_event
        where state = 'received' and object_key is null
          and next_attempt_at <= (select masspay_now())
        order by next_attempt_at, id limit ?
          for update skip locked)
     select w.id, w.kind, w.user_token, w.attempts,
            coalesce(by_id.user_token, by_token.user_token) as payout_user,
            coalesce(starts_with(w.client_id, 'mpl' || i.tag), false) as is_ours,
            y.id is not null as is_payee
       from new
       join masspay_webhook_event w on w.id = new.id
       left join masspay_installation i on true
       left join masspay_payee y on y.user_token = w.user_token
       left join lateral (
         select p.user_token from masspay_operation o
           join masspay_payout p on p.id = o.payout_id
          where o.client_id = w.client_id) by_id on true
       left join lateral (
         select p.user_token from masspay_operation o
           join masspay_payout p on p.id = o.payout_id
          where o.remote_token = w.remote_token
            and o.kind = any(case w.kind
                  when 'payout' then array['quote', 'commit']
                  else array[w.kind] end)
          limit 1) by_token on true`,
    [limit]
  )
}

/** Pure: where one message leads. */
function routeOf(row: Found): Routed {
  const { id, kind, attempts } = row
  const to = (object_key: string): Routed => ({
    id,
    object_key,
    reason: null,
    attempts,
  })
  const because = (reason: WebhookReason): Routed => ({
    id,
    object_key: null,
    reason,
    attempts: attempts + 1,
  })
  switch (kind) {
    case "payout":
    case "load":
    case "spendback": {
      if (row.payout_user) return to(`loads:${row.payout_user}`)
      // Whom it was paid to is not said; of a payee of ours, her list tells.
      if (row.is_ours && row.is_payee && attempts === 0) {
        return to(`loads:${row.user_token ?? ""}`)
      }
      return because(row.is_ours ? "unknown_operation" : "foreign")
    }
    case "user":
      if (row.user_token === null) return because("no_object")
      return row.is_payee ? to(`payee:${row.user_token}`) : because("foreign")
    case "tax":
      return because(row.is_payee ? "noted" : "foreign")
    case "balance_credit":
      return to("funding")
    case "unknown":
      return because("unknown_type")
    case "unreadable":
      return because("unreadable")
  }
}

async function writeRoutes(sql: Sql, routed: readonly Routed[]): Promise<void> {
  if (routed.length === 0) return
  const stateOf = ({ reason, attempts }: Routed) => {
    if (reason === null) return "received"
    // Adopted meanwhile, perhaps: the daily read of every payee finds it.
    if (reason === "unknown_operation" && attempts < WEBHOOK_ATTEMPTS_MAX) {
      return "received"
    }
    return WEBHOOK_REASONS[reason]
  }
  await sql.rows(
    `update masspay_webhook_event w
        set object_key = r.object_key, reason = r.reason, state = r.state,
            attempts = case when r.reason is null then w.attempts else r.attempts end,
            next_attempt_at = masspay_now() + r.wait_ms * interval '1 millisecond',
            finished_at = case when r.state <> 'received' then masspay_now() end,
            updated_at = masspay_now()
       from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[])
         r (id, object_key, reason, state, attempts, wait_ms)
      where w.id = r.id`,
    [
      routed.map(({ id }) => id),
      routed.map(({ object_key }) => object_key),
      routed.map(({ reason }) => reason),
      routed.map(stateOf),
      routed.map(({ attempts }) => attempts),
      routed.map(({ reason, attempts }) =>
        reason === null ? 0 : backoffAfter(attempts)
      ),
    ]
  )
}

async function putOnList(
  sql: Sql,
  routed: readonly Routed[],
  coalesce_ms: number
): Promise<void> {
  const keys = [
    ...new Set(routed.map(({ object_key }) => object_key).filter(isText)),
  ].sort()
  if (keys.length === 0) return
  await sql.rows(
    // In one order everywhere: two workers that list the same objects never
    // wait for each other in a circle.
    `insert into masspay_webhook_object (key, due_at)
     select key, masspay_now() from unnest(?::text[]) key order by key
     on conflict (key) do update
        set due_at = case
              -- MassPay did not answer: more messages do not make it sooner.
              when masspay_webhook_object.failures > 0
                then coalesce(masspay_webhook_object.due_at, masspay_now())
              else least(masspay_webhook_object.due_at, greatest(
                masspay_now(), masspay_webhook_object.looked_up_at
                  + ? * interval '1 millisecond')) end,
            updated_at = masspay_now()`,
    [keys, coalesce_ms]
  )
}

function isText(value: string | null): value is string {
  return value !== null
}
