import type { IncidentDetail, IncidentKind } from "../../../domain/incidents"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { newId } from "./new-id"

/** Why operators have to hear of something. */
export type IncidentCause = {
  kind: IncidentKind
  /** The same for as long as the cause is the same: it opens one incident at a time. */
  cause_key: string
  /** What it is about, for example `payout`. */
  subject_type: string
  subject_id?: string | null
  vendor_id?: string | null
  /** Codes, counts and amounts; never names, addresses or links. */
  detail?: IncidentDetail
}

export type OpenedIncident = { id: string; cause_key: string; is_new: boolean }

/**
 * Opens an incident, unless one of the same cause is open: that one is seen
 * again, with the newer detail. The event goes into the outbox in the same
 * statement, so operators hear of it once, whoever opens it and however often.
 * Inside a transaction it is written with what the transaction writes.
 */
export async function openIncident(
  sql: Sql,
  cause: IncidentCause
): Promise<{ id: string; is_new: boolean }> {
  const [opened] = await openIncidents(sql, [cause])
  if (!opened) throw new Error("An incident was neither opened nor found")
  return { id: opened.id, is_new: opened.is_new }
}

/** `openIncident` for several at once. The same cause twice counts once. */
export async function openIncidents(
  sql: Sql,
  causes: readonly IncidentCause[]
): Promise<OpenedIncident[]> {
  const byKey = new Map(causes.map((cause) => [cause.cause_key, cause]))
  if (byKey.size === 0) return []
  const rows = [...byKey.values()].map(
    ({ kind, cause_key, subject_type, ...rest }) => ({
      id: newId("msinc"),
      event_id: newId("msout"),
      kind,
      cause_key,
      subject_type,
      subject_id: rest.subject_id ?? null,
      vendor_id: rest.vendor_id ?? null,
      detail: rest.detail ?? {},
    })
  )
  return sql.rows<OpenedIncident>(
    // In one order everywhere: two that open the same ones never wait in a circle.
    `with seen as materialized (
       select * from jsonb_to_recordset(?::jsonb) v
         (id text, event_id text, kind text, cause_key text, subject_type text,
          subject_id text, vendor_id text, detail jsonb)),
     opened as (
       insert into masspay_incident
         (id, kind, cause_key, subject_type, subject_id, vendor_id, detail)
       select id, kind, cause_key, subject_type, subject_id, vendor_id, detail
         from seen order by cause_key
       on conflict (cause_key) where state = 'open' do update
          set detail = excluded.detail, last_seen_at = masspay_now(),
              updated_at = masspay_now()
       returning id, cause_key, vendor_id, (xmax = 0) as is_new),
     told as (
       insert into masspay_outbox_event (id, name, payload, cause_key)
       select s.event_id, ?, jsonb_strip_nulls(jsonb_build_object(
                'id', o.id, 'vendor_id', o.vendor_id)),
              'incident:' || o.id || ':opened'
         from opened o join seen s on s.id = o.id
        where o.is_new
       on conflict (cause_key) do nothing)
     select id, cause_key, is_new from opened order by cause_key`,
    [JSON.stringify(rows), MasspayEvents.INCIDENT_OPENED]
  )
}

/** Its cause is over. Whether one was open; the event goes out with it. */
export async function closeIncident(
  sql: Sql,
  { cause_key }: { cause_key: string }
): Promise<boolean> {
  const closed = await closeIncidents(sql, [cause_key])
  return closed.length === 1
}

/** `closeIncident` for several at once. Returns the ids of those that were open. */
export async function closeIncidents(
  sql: Sql,
  cause_keys: readonly string[]
): Promise<string[]> {
  if (cause_keys.length === 0) return []
  const closed = await sql.rows<{ id: string }>(
    `with closed as (
       update masspay_incident i
          set state = 'closed', closed_at = masspay_now(), updated_at = masspay_now()
        where i.state = 'open' and i.cause_key = any(?)
       returning i.id, i.vendor_id),
     told as (
       insert into masspay_outbox_event (id, name, payload, cause_key)
       select 'msout_' || substr(c.id, 7), ?, jsonb_strip_nulls(jsonb_build_object(
                'id', c.id, 'vendor_id', c.vendor_id)),
              'incident:' || c.id || ':closed'
         from closed c
       on conflict (cause_key) do nothing)
     select id from closed`,
    [[...new Set(cause_keys)].sort(), MasspayEvents.INCIDENT_CLOSED]
  )
  return closed.map(({ id }) => id)
}
