/** Alarms. Times are ISO 8601 strings in UTC; amounts in `detail` are decimal strings. */
import type { IncidentDetail, IncidentKind } from "../domain/incidents"

export type { IncidentDetail, IncidentKind }

/** One row of `GET /admin/masspay/incidents`. */
export type AdminIncident = {
  id: string
  kind: IncidentKind
  state: "open" | "closed"
  /** What it is about, for example `payout`, and its id where it is about one thing. */
  subject_type: string
  subject_id: string | null
  vendor_id: string | null
  vendor_name: string | null
  /** Codes, counts and amounts as last seen. */
  detail: IncidentDetail
  /** The page that says what it means, what to look at and what to do. */
  page: string
  opened_at: string
  last_seen_at: string
  closed_at: string | null
  /** Who looks after it, since when, and what is being done. No reminders from then on. */
  acknowledged_by: string | null
  acknowledged_at: string | null
  acknowledge_note: string | null
  reminders: number
}
export type AdminIncidentListResponse = {
  incidents: AdminIncident[]
  count: number
  limit: number
  offset: number
}

/** `POST /admin/masspay/incidents/:id/acknowledge` */
export type AdminIncidentAcknowledgeResponse = { effect: string }
