import { randomUUID } from "node:crypto"

import { lookupsAskedFor } from "../modules/masspay/queries/action-requests"
import {
  adoptUnknown,
  payeesToReadAgain,
} from "../modules/masspay/queries/adopt"
import {
  isPayeeFitFor,
  probeWith,
} from "../modules/masspay/queries/payee-refresh"
import {
  claimLookups,
  lookupOf,
  type LookupTask,
  type PayoutToLookUp,
  postponeLookups,
  reapExpiredLeases,
} from "../modules/masspay/queries/resolve"
import {
  type AppliedLookup,
  applyLookup,
  type AskedLookup,
  type Lookup,
  type ResolvePolicy,
} from "../modules/masspay/queries/resolve-apply"
import { flippedPayouts } from "../modules/masspay/queries/resolve-flips"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { readPayeeInFull } from "./adopt"
import { asRun, traced } from "./as-run"
import type { RunnerDeps } from "./deps"
import { type AlsoReversals, listDirectPayouts } from "./list-payouts"
import { errorFields } from "./log"
import type { SourceTokens } from "./refresh-funding"
import { refreshPayees } from "./refresh-payees"
import { Account } from "./resolve-account"
import { gatewayFields, tellApplied } from "./resolve-log"

type ResolveReport = {
  /** Payouts whose sender vanished, now unknown. */
  reaped: number
  /** Requests for a user's loads, her payouts, or her spendbacks. */
  looked_up: number
  /** Those of them that MassPay did not answer. */
  unanswered: number
  moved: number
  /** Moves of payouts that MassPay took its word back about. */
  flipped: number
  rotated: number
  parked: number
  waiting: number
}

type ResolveOptions = {
  policy?: Partial<ResolvePolicy>
  source_tokens?: SourceTokens
}

const SETTLE_WINDOW_MS = 60 * 60_000
const UNREADABLE_PAUSE_MS = 60_000
/** How soon a cause that is still there is asked about again. */
const STILL_BLOCKED_MS = { funds: 60_000, other: 10 * 60_000 }
/** Every payee who was paid lately is read in full once a day, a few at a time. */
const READ_AGAIN_MS = 24 * 60 * 60_000
const QUIET_PAYEES_PER_RUN = 10
const REQUESTS_PER_RUN = 20

/**
 * Finds out what became of payouts. Reads only: it asks MassPay for the loads
 * of each user once, and for her payouts and spendbacks where one of them is due, applies
 * what it sees to every payout of hers that is due or that MassPay changed its
 * mind about, and leaves all sending to dispatch. A payout that MassPay does not answer for stays what it is. Ends when nothing
 * is due or after a bounded number of claims. Safe in any number of processes
 * at once.
 */
export async function resolvePayouts(
  deps: RunnerDeps,
  options: ResolveOptions = {}
): Promise<ResolveReport> {
  return asRun(deps, "masspay.resolve", () => resolveDue(deps, options))
}

async function resolveDue(
  deps: RunnerDeps,
  options: ResolveOptions
): Promise<ResolveReport> {
  const run = new ResolveRun(deps, options)
  await run.reap()
  if (!(await mayAsk(deps))) return run.report
  await run.account.checkKey()
  await refreshPayees(deps)
  await run.readQuietPayees()
  await run.answerOperators()
  for (let batch = 0; batch < deps.limits.batches_per_run; batch += 1) {
    if (deps.signal?.aborted) break
    const tasks = await claimLookups(deps.books, {
      worker: deps.worker,
      limit: deps.limits.batch_size,
      lease_ms: deps.limits.batch_size * 2 * deps.limits.deadline_ms,
    })
    if (tasks.length === 0) break
    for (const task of tasks) await run.resolveOne(task)
  }
  return run.report
}

/**
 * Looks up one payout now, whatever it waits for, because an operator asks. The
 * answer is applied by the ordinary moves; nothing is sent. A blocked one stays
 * blocked unless the operator says that its cause is gone. One that is on the
 * wire is left to its sender.
 */
export async function lookUpNow(
  deps: RunnerDeps,
  { payout_id, asked }: { payout_id: string; asked: AskedLookup },
  options: ResolveOptions = {}
): Promise<ResolveReport> {
  const run = new ResolveRun(deps, options)
  const task = await lookupOf(deps.books, payout_id)
  if (task) await run.ask(task.user_token, task.payouts, asked)
  return run.report
}

/** While MassPay is not to be asked, nothing is tried and nothing is written. */
async function mayAsk({ traffic }: RunnerDeps): Promise<boolean> {
  if (!traffic) return true
  await traffic.probe()
  const admitted = await traffic.admit(1, "lookup")
  traffic.giveBack(admitted, "lookup")
  return admitted > 0
}

