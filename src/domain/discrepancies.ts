/**
 * The words of the comparison between the shop's books and MassPay. What each
 * class means for an operator stands in docs/reconciliation.md.
 */
export const DISCREPANCY_CLASSES = [
  "D01",
  "D02",
  "D03",
  "D04",
  "D05",
  "D06",
  "D07",
  "D08",
  "D09",
  "D10",
  "D11",
  "D12",
  "D13",
  "D14",
  "D15",
] as const
export type DiscrepancyClass = (typeof DISCREPANCY_CLASSES)[number]

export const DISCREPANCY_SEVERITIES = [
  "info",
  "warn",
  "high",
  "critical",
] as const
export type DiscrepancySeverity = (typeof DISCREPANCY_SEVERITIES)[number]

/**
 * `open`: somebody has to look. `resolved`: somebody did, and said why.
 * `healed`: the books and MassPay agree again without anybody's word.
 */
export const DISCREPANCY_STATES = ["open", "resolved", "healed"] as const
export type DiscrepancyState = (typeof DISCREPANCY_STATES)[number]

/** What the plugin did about it by itself; `flagged` is all it may do about money. */
export const DISCREPANCY_ACTIONS = [
  "flagged",
  "truth_applied",
  "may_be_sent_again",
  "adopted_and_paused",
  "vendor_paused",
  "payout_frozen_and_vendor_paused",
  "netted_by_next_payouts",
  "vendor_read_again",
  "mirror_updated",
  "dispatch_stopped",
] as const
export type DiscrepancyAction = (typeof DISCREPANCY_ACTIONS)[number]

/** How bad it is, where the finder does not know better (D11: money that left is high). */
export const SEVERITY_OF: Record<DiscrepancyClass, DiscrepancySeverity> = {
  D01: "info",
  D02: "info",
  D03: "warn",
  D04: "high",
  D05: "critical",
  D06: "critical",
  D07: "info",
  D08: "critical",
  D09: "critical",
  D10: "high",
  D11: "high",
  D12: "info",
  D13: "info",
  D14: "high",
  D15: "critical",
}

export const RUN_KINDS = ["sweep", "sweep_long", "deep", "manual"] as const
export type RunKind = (typeof RUN_KINDS)[number]

/**
 * `incomplete`: something could not be read, so nothing was concluded from what
 * is not there. `failed`: the comparison itself did not end.
 */
export const RUN_STATUSES = [
  "running",
  "complete",
  "incomplete",
  "failed",
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What a run is at: reading the history, then comparing, then asking vendor by vendor. */
export const RUN_PHASES = ["history", "compare", "payees", "finish"] as const
export type RunPhase = (typeof RUN_PHASES)[number]

export const REMOTE_TYPES = ["load", "payout", "spendback", "other"] as const
export type RemoteType = (typeof REMOTE_TYPES)[number]
