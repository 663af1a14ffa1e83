import { closesAfter, type IncidentKind } from "../../../domain/incidents"
import type { Db, Sql } from "./db"
import { closeIncidents } from "./incidents"
import { insertNotifications } from "./notifications"

/** One run reminds of so many; the next one goes on. */
const REMINDERS_MAX = 100

/**
 * Closes those of the given kinds whose cause was not seen, and has not been for
 * as long as their kind asks for. Returns how many.
 */
export async function closeUnseen(
  sql: Sql,
  { kinds, seen }: { kinds: readonly IncidentKind[]; seen: readonly string[] }
): Promise<number> {
  const gone = await sql.rows<{ cause_key: string }>(
    `select i.cause_key
       from masspay_incident i
       join unnest(?::text[], ?::float8[]) k (kind, grace_ms) on k.kind = i.kind
      where i.state = 'open' and not i.cause_key = any(?)
        and i.last_seen_at <= masspay_now() - k.grace_ms * interval '1 millisecond'`,
    [[...kinds], kinds.map(closesAfter), [...seen]]
  )
  const closed = await closeIncidents(
    sql,
    gone.map(({ cause_key }) => cause_key)
  )
  return closed.length
}

/**
 * Forgets incidents that ended longer ago than so many days, the oldest first,
 * no more than `limit` at a time. Returns how many. Nobody asks for their causes
 * again: what an open incident is about is looked at anew by every watch.
 */
export async function purgeIncidents(
  sql: Sql,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const gone = await sql.rows(
    // An array, so that a few rows are fetched by their keys and no table is read.
    `delete from masspay_incident
      where id = any(array(
        select id from masspay_incident
         where state = 'closed'
           and closed_at < (select masspay_now()) - ? * interval '1 day'
         order by closed_at, id limit ?
           for update skip locked))
      returning id`,
    [days, limit]
  )
  return gone.length
}

/**
 * Tells operators again of what is still open and nobody has acknowledged, once
 * for each interval, whoever asks and however often. Returns how many.
 */
export async function remindOfIncidents(
  db: Db,
  { every_ms }: { every_ms: number }
): Promise<number> {
  return db.tx(async (sql) => {
    const due = await sql.rows<{
      id: string
      vendor_id: string | null
      reminders: number
    }>(
      `with due as materialized (
         select id from masspay_incident
          where state = 'open' and acknowledged_at is null
            and told_at <= masspay_now() - ? * interval '1 millisecond'
          order by told_at, id limit ?
            for update skip locked)
       update masspay_incident i
          set reminders = i.reminders + 1, told_at = masspay_now(),
              updated_at = masspay_now()
         from due where i.id = due.id
       returning i.id, i.vendor_id, i.reminders`,
      [every_ms, REMINDERS_MAX]
    )
    await insertNotifications(
      sql,
      due.map(({ id, vendor_id, reminders }) => ({
        cause_key: `incident:${id}:reminder:${reminders}`,
        kind: "incident_reminder",
        subject_id: id,
        vendor_id,
        currency_code: null,
      }))
    )
    return due.length
  })
}