class ResolveRun {
  readonly report: ResolveReport = {
    reaped: 0,
    looked_up: 0,
    unanswered: 0,
    moved: 0,
    flipped: 0,
    rotated: 0,
    parked: 0,
    waiting: 0,
  }
  private readonly run_id = randomUUID()
  readonly account: Account
  private readonly policy: ResolvePolicy
  constructor(
    private readonly deps: RunnerDeps,
    { policy = {}, source_tokens = {} }: ResolveOptions
  ) {
    this.policy = { settle_window_ms: SETTLE_WINDOW_MS, ...policy }
    this.account = new Account(deps, source_tokens)
  }

  async reap(): Promise<void> {
    const { books, limits, failpoint, log } = this.deps
    for (let batch = 0; batch < limits.batches_per_run; batch += 1) {
      const reaped = await reapExpiredLeases(books, {
        limit: limits.batch_size,
        beforeCommit: () => failpoint?.("resolve.reaping"),
      })
      await failpoint?.("resolve.reaped")
      for (const { payout_id, vendor_id } of reaped) {
        log.warn("payout.lease_expired", { payout_id, vendor_id })
      }
      this.report.reaped += reaped.length
      if (reaped.length < limits.batch_size) return
    }
  }

  /** Nobody looks up a payee who waits for nothing, and yet her loads may have flipped. */
  async readQuietPayees(): Promise<void> {
    const payees = await payeesToReadAgain(this.deps.books, {
      limit: QUIET_PAYEES_PER_RUN,
      older_than_ms: READ_AGAIN_MS,
    })
    for (const payee of payees) {
      if (this.deps.signal?.aborted) return
      await readPayeeInFull(this.deps, payee, {
        apply: (payout, lookup) => this.apply(payout, lookup),
      })
    }
  }

  /** What an operator asked for is done, whatever became of the process that was asked. */
  async answerOperators(): Promise<void> {
    const requests = await lookupsAskedFor(this.deps.books, {
      limit: REQUESTS_PER_RUN,
    })
    for (const { id, action, payout_id, maker } of requests) {
      if (this.deps.signal?.aborted) return
      const task = await lookupOf(this.deps.books, payout_id)
      if (!task) continue
      await this.resolveOne(task, {
        by: maker,
        request: id,
        may_unblock: action === "retry",
      })
    }
  }

  /** Never throws: one user's trouble is not the next one's. */
  async resolveOne(task: LookupTask, asked?: AskedLookup): Promise<void> {
    try {
      // An operator is answered whatever blocks it.
      const payouts = asked ? task.payouts : await this.whoseCauseIsGone(task)
      if (payouts.length > 0) {
        const tags = { "masspay.payouts": payouts.length }
        await traced(this.deps, "masspay.look_up", tags, () =>
          this.ask(task.user_token, payouts, asked)
        )
      }
    } catch (error) {
      // Their leases end, and they are looked up again.
      this.deps.log.error("resolve.failed", {
        payouts: task.payouts.length,
        ...errorFields(error),
      })
    }
  }

  async ask(
    user_token: string,
    payouts: readonly PayoutToLookUp[],
    asked?: AskedLookup
  ): Promise<void> {
    // Somebody who sends it again tries it, also while papers are wanted.
    if (asked?.may_unblock) {
      for (const { payout_id, block_reason } of payouts) {
        if (block_reason === "kyc") await probeWith(this.deps.books, payout_id)
      }
    }
    // Before the request: what it shows is never newer than this.
    const began_at = await databaseNow(this.deps.books)
    const lookup = await this.lookUp(user_token, {
      began_at,
      with_spendbacks: payouts.some(isSpendback),
      with_payouts: payouts.some(isDirect),
      // A person may have reversed it at MassPay: that is looked for when asked.
      also: {
        payout_ids: asked ? payouts.map(({ payout_id }) => payout_id) : [],
      },
    })
    if (!lookup) {
      await this.goWithoutAnswer(payouts, began_at)
      return
    }
    await this.deps.failpoint?.("resolve.looked_up")
    const isAnswered = (payout: PayoutToLookUp) =>
      (!isSpendback(payout) || lookup.spendbacks !== undefined) &&
      (!isDirect(payout) || lookup.payouts !== undefined)
    for (const payout of payouts.filter(isAnswered)) {
      await this.apply(payout, lookup, asked)
    }
    await this.goWithoutAnswer(
      payouts.filter((payout) => !isAnswered(payout)),
      began_at
    )
    await this.applyFlips(user_token, lookup)
    await this.adoptUnknown(user_token, lookup)
  }

  /** The same list also tells of her payouts that nobody asked about. */
  private async applyFlips(user_token: string, lookup: Lookup): Promise<void> {
    const flipped = await flippedPayouts(this.deps.books, {
      user_token,
      lookup,
    })
    for (const payout of flipped) await this.apply(payout, lookup)
  }

