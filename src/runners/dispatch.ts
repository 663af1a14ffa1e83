import { DEFAULT_DIRECT, problemWithQuote } from "../domain/quotes"
import {
  type ClaimedPayout,
  claimReady,
} from "../modules/masspay/queries/dispatch"
import { beginCommit } from "../modules/masspay/queries/dispatch-commit"
import { whatIsDue } from "../modules/masspay/queries/dispatch-due"
import type { QuoteToAsk } from "../modules/masspay/queries/dispatch-quotes"
import {
  type AttemptReport,
  recordAttemptOutcome,
} from "../modules/masspay/queries/dispatch-record"
import { fundingAge } from "../modules/masspay/queries/funding"
import {
  type ClaimedTakeBack,
  claimTakeBacks,
} from "../modules/masspay/queries/take-back"
import { recordTakeBack } from "../modules/masspay/queries/take-back-record"
import { Gate } from "../modules/masspay-gateway/http/gate"
import type { QuoteAnswer } from "../modules/masspay-gateway/types"
import { asRun, traced } from "./as-run"
import { notSent } from "./attempt-report"
import type { RunnerDeps } from "./deps"
import {
  measureOutcome,
  measureTakeBack,
  type Sending,
  tagsOf,
} from "./dispatch-measures"
import { contradictory, lifeOf, unwanted } from "./dispatch-quote"
import {
  countOutcome,
  type DispatchReport,
  emptyReport,
  namesOf,
  tellOutcome,
} from "./dispatch-report"
import { type CommitDeadline, DispatchRequests } from "./dispatch-requests"
import { errorFields } from "./log"
import { readWallets } from "./refresh-funding"
import { gatewayFields } from "./resolve-log"

/**
 * Payouts at work for each request on the wire: while one is written down, the
 * next is sent, so that a slow commit leaves no slot idle.
 */
const WORK_PER_SLOT = 2

/** A balance that is read more often tells nothing new; the claims keep count in between. */
const FUNDING_FRESH_MS = 10_000

/** A commit that may be sent now. */
type Commit = { payout: ClaimedPayout; sending: Sending & CommitDeadline }

/**
 * Sends what is due, and is the only place in this plugin that moves money:
 * payouts to pay, spendbacks, and what is to be taken back. The requests
 * themselves are in `dispatch-requests.ts`.
 *
 * The funding wallets are read before the first claim, unless that was done a
 * moment ago; where MassPay does not answer, nothing is claimed. Each payout is
 * claimed and its attempt committed before its request leaves; no transaction
 * is open while it is on the wire; what came of it is written afterwards. A
 * request is sent once: whatever happens to it, this loop never repeats it. A
 * direct payout takes two of them, each written down before it leaves: a quote,
 * which moves nothing, and its commit.
 * Ends when nothing is due, when the account or MassPay will not take more now,
 * or after a bounded number of claims. Trouble with one payout is logged and
 * never stops the others; only an unreachable database throws.
 *
 * Safe in any number of processes at once.
 */
export async function dispatchPayouts(
  deps: RunnerDeps
): Promise<DispatchReport> {
  return asRun(deps, "masspay.dispatch", () => dispatchDue(deps))
}

async function dispatchDue(deps: RunnerDeps): Promise<DispatchReport> {
  const run = new DispatchRun(deps)
  await deps.traffic?.probe()
  const due = await whatIsDue(deps.books)
  if (!due.payouts && !due.take_backs) {
    return { ...run.report, drained: true }
  }
  try {
    if (!(await run.knowFunds())) return run.report
    if (due.take_backs) await run.takeBack()
    for (let batch = 0; batch < deps.limits.batches_per_run; batch += 1) {
      if (run.mustEnd) break
      if (!(await run.claimAndSend())) break
      await run.halfFree()
    }
  } finally {
    await run.end()
  }
  return run.report
}

class DispatchRun {
  readonly report = emptyReport()
  private readonly atWork = new Set<Promise<void>>()
  /** One for each request that may be on the wire. */
  private readonly slots: Gate
  /** MassPay is out of reach, asked for a pause, refuses our key or says that a wallet is short: what was claimed is given back. */
  private isHalted = false

  private readonly requests: DispatchRequests

  constructor(private readonly deps: RunnerDeps) {
    this.requests = new DispatchRequests(deps, {
      now: () => this.now(),
      isHalted: () => this.isHalted,
    })
    const capacity = deps.limits.in_flight
    this.slots = new Gate({ capacity, waiting_max: WORK_PER_SLOT * capacity })
  }

  get mustEnd(): boolean {
    return this.isHalted || (this.deps.signal?.aborted ?? false)
  }

