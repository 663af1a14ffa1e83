import type { AdminIncident } from "../../types/http-incidents"

/** What an alarm is about, by the key of its name below `masspay.incidents.aboutIt`. */
export type IncidentLink = {
  text:
    | "payout"
    | "payouts"
    | "vendor"
    | "funding"
    | "webhooks"
    | "discrepancy"
    | "reconciliation"
    | "overview"
  to: string
}

/** The pages on which whoever looks after an alarm sees what it is about. */
export function linksOf({
  kind,
  subject_id,
  vendor_id,
}: Pick<AdminIncident, "kind" | "subject_id" | "vendor_id">): IncidentLink[] {
  const link = (text: IncidentLink["text"], to: string): IncidentLink => ({
    text,
    to: `/masspay${to}`,
  })
  const vendor =
    vendor_id === null
      ? []
      : [link("vendor", `/payees?q=${encodeURIComponent(vendor_id)}`)]

  switch (kind) {
    case "payout_parked":
    case "payout_flipped":
      return subject_id === null
        ? vendor
        : [link("payout", `/payouts/${encodeURIComponent(subject_id)}`)]
    case "payout_unknown":
      return [link("payouts", "/payouts?status=unknown&order=created_at")]
    case "payout_waiting":
      return [link("payouts", "/payouts?status=ready&order=created_at")]
    case "webhooks_silent":
    case "webhooks_rejected":
      return [link("webhooks", "/webhook-events")]
    case "discrepancy":
      return [link("discrepancy", "/reconciliation?state=open"), ...vendor]
    case "reconcile_overdue":
      return [link("reconciliation", "/reconciliation")]
    case "funding_low":
      return [link("funding", "")]
    case "job_overdue":
    case "invariant_broken":
    case "dispatch_stopped":
    case "circuit_open":
    case "restore_waiting":
      return [link("overview", "")]
    // One that a newer server knows.
    default:
      return vendor
  }
}
