import { DecisionRefusedError } from "../../../domain/decisions"
import { type IncidentKind, runbookPage } from "../../../domain/incidents"
import type {
  AdminIncident,
  AdminIncidentListResponse,
} from "../../../types/http-incidents"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { isoOrNull } from "./dto"

export type IncidentFilters = {
  state?: readonly ("open" | "closed")[] | undefined
  kind?: readonly IncidentKind[] | undefined
  vendor_id?: readonly string[] | undefined
  subject_id?: readonly string[] | undefined
  is_acknowledged?: boolean | undefined
}

type Moments = "opened_at" | "last_seen_at" | "closed_at" | "acknowledged_at"
type Row = Omit<AdminIncident, Moments | "page"> & {
  opened_at: Date
  last_seen_at: Date
  closed_at: Date | null
  acknowledged_at: Date | null
}

/** One page of alarms, the open ones first and the newest of them first, with the exact number of all that match. */
export async function listIncidents(
  sql: Sql,
  {
    filters = {},
    limit,
    offset,
  }: { filters?: IncidentFilters; limit: number; offset: number }
): Promise<AdminIncidentListResponse> {
  const { text, params } = conditions(filters)
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from masspay_incident i where ${text}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select i.id, i.kind, i.state, i.subject_type, i.subject_id, i.vendor_id,
            y.name as vendor_name, i.detail, i.opened_at, i.last_seen_at,
            i.closed_at, i.acknowledged_by, i.acknowledged_at,
            i.acknowledge_note, i.reminders
       from masspay_incident i
       left join masspay_payee y on y.vendor_id = i.vendor_id
      where ${text}
      order by i.state = 'open' desc, i.opened_at desc, i.id desc limit ? offset ?`,
    [...params, limit, offset]
  )
  return {
    incidents: rows.map((row) => ({
      ...row,
      page: runbookPage(row.kind),
      opened_at: row.opened_at.toISOString(),
      last_seen_at: row.last_seen_at.toISOString(),
      closed_at: isoOrNull(row.closed_at),
      acknowledged_at: isoOrNull(row.acknowledged_at),
    })),
    count: counted?.count ?? 0,
    limit,
    offset,
  }
}

function conditions({ is_acknowledged, ...lists }: IncidentFilters): {
  text: string
  params: unknown[]
} {
  const parts = ["true"]
  const params: unknown[] = []
  for (const column of ["state", "kind", "vendor_id", "subject_id"] as const) {
    const values = lists[column]
    if (!values) continue
    parts.push(`i.${column} = any(?)`)
    params.push(values)
  }
  if (is_acknowledged !== undefined) {
    parts.push(`(i.acknowledged_at is not null) = ?`)
    params.push(is_acknowledged)
  }
  return { text: parts.join(" and "), params }
}

/**
 * Notes who looks after an incident, once for each request id: no reminders of
 * it are sent any more. Whoever came first stands in it.
 *
 * Throws `DecisionRefusedError` when there is none, or when it is over.
 */
export async function acknowledgeIncident(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<{ effect: string }> {
  return decideOnce(
    db,
    { decision: "acknowledge_incident", payload: { id }, ...deciding },
    async (sql) => {
      const [incident] = await sql.rows<{
        state: "open" | "closed"
        payee_id: string | null
      }>(
        `select i.state, (select y.id from masspay_payee y
                           where y.vendor_id = i.vendor_id) as payee_id
           from masspay_incident i where i.id = ? for update of i`,
        [id]
      )
      if (!incident) throw new DecisionRefusedError("incident_not_found")
      if (incident.state === "closed") {
        throw new DecisionRefusedError("incident_closed")
      }
      const noted = await sql.rows(
        `update masspay_incident
            set acknowledged_by = ?, acknowledged_at = masspay_now(),
                acknowledge_note = ?, updated_at = masspay_now()
          where id = ? and acknowledged_at is null
          returning id`,
        [deciding.actor, deciding.reason, id]
      )
      return {
        payee_id: incident.payee_id,
        result: {
          effect:
            noted.length === 1
              ? "No more reminders are sent. It closes by itself when its cause is over."
              : "Somebody had acknowledged it before; nothing was changed.",
        },
      }
    }
  )
}
