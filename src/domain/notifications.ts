import type { DestinationStatus } from "./destinations"
import type { PayoutMethod, PayoutStatus } from "./payout-status"

/** What a vendor or the operators are told. One word for a template. */
export const NOTIFICATION_KINDS = [
  "papers_needed",
  "papers_accepted",
  "payout_paid",
  "payout_failed",
  "account_locked",
  "destination_changed",
  "destination_problem",
  "destination_flagged",
  "papers_wanted",
  "payee_locked",
  "approval_waiting",
  "payout_parked",
  "payout_cancelled",
  "payout_paid_after_all",
  "payout_adopted",
  "funding_short",
  "balance_negative",
  "incident_opened",
  "incident_reminder",
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

export const NOTIFICATION_AUDIENCES = ["vendor", "operators"] as const
export type NotificationAudience = (typeof NOTIFICATION_AUDIENCES)[number]

/** `feed`: the bell of the admin. `mail`: the channel that the options name. */
export type NotificationWay = "feed" | "mail"

const VENDORS: readonly NotificationKind[] = [
  "papers_needed",
  "papers_accepted",
  "payout_paid",
  "payout_failed",
  "account_locked",
  "destination_changed",
  "destination_problem",
]

export function audienceOf(kind: NotificationKind): NotificationAudience {
  return VENDORS.includes(kind) ? "vendor" : "operators"
}

/** Vendors do not see the admin's bell. */
export function waysOf(kind: NotificationKind): readonly NotificationWay[] {
  return audienceOf(kind) === "vendor" ? ["mail"] : ["feed", "mail"]
}

/** What is true at the moment of telling, as far as a kind needs it. */
export type NotificationTruth = {
  payout: {
    status: PayoutStatus
    method: PayoutMethod
    block_reason: string | null
    /** MassPay cancelled it at some time before. */
    was_cancelled: boolean
  } | null
  papers: {
    state: "open" | "cleared"
    /** Who brought it about: a refusal, a session's status, or a person who began a session. */
    source: "error" | "session" | "operator" | "vendor"
    clear_reason: string | null
    /** Others of hers are still wanted. */
    others_open: boolean
  } | null
  /** Where there are requests for papers, they say it all. */
  payee: { status: string; has_open_papers: boolean } | null
  incident: { state: "open" | "closed"; is_acknowledged: boolean } | null
  destination: { status: DestinationStatus; in_use: boolean } | null
  /** Operators were told of the same cause by another notification before. */
  is_told: boolean
}

/**
 * Why nobody is told now, or `null`. What was true when it happened may be over
 * by now, and a mail must not say what is not so any more.
 */
export function reasonToSkip(
  kind: NotificationKind,
  { payout, papers, payee, incident, destination, is_told }: NotificationTruth
): "not_applicable" | "over" | "told_already" | null {
  const isPayment = payout?.method === "wallet" || payout?.method === "direct"
  switch (kind) {
    case "papers_needed":
    case "papers_wanted":
      if (papers?.state !== "open") return "over"
      // She began it herself and has the link before her.
      return papers.source === "vendor" ? "not_applicable" : null
    case "papers_accepted":
      if (papers?.state !== "cleared") return "over"
      if (!ACCEPTED.includes(papers.clear_reason ?? "")) return "not_applicable"
      return papers.others_open ? "not_applicable" : null
    case "account_locked":
    case "payee_locked":
      if (payee?.status !== "locked") return "over"
      return payee.has_open_papers ? "not_applicable" : null
    // Also when another was chosen since: then she is told of that too.
    case "destination_changed":
      return destination?.in_use ? null : "over"
    case "destination_problem":
    case "destination_flagged":
      return destination?.in_use && destination.status !== "ready"
        ? null
        : "over"
    case "payout_paid":
      if (!isPayment) return "not_applicable"
      return payout.status === "completed" ? null : "over"
    case "payout_failed":
      if (!isPayment) return "not_applicable"
      if (payout.status === "cancelled") return null
      if (payout.status !== "blocked") return "over"
      // Papers have a mail of their own; the rest is ours to mend.
      return payout.block_reason === "vendor" ? null : "not_applicable"
    case "approval_waiting":
      return payout?.status === "pending" ? null : "over"
    case "payout_parked":
      return payout?.status === "needs_review" ? null : "over"
    case "payout_paid_after_all":
      if (!payout?.was_cancelled) return "not_applicable"
      return payout.status === "completed" ? null : "over"
    case "incident_opened":
      if (incident?.state !== "open") return "over"
      return is_told ? "told_already" : null
    case "incident_reminder":
      if (incident?.state !== "open") return "over"
      return incident.is_acknowledged ? "not_applicable" : null
    case "funding_short":
      return is_told ? "told_already" : null
    case "payout_cancelled":
    case "payout_adopted":
    case "balance_negative":
      return null
  }
}

/** Requests that ended because MassPay has what it wanted. */
const ACCEPTED: readonly string[] = [
  "payee_active",
  "payment_passed",
  "session_approved",
]

const RETRY_FIRST_MS = 60_000
const RETRY_MAX_MS = 6 * 3_600_000

/** A provider that fails this often is left alone until somebody asks again. */
export const NOTIFICATION_ATTEMPTS_MAX = 8

/** Milliseconds until a failed notification is tried again, after so many attempts. */
export function notificationDelay(attempts: number): number {
  return Math.min(
    RETRY_FIRST_MS * 4 ** Math.max(0, Math.min(attempts, 20) - 1),
    RETRY_MAX_MS
  )
}