  /** Returns whether it is known what the funding wallets hold. */
  async knowFunds(): Promise<boolean> {
    const { books, log } = this.deps
    const age_ms = await fundingAge(books)
    if (age_ms !== null && age_ms < FUNDING_FRESH_MS) return true
    try {
      await readWallets(this.deps)
      return true
    } catch (error) {
      log.warn("funding.unreadable", gatewayFields(error))
      return false
    }
  }

  /** Loads to take back go first: what comes back need not be paid anew. */
  async takeBack(): Promise<void> {
    const { books, worker, limits, failpoint, traffic } = this.deps
    const { in_flight } = limits
    const admitted = (await traffic?.admit(in_flight, "dispatch")) ?? in_flight
    if (admitted === 0) return
    const claimed_at_ms = this.now()
    const claimed = await claimTakeBacks(books, {
      worker,
      limit: admitted,
      lease_ms: limits.lease_ms,
      beforeCommit: () => failpoint?.("take_back.claiming"),
    })
    traffic?.giveBack(admitted - claimed.length, "dispatch")
    for (const load of claimed) {
      this.begin(
        traced(this.deps, "masspay.dispatch.payout", tagsOf(load), (span) =>
          this.askBack(load, { claimed_at_ms, span })
        )
      )
    }
  }

  /** Returns whether there may be more to claim. */
  async claimAndSend(): Promise<boolean> {
    const { books, worker, limits, failpoint, traffic } = this.deps
    const free = WORK_PER_SLOT * limits.in_flight - this.atWork.size
    const admitted = (await traffic?.admit(free, "dispatch")) ?? free
    if (admitted === 0) return false
    // Taken before the claim, so that the fence errs on the safe side.
    const claimed_at_ms = this.now()
    const { claimed, short, unapproved, astray } = await claimReady(books, {
      worker,
      limit: admitted,
      lease_ms: limits.lease_ms,
      may_repeat: traffic?.couldRetry() ?? true,
      ...(this.deps.approval && { approval: this.deps.approval }),
      beforeCommit: () => failpoint?.("dispatch.claiming"),
    })
    traffic?.giveBack(admitted - claimed.length, "dispatch")
    for (const payout of claimed) {
      if (payout.attempt_no > 1) traffic?.mayRetry()
    }
    this.report.claimed += claimed.length
    this.report.blocked += short.length + astray.length
    for (const payout of short) this.deps.log.warn("payout.unfunded", payout)
    for (const payout of unapproved) {
      this.deps.log.warn("payout.approval_required", payout)
    }
    for (const payout of astray) {
      this.deps.log.warn("payout.no_destination", payout)
    }
    for (const payout of claimed) {
      this.begin(
        traced(this.deps, "masspay.dispatch.payout", tagsOf(payout), (span) =>
          this.sendAndRecord(payout, { claimed_at_ms, span })
        )
      )
    }
    // A wallet that is short hides what others could pay.
    this.report.drained =
      claimed.length + short.length + unapproved.length + astray.length <
      admitted
    return !this.report.drained
  }

  /** Claims cost a commit each: several slots are filled at a time. */
  async halfFree(): Promise<void> {
    const { in_flight } = this.deps.limits
    while (this.atWork.size > (WORK_PER_SLOT - 0.5) * in_flight) {
      await Promise.race(this.atWork)
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.atWork)
  }

  private now(): number {
    return this.deps.monotonic_ms?.() ?? performance.now()
  }

