import {
  type ClaimedPayout,
  claimReady,
} from "../modules/masspay/queries/dispatch"
import {
  type AttemptReport,
  recordAttemptOutcome,
  type RecordedAttempt,
} from "../modules/masspay/queries/dispatch-record"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { createLoad } from "../modules/masspay-gateway/resources/create-load"
import type { LoadAnswer } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"
import { errorFields, type Log, type LogFields } from "./log"

type DispatchReport = {
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
  /** Nothing was left to claim. */
  drained: boolean
}

/**
 * Sends what is due, and is the only place in this plugin that moves money.
 *
 * Each payout is claimed and its attempt committed before its request leaves;
 * no transaction is open while it is on the wire; what came of it is written
 * afterwards. A request is sent once: whatever happens to it, this loop never
 * repeats it. Ends when nothing is due, when the account or MassPay will not
 * take more now, or after a bounded number of claims. Trouble with one payout
 * is logged and never stops the others; only an unreachable database throws.
 *
 * Safe in any number of processes at once.
 */
export async function dispatchPayouts(
  deps: RunnerDeps
): Promise<DispatchReport> {
  const run = new DispatchRun(deps)
  const { in_flight, lease_ms, batches_per_run } = deps.limits
  try {
    for (let batch = 0; batch < batches_per_run; batch += 1) {
      if (deps.signal?.aborted || run.isHalted) break
      const free = in_flight - run.inFlight.size
      // Taken before the claim, so that the fence errs on the safe side.
      const claimed_at_ms = run.now()
      const claimed = await claimReady(deps.books, {
        worker: deps.worker,
        limit: free,
        lease_ms,
        beforeCommit: () => deps.failpoint?.("dispatch.claiming"),
      })
      run.report.claimed += claimed.length
      for (const payout of claimed) run.begin(payout, claimed_at_ms)
      if (claimed.length < free) {
        run.report.drained = true
        break
      }
      await run.halfFree()
    }
  } finally {
    await run.end()
  }
  return run.report
}

class DispatchRun {
  readonly inFlight = new Set<Promise<void>>()
  readonly report: DispatchReport = {
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
    drained: false,
  }
  /** MassPay is out of reach, asked for a pause or refuses our key: the next payout would fare no better. */
  isHalted = false

  constructor(private readonly deps: RunnerDeps) {}

  now(): number {
    return this.deps.monotonic_ms?.() ?? performance.now()
  }

  begin(payout: ClaimedPayout, claimed_at_ms: number): void {
    const work = this.sendAndRecord(payout, claimed_at_ms).finally(() => {
      this.inFlight.delete(work)
    })
    this.inFlight.add(work)
  }

  /** Claims cost a commit each: several slots are filled at a time. */
  async halfFree(): Promise<void> {
    while (this.inFlight.size > this.deps.limits.in_flight / 2) {
      await Promise.race(this.inFlight)
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.inFlight)
  }

  /** Never throws. */
  private async sendAndRecord(
    payout: ClaimedPayout,
    claimed_at_ms: number
  ): Promise<void> {
    const { deps } = this
    const names = {
      payout_id: payout.payout_id,
      vendor_id: payout.vendor_id,
      attempt_no: payout.attempt_no,
    }
    try {
      const report = await this.send(payout, claimed_at_ms)
      await deps.failpoint?.("dispatch.answered")
      const recorded = await recordAttemptOutcome(deps.books, {
        claimed: payout,
        worker: deps.worker,
        report,
        jitter: (deps.random ?? Math.random)(),
        beforeCommit: () => deps.failpoint?.("dispatch.recording"),
      })
      await deps.failpoint?.("dispatch.recorded")
      this.count(recorded, report)
      tell(deps.log, names, { recorded, report })
    } catch (error) {
      // The payout stays in `sending`; its lease ends and a look-up decides.
      this.report.unrecorded += 1
      deps.log.error("payout.unrecorded", { ...names, ...errorFields(error) })
    }
  }

  /**
   * At most one request. Returns what is known about it and never throws:
   * whatever it does not recognise is an outcome nobody can tell.
   */
  private async send(
    payout: ClaimedPayout,
    claimed_at_ms: number
  ): Promise<AttemptReport> {
    const { deps } = this
    await deps.failpoint?.("dispatch.claimed")
    if (deps.signal?.aborted) return notSent("shutdown")
    // A request that left later could still be under way when the lease is
    // over and somebody else asks what became of this payout.
    if (this.now() - claimed_at_ms > deps.limits.lease_ms / 2) {
      return notSent("self_fence")
    }
    try {
      const [answer] = await Promise.all([
        createLoad(deps.wire.transport, {
          user_token: payout.user_token,
          request_text: payout.request_text,
          idempotency_key: payout.idempotency_key,
        }),
        deps.failpoint?.("dispatch.sending"),
      ])
      return answered(answer)
    } catch (error) {
      return failed(error)
    }
  }

  private count(recorded: RecordedAttempt, { outcome }: AttemptReport): void {
    const { report } = this
    if (outcome.kind === "not_sent") report.not_sent += 1
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
    const isRefusedForAll =
      outcome.kind === "failed" &&
      (outcome.disposition === "retry" || outcome.block === "auth")
    if (isRefusedForAll) this.isHalted = true
  }
}

function notSent(code: "shutdown" | "self_fence"): AttemptReport {
  return {
    outcome: { kind: "not_sent" },
    code,
    http_status: null,
    load_token: null,
    details: [],
  }
}

function answered(answer: LoadAnswer): AttemptReport {
  const isLoad = answer.status === "COMPLETED" || answer.status === "SCHEDULED"
  return {
    outcome: { kind: "answered", status: answer.status },
    // A 2xx is no success unless its own status says so.
    code: isLoad ? "ok" : `answered_${answer.status.toLowerCase()}`,
    http_status: answer.http_status,
    load_token: answer.load_token,
    details: [],
  }
}

function failed(error: unknown): AttemptReport {
  if (!(error instanceof GatewayError)) {
    const code = "masspay.unrecognised_failure"
    return {
      outcome: {
        kind: "failed",
        disposition: "lookup",
        code,
        burns_key: false,
      },
      code,
      http_status: null,
      load_token: null,
      details: [],
    }
  }
  const { disposition, code, burns_key, block, retry_after_ms } = error
  return {
    outcome: {
      kind: "failed",
      disposition,
      code,
      burns_key,
      ...(block !== undefined && { block }),
      ...(retry_after_ms !== undefined && { retry_after_ms }),
    },
    code,
    http_status: error.http_status ?? null,
    load_token: null,
    details: error.details,
  }
}

function tell(
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
