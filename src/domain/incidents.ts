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

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** From when on something is worth waking somebody. */
export const ALARM_AFTER = {
  /** An outcome that nobody can prove. */
  unknown_ms: 2 * HOUR_MS,
  /** A payout that nothing keeps from being sent. */
  waiting_ms: 15 * MINUTE_MS,
  circuit_open_ms: 10 * MINUTE_MS,
  /** Webhooks come within seconds; a dashboard change or a blocked address ends them for good. */
  webhooks_silent_ms: 6 * HOUR_MS,
  /** So many payouts that MassPay carried out without a message are no accident. */
  webhooks_missed: 5,
  webhooks_rejected: 5,
  webhooks_rejected_share: 0.05,
  /** Funding has to last so long. */
  funding_ms: 24 * HOUR_MS,
  reconcile_ms: 2 * HOUR_MS,
} as const

const OVERDUE_INTERVALS = 5
const OVERDUE_MIN_MS = 10 * MINUTE_MS
/** A run may take long: a sweep after a year, a restored shop. */
const RUN_MS_MAX = 2 * HOUR_MS

/** When a job last ran, as its row says. `since`: from when on it is waited for. */
export type JobRun = {
  since: Date
  started_at: Date | null
  /** When it last ended well. */
  finished_at: Date | null
}

/** How long a job may be silent before somebody has to look, in milliseconds. */
function overdueAfter(interval_ms: number): number {
  return Math.max(OVERDUE_INTERVALS * interval_ms, OVERDUE_MIN_MS)
}

/** Whether a job has not ended well for several of its intervals, and is not at it either. */
export function isJobOverdue(
  { since, started_at, finished_at }: JobRun,
  { now, interval_ms }: { now: Date; interval_ms: number }
): boolean {
  const age = (at: Date) => now.getTime() - at.getTime()
  const last = finished_at && finished_at > since ? finished_at : since
  if (age(last) <= overdueAfter(interval_ms)) return false
  return started_at === null || age(started_at) > RUN_MS_MAX
}

/**
 * How long a cause has to be gone before its incident is closed, in
 * milliseconds. What goes to and fro around a limit is one incident and not one
 * for each time.
 */
export function closesAfter(kind: IncidentKind): number {
  switch (kind) {
    case "funding_low":
    case "circuit_open":
    case "webhooks_rejected":
    case "webhooks_silent":
    case "payout_waiting":
      return 15 * MINUTE_MS
    case "payout_parked":
    case "payout_flipped":
    case "payout_unknown":
    case "job_overdue":
    case "reconcile_overdue":
    case "invariant_broken":
    case "dispatch_stopped":
    case "restore_waiting":
    case "discrepancy":
      return 0
  }
}

/**
 * Kinds of which operators hear the moment it happens, by a notification of
 * that name's own (`payout_parked`, `payout_cancelled`, `payout_paid_after_all`).
 * Their incidents only remind: one cause is one mail.
 */
export const TOLD_BY_THEIR_OWN: readonly IncidentKind[] = [
  "payout_parked",
  "payout_flipped",
]

/** Where the page lies that says what an alert means and what to do. */
export function runbookPage(kind: IncidentKind): string {
  return `docs/runbook/${kind}.md`
}