  private begin(work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.atWork.delete(tracked)
    })
    this.atWork.add(tracked)
  }

  /** Never throws. */
  private async sendAndRecord(
    payout: ClaimedPayout,
    sending: Sending
  ): Promise<void> {
    if (!payout.quote) {
      await this.sendOne(payout, sending, () =>
        this.requests.pay(payout, sending.claimed_at_ms)
      )
      return
    }
    const commit = await this.quote(payout, payout.quote, sending)
    if (!commit) return
    await this.sendOne(commit.payout, commit.sending, () =>
      this.requests.commit(commit.payout, commit.sending)
    )
  }

  /**
   * The first of the two requests for a direct payout. It moves nothing: returns
   * the commit that may be sent now, once it is written down, or `null` when the
   * quote was the end of it, for whatever reason; that is recorded. Never throws.
   */
  private async quote(
    payout: ClaimedPayout,
    quote: QuoteToAsk,
    sending: Sending
  ): Promise<Commit | null> {
    const { deps } = this
    const end = (report: AttemptReport) =>
      this.sendOne(payout, sending, () => Promise.resolve(report))
    try {
      const asked_at_ms = this.now()
      const quoted = await this.inSlot(() =>
        this.requests.quote(payout, sending.claimed_at_ms)
      )
      if ("outcome" in quoted) {
        await end(quoted)
        return null
      }
      await deps.failpoint?.("dispatch.quoted")
      const problem = problemWithQuote(
        quote,
        quoted,
        deps.direct ?? DEFAULT_DIRECT
      )
      if (problem) {
        await end(unwanted(problem, quoted))
        return null
      }
      const claimed_at_ms = this.now()
      const life = lifeOf(quoted, {
        asked_at_ms,
        now_ms: claimed_at_ms,
        deadline_ms: deps.limits.deadline_ms,
      })
      const begun = await beginCommit(deps.books, {
        claimed: payout,
        quoted: { ...quoted, lives_ms: life.lives_ms },
        worker: deps.worker,
        lease_ms: deps.limits.lease_ms,
        beforeCommit: () => deps.failpoint?.("dispatch.committing"),
      })
      if (begun.did === "begin") {
        const expires_at_ms = life.until_ms
        return {
          payout: begun.commit,
          sending: { ...sending, claimed_at_ms, expires_at_ms },
        }
      }
      await end(
        begun.did === "taken" ? contradictory(quoted) : notSent("halted")
      )
    } catch (error) {
      // A quote moves nothing; the lease ends, and a look-up lets it go on.
      this.report.unrecorded += 1
      deps.log.error("payout.unrecorded", {
        ...namesOf(payout),
        ...errorFields(error),
      })
    }
    return null
  }

  /** Sends at most one request and writes down what came of it. Never throws. */
  private async sendOne(
    payout: ClaimedPayout,
    { claimed_at_ms, span }: Sending,
    send: () => Promise<AttemptReport>
  ): Promise<void> {
    const { deps } = this
    const names = namesOf(payout)
    try {
      const report = await this.inSlot(send)
      await deps.failpoint?.("dispatch.answered")
      const recorded = await recordAttemptOutcome(deps.books, {
        claimed: payout,
        worker: deps.worker,
        report,
        jitter: (deps.random ?? Math.random)(),
        beforeCommit: () => deps.failpoint?.("dispatch.recording"),
      })
      await deps.failpoint?.("dispatch.recorded")
      countOutcome(this.report, { recorded, attempt: report })
      tellOutcome(deps.log, names, { recorded, report })
      measureOutcome(deps.telemetry, {
        kind: payout.kind,
        recorded,
        report,
        span,
        took_ms: this.now() - claimed_at_ms,
      })
    } catch (error) {
      // The payout stays in `sending`; its lease ends and a look-up decides.
      this.report.unrecorded += 1
      deps.log.error("payout.unrecorded", { ...names, ...errorFields(error) })
    }
  }

  /** Never throws. The same steps as for a payout that is sent. */
  private async askBack(
    load: ClaimedTakeBack,
    { claimed_at_ms, span }: Sending
  ): Promise<void> {
    const { deps } = this
    const names = { ...namesOf(load), kind: load.kind }
    try {
      const report = await this.inSlot(() =>
        this.requests.takeBack(load, claimed_at_ms)
      )
      await deps.failpoint?.("take_back.answered")
      const recorded = await recordTakeBack(deps.books, {
        claimed: load,
        worker: deps.worker,
        report,
        jitter: (deps.random ?? Math.random)(),
        beforeCommit: () => deps.failpoint?.("take_back.recording"),
      })
      await deps.failpoint?.("take_back.recorded")
      if (recorded === "sent") this.report.taken_back += 1
      const fields = { ...names, outcome: report.code, result: recorded }
      measureTakeBack(deps.telemetry, {
        kind: load.kind,
        recorded,
        report,
        span,
      })
      if (recorded === "refused") deps.log.warn("take_back.result", fields)
      else deps.log.info("take_back.result", fields)
    } catch (error) {
      // Its lease ends, and the load's status says what came of it.
      this.report.unrecorded += 1
      deps.log.error("take_back.unrecorded", {
        ...names,
        ...errorFields(error),
      })
    }
  }

  private async inSlot<Answer extends AttemptReport | QuoteAnswer>(
    send: () => Promise<Answer>
  ): Promise<Answer> {
    const leave = await this.slots.enter()
    try {
      const report = await send()
      // Before the slot is given on: the next one must not leave any more.
      if ("outcome" in report) this.haltOn(report)
      return report
    } finally {
      leave()
    }
  }

  private haltOn({ outcome }: AttemptReport): void {
    const isRefusedForAll =
      outcome.kind === "failed" &&
      (outcome.disposition === "retry" ||
        outcome.block === "auth" ||
        outcome.block === "funds")
    if (isRefusedForAll) this.isHalted = true
  }
}
