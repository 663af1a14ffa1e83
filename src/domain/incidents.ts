/**
 * What wakes an operator. Each kind has its page `docs/runbook/<kind>.md`, which
 * every alert of it names.
 */
export const INCIDENT_KINDS = [
  "payout_parked",
  "payout_flipped",
  "payout_unknown",
  "payout_waiting",
  "funding_low",
  "webhooks_silent",
  "webhooks_rejected",
  "job_overdue",
  "reconcile_overdue",
  "invariant_broken",
  "dispatch_stopped",
  "circuit_open",
  "restore_waiting",
  "discrepancy",
] as const
export type IncidentKind = (typeof INCIDENT_KINDS)[number]

export const INCIDENT_STATES = ["open", "closed"] as const

/**
 * Codes, counts, currencies, times and decimal amounts; never a name, an
 * address or a link. What an alert says is made of it.
 */
export type IncidentDetail = Readonly<
  Record<string, string | number | boolean | null>
>
