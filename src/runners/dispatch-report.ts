import type { ClaimedPayout } from "../modules/masspay/queries/dispatch"
import type {
  AttemptReport,
  RecordedAttempt,
} from "../modules/masspay/queries/dispatch-record"
import type { ClaimedTakeBack } from "../modules/masspay/queries/take-back"
import type { Log, LogFields } from "./log"

export type DispatchReport = {
  claimed: number
  /** Claimed but given back without a request: too late to send, or shutting down. */
  not_sent: number
  completed: number
  accepted: number
  unknown: number
  blocked: number
  /** Proven not executed and due again later. */
  returned: number
  parked: number
  /** Outcomes that arrived after the lease was lost; their evidence is kept. */
  late: number
  /** Outcomes that could not be written; the reaper finds those payouts. */
  unrecorded: number
  /** Requests to take a load back that were sent; look-ups say what came of them. */
  taken_back: number
  /** Nothing was left to claim. */
  drained: boolean
}

export function emptyReport(): DispatchReport {
  return {
    claimed: 0,
    not_sent: 0,
    completed: 0,
    accepted: 0,
    unknown: 0,
    blocked: 0,
    returned: 0,
    parked: 0,
    late: 0,
    unrecorded: 0,
    taken_back: 0,
    drained: false,
  }
}

/** Counts what came of one attempt. */
export function countOutcome(
  report: DispatchReport,
  { recorded, attempt }: { recorded: RecordedAttempt; attempt: AttemptReport }
): void {
  if (attempt.outcome.kind === "not_sent") report.not_sent += 1
  if (recorded.is_late) report.late += 1
  switch (recorded.to) {
    case "completed":
    case "accepted":
    case "unknown":
    case "blocked":
      report[recorded.to] += 1
      break
    case "ready":
      report.returned += 1
      break
    case "needs_review":
      report.parked += 1
      break
    default:
      break
  }
}

export function namesOf(claimed: ClaimedPayout | ClaimedTakeBack): LogFields {
  const { payout_id, vendor_id, attempt_no } = claimed
  return { payout_id, vendor_id, attempt_no }
}

/** Says what came of one attempt, as loud as it deserves. */
export function tellOutcome(
  log: Log,
  names: LogFields,
  { recorded, report }: { recorded: RecordedAttempt; report: AttemptReport }
): void {
  const fields = {
    ...names,
    outcome: report.code,
    http_status: report.http_status,
    status: recorded.to,
    block_reason: recorded.block_reason,
    is_late: recorded.is_late || undefined,
  }
  if (recorded.is_contradiction) log.error("payout.contradicted", fields)
  else if (recorded.to === "needs_review") log.error("payout.parked", fields)
  else if (recorded.block_reason === "auth") log.error("payout.refused", fields)
  else if (recorded.to === "unknown" || recorded.to === "blocked") {
    log.warn("payout.result", fields)
  } else log.info("payout.result", fields)
}
