import { model } from "@medusajs/framework/utils"

import { INCIDENT_KINDS, INCIDENT_STATES } from "../../../domain/incidents"

/** Something that operators are told of once, reminded of, and that ends with its cause. */
export const MasspayIncident = model.define("masspay_incident", {
  id: model.id({ prefix: "msinc" }).primaryKey(),
  kind: model.enum([...INCIDENT_KINDS]),
  /** What brought it about. Unique among the open ones. */
  cause_key: model.text(),
  /** What it is about, for example `payout`, and its id, where it is about one thing. */
  subject_type: model.text(),
  subject_id: model.text().nullable(),
  vendor_id: model.text().nullable(),
  /** Codes, counts and amounts as last seen. */
  detail: model.json().default({}),
  state: model.enum([...INCIDENT_STATES]).default("open"),
  opened_at: model.dateTime(),
  /** When its cause was last there. */
  last_seen_at: model.dateTime(),
  closed_at: model.dateTime().nullable(),
  /** Whoever looks after it: no reminders from then on. */
  acknowledged_by: model.text().nullable(),
  acknowledged_at: model.dateTime().nullable(),
  acknowledge_note: model.text().nullable(),
  reminders: model.number().default(0),
  /** When operators were last told, at first or again. */
  told_at: model.dateTime(),
})