  /** A load with our tag that nobody here knows must not exist; it is booked and shown. */
  private async adoptUnknown(
    user_token: string,
    lookup: Lookup
  ): Promise<void> {
    const adopted = await adoptUnknown(this.deps.books, { user_token, lookup })
    for (const payout of adopted) {
      const { payout_id, vendor_id } = payout
      this.deps.log.error("payout.adopted", { payout_id, vendor_id })
      await this.apply(payout, lookup)
    }
  }

  private async lookUp(
    user_token: string,
    {
      began_at,
      with_spendbacks,
      with_payouts,
      also,
    }: {
      began_at: Date
      with_spendbacks: boolean
      with_payouts: boolean
      also: AlsoReversals
    }
  ): Promise<Lookup | null> {
    const { wire } = this.deps
    const loads = await this.read(() => wire.listLoads(user_token))
    if (!loads) return null
    const spendbacks = with_spendbacks
      ? await this.read(() => wire.listSpendbacks(user_token))
      : null
    const payouts = with_payouts
      ? await this.read(() => listDirectPayouts(this.deps, user_token, also))
      : null
    this.report.unanswered += payouts?.unread ?? 0
    return {
      began_at,
      ...loads,
      ...(spendbacks && { spendbacks }),
      ...(payouts && { payouts }),
    }
  }

  /** `null` where MassPay does not answer. */
  private async read<List>(list: () => Promise<List>): Promise<List | null> {
    this.report.looked_up += 1
    try {
      return await list()
    } catch (error) {
      this.report.unanswered += 1
      this.deps.log.warn("resolve.unreadable", gatewayFields(error))
      return null
    }
  }

  /**
   * No answer proves nothing. But the period of an unknown outcome runs on: a
   * user whom MassPay no longer lists would keep it unknown for ever.
   */
  private async goWithoutAnswer(
    payouts: readonly PayoutToLookUp[],
    began_at: Date
  ): Promise<void> {
    if (payouts.length === 0) return
    const isUnknown = ({ status }: PayoutToLookUp) => status === "unknown"
    await this.postpone(
      payouts.filter((payout) => !isUnknown(payout)),
      UNREADABLE_PAUSE_MS
    )
    for (const payout of payouts.filter(isUnknown)) {
      await this.apply(payout, { began_at, loads: [], is_complete: false })
    }
  }

  private async apply(
    payout: PayoutToLookUp,
    lookup: Lookup,
    asked?: AskedLookup
  ): Promise<void> {
    const { books, failpoint, log } = this.deps
    const names = { payout_id: payout.payout_id, vendor_id: payout.vendor_id }
    try {
      const applied = await applyLookup(books, {
        payout,
        lookup,
        policy: this.policy,
        is_funding_short: await this.account.isFundingShort(payout, lookup),
        ...(asked && { asked }),
        run_id: this.run_id,
        beforeCommit: () => failpoint?.("resolve.applying"),
      })
      await failpoint?.("resolve.applied")
      this.count(applied)
      tellApplied(log, names, applied)
    } catch (error) {
      log.error("resolve.unrecorded", { ...names, ...errorFields(error) })
    }
  }

  /** Payouts that are blocked are looked up only when what blocked them seems gone. */
  private async whoseCauseIsGone(task: LookupTask): Promise<PayoutToLookUp[]> {
    const gone: PayoutToLookUp[] = []
    const oldestFirst = [...task.payouts].sort(
      (a, b) => a.created_at.getTime() - b.created_at.getTime()
    )
    for (const payout of oldestFirst) {
      if (payout.status !== "blocked") gone.push(payout)
      // Whatever it was refused for: it is given up, and not sent again.
      else if (isSpendback(payout) && payout.block_reason !== "auth") {
        gone.push(payout)
      } else if (payout.block_reason === "funds") {
        if (await this.account.isCovered(payout)) gone.push(payout)
        else await this.postpone([payout], STILL_BLOCKED_MS.funds)
      } else {
        const isGone =
          payout.block_reason === "auth"
            ? (await this.account.readFunds()) !== null
            : await isPayeeFitFor(this.deps.books, payout.payout_id)
        if (isGone) gone.push(payout)
        else await this.postpone([payout], STILL_BLOCKED_MS.other)
      }
    }
    return gone
  }

  private async postpone(
    payouts: readonly PayoutToLookUp[],
    in_ms: number
  ): Promise<void> {
    this.report.waiting += payouts.length
    await postponeLookups(this.deps.books, {
      worker: this.deps.worker,
      payout_ids: payouts.map((payout) => payout.payout_id),
      in_ms,
    })
  }

  private count(applied: AppliedLookup): void {
    if (applied.did === "wait") this.report.waiting += 1
    if (applied.did !== "move") return
    this.report.moved += 1
    if (applied.is_flip) this.report.flipped += 1
    if (applied.is_rotated) this.report.rotated += 1
    if (applied.to === "needs_review") this.report.parked += 1
  }
}

function isDirect({ method }: PayoutToLookUp): boolean {
  return method === "direct"
}

function isSpendback({ method }: PayoutToLookUp): boolean {
  return method === "spendback"
}
