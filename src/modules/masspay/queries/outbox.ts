import type { Db, Sql } from "./db"
import { newId } from "./new-id"

const BACKOFF_MAX_S = 900

/** Ids only: a consumer reads the rest itself. */
export type OutboxPayload = Record<string, string>

export type ClaimedOutboxEvent = {
  /** The same in every repeat; consumers tell repeats by it. */
  id: string
  name: string
  payload: OutboxPayload
  attempts: number
}

/**
 * Writes an event to publish, inside the transaction of what it tells. A
 * second event with the same cause is not written.
 */
export async function addOutboxEvent(
  sql: Sql,
  event: { name: string; payload: OutboxPayload; cause_key: string }
): Promise<void> {
  await addOutboxEvents(sql, [event])
}

/** `addOutboxEvent` for several at once. Returns the causes of those that were written. */
export async function addOutboxEvents(
  sql: Sql,
  events: readonly { name: string; payload: OutboxPayload; cause_key: string }[]
): Promise<string[]> {
  if (events.length === 0) return []
  const written = await sql.rows<{ cause_key: string }>(
    `insert into masspay_outbox_event (id, name, payload, cause_key)
     select * from unnest(?::text[], ?::text[], ?::jsonb[], ?::text[])
     on conflict (cause_key) do nothing
     returning cause_key`,
    [
      events.map(() => newId("msout")),
      events.map((event) => event.name),
      events.map((event) => JSON.stringify(event.payload)),
      events.map((event) => event.cause_key),
    ]
  )
  return written.map((row) => row.cause_key)
}

/**
 * Leases up to `limit` unpublished events, oldest first. Whoever publishes
 * them calls `markPublished`; what is not marked comes back after the lease,
 * later each time. So an event is published at least once.
 */
export async function claimOutbox(
  db: Db,
  { limit, lease_ms }: { limit: number; lease_ms: number }
): Promise<ClaimedOutboxEvent[]> {
  return db.rows<ClaimedOutboxEvent>(
    `with due as materialized (
       select id from masspay_outbox_event
        where published_at is null
          and next_attempt_at <= (select masspay_now())
        order by next_attempt_at, id
        limit ?
          for update skip locked),
     claimed as (
       update masspay_outbox_event o
          set attempts = o.attempts + 1,
              lease_until = masspay_now() + ? * interval '1 millisecond',
              next_attempt_at = masspay_now() + greatest(
                ? * interval '1 millisecond',
                least(?, 2 ^ least(o.attempts, 20)) * interval '1 second'),
              updated_at = masspay_now()
         from due where o.id = due.id
       returning o.id, o.name, o.payload, o.attempts, o.created_at)
     select id, name, payload, attempts from claimed order by created_at, id`,
    [limit, lease_ms, lease_ms, BACKOFF_MAX_S]
  )
}

/** Returns how many of `ids` were not marked before. */
export async function markPublished(
  db: Db,
  ids: readonly string[]
): Promise<number> {
  const rows = await db.rows(
    `update masspay_outbox_event
        set published_at = masspay_now(), lease_until = null,
            updated_at = masspay_now()
      where id = any(?) and published_at is null
      returning id`,
    [ids]
  )
  return rows.length
}
