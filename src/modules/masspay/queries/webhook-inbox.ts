import type { WebhookEvent } from "../../../domain/webhooks"
import type { Sql } from "./db"
import { newId } from "./new-id"

/** A genuine message, as it is kept. */
export type WebhookToStore = WebhookEvent & {
  /** The verified MAC: the same signed delivery again is the same message. */
  mac: Buffer
  signed_at: Date | null
  is_stale: boolean
}

const COLUMNS = `id, dedupe_key, body_sha256, kind, event_type, remote_token,
  client_id, user_token, status, details, is_stale, signed_at`

function valuesOf(event: WebhookToStore): unknown[] {
  return [
    newId("mswhk"),
    event.mac.toString("hex"),
    event.body_sha256,
    event.kind,
    event.event_type,
    event.remote_token,
    event.client_id,
    event.user_token,
    event.status,
    JSON.stringify(event.details),
    event.is_stale,
    event.signed_at,
  ]
}

/**
 * Stores a message once, however often it is delivered, in one statement that is
 * committed when this returns. Returns whether it was new.
 */
export async function storeWebhook(
  sql: Sql,
  event: WebhookToStore
): Promise<boolean> {
  const rows = await sql.rows(
    `insert into masspay_webhook_event (${COLUMNS})
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
     on conflict (dedupe_key) do nothing returning id`,
    valuesOf(event)
  )
  return rows.length === 1
}

/**
 * The same, unless `backlog_limit` messages or more wait already: then nothing is
 * written. Counting costs more than storing does; hence two functions.
 */
export async function storeWebhookWithin(
  sql: Sql,
  event: WebhookToStore,
  { backlog_limit }: { backlog_limit: number }
): Promise<{ is_full: boolean; is_new: boolean; backlog: number }> {
  const [row] = await sql.rows<{ backlog: number; stored: number }>(
    `with waiting as materialized (
       select count(*)::int as n from (
         select 1 from masspay_webhook_event where state = 'received' limit ?) counted),
     stored as (
       insert into masspay_webhook_event (${COLUMNS})
       select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::timestamptz
        where (select n from waiting) < ?
       on conflict (dedupe_key) do nothing returning id)
     select (select n from waiting) as backlog,
            (select count(*)::int from stored) as stored`,
    [backlog_limit, ...valuesOf(event), backlog_limit]
  )
  const { backlog = 0, stored = 0 } = row ?? {}
  return {
    is_full: backlog >= backlog_limit,
    is_new: stored === 1,
    backlog,
  }
}

/**
 * Forgets messages older than `days`, the oldest first, and objects that nothing
 * was sent about for a day. What still waits is kept. Returns how many messages
 * went. A key must outlive the time in which its delivery is accepted again.
 */
export async function purgeWebhooks(
  sql: Sql,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const gone = await sql.rows(
    // An array, so that a few rows are fetched by their keys and no table is read.
    `delete from masspay_webhook_event
      where id = any(array(
        select id from masspay_webhook_event
         where received_at < (select masspay_now()) - ? * interval '1 day'
           and state <> 'received'
         order by received_at, id limit ?
           for update skip locked))
      returning id`,
    [days, limit]
  )
  await sql.rows(
    `delete from masspay_webhook_object
      where key = any(array(
        select o.key from masspay_webhook_object o
         where o.due_at is null and o.lease_owner is null
           and o.updated_at < (select masspay_now()) - interval '1 day'
         order by o.updated_at limit ?
           for update skip locked))`,
    [limit]
  )
  return gone.length
}
