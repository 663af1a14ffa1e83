import type { ClaimedPayout } from "../modules/masspay/queries/dispatch"
import type {
  AttemptReport,
  RecordedAttempt,
} from "../modules/masspay/queries/dispatch-record"
import type { ClaimedTakeBack } from "../modules/masspay/queries/take-back"
import type { Noting, Telemetry } from "../telemetry"
import type { AttributesOf, SPANS } from "../telemetry/catalogue"

type Span = Noting<"masspay.dispatch.payout">

/** One claim under way. */
export type Sending = { claimed_at_ms: number; span: Span }

export function tagsOf({
  payout_id,
  vendor_id,
  attempt_no,
  kind,
}: ClaimedPayout | ClaimedTakeBack): AttributesOf<
  (typeof SPANS)["masspay.dispatch.payout"]
> {
  return {
    "masspay.payout_id": payout_id,
    "masspay.vendor_id": vendor_id,
    "masspay.attempt_no": attempt_no,
    "masspay.kind": kind,
  }
}

/** Counts what came of one attempt, by class; how long it took where it paid. */
export function measureOutcome(
  telemetry: Telemetry | undefined,
  {
    kind,
    recorded,
    report,
    span,
    took_ms,
  }: {
    kind: ClaimedPayout["kind"]
    recorded: RecordedAttempt
    report: AttemptReport
    span: Span
    took_ms: number
  }
): void {
  if (!telemetry) return
  const outcome = report.code
  // It stayed what it was where somebody else had decided meanwhile.
  const status = recorded.to ?? "unmoved"
  span.note({ "masspay.outcome": outcome, "masspay.status": status })
  telemetry.count("masspay.payout.attempts", { kind, outcome, status })
  if (recorded.to === "completed") {
    const by = "answer"
    telemetry.record("masspay.payout.completion.duration", took_ms / 1000, {
      by,
    })
  }
}

/** The same for a load that MassPay was asked to take back: what came of it, only a look-up says. */
export function measureTakeBack(
  telemetry: Telemetry | undefined,
  {
    kind,
    recorded,
    report,
    span,
  }: {
    kind: ClaimedTakeBack["kind"]
    recorded: string
    report: AttemptReport
    span: Span
  }
): void {
  if (!telemetry) return
  const outcome = report.code
  span.note({ "masspay.outcome": outcome, "masspay.status": recorded })
  const attributes = { kind, outcome, status: recorded }
  telemetry.count("masspay.payout.attempts", attributes)
}
