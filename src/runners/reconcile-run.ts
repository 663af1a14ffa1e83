import type { DiscrepancyClass, RunKind } from "../domain/discrepancies"
import { noteHealed } from "../modules/masspay/queries/discrepancies"
import { forgetSeen } from "../modules/masspay/queries/reconcile-absence"
import {
  type PayeeOfUser,
  payeeOfUser,
  tagOf,
  usersPaidSince,
} from "../modules/masspay/queries/reconcile-compare"
import {
  noteMirrored,
  openMissing,
  openOverpaid,
} from "../modules/masspay/queries/reconcile-findings"
import {
  endRun,
  noteProgress,
  noteTry,
  type Run,
  type RunCounts,
} from "../modules/masspay/queries/reconcile-runs"
import { usersThatDiffer } from "../modules/masspay/queries/reconcile-users"
import { reapExpiredLeases } from "../modules/masspay/queries/resolve"
import type { ResolvePolicy } from "../modules/masspay/queries/resolve-apply"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { wireOver } from "../modules/masspay-gateway/wire"
import { checkBooks } from "./check-books"
import type { RunnerDeps } from "./deps"
import { errorFields } from "./log"
import { HistoryUnendingError, readHistory } from "./reconcile-history"
import { inspectPayee } from "./reconcile-payee"
import { refreshPayee } from "./refresh-payees"

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
const SETTLE_WINDOW_MS = HOUR_MS
/** After this many refusals in a row a run is given up. */
const TRIES_MAX = 10
/** A run that lay still for longer is begun anew: its window is not what it was. */
const STALE_MS = 2 * HOUR_MS
const USERS_AT_ONCE = 100
/** Payees in a row of whom MassPay says nothing. */
const UNANSWERED_MAX = 3
const DEEP_DAYS = 90

export type EndedRun = { id: string; kind: RunKind; status: string }

type RunOptions = {
  policy?: Partial<ResolvePolicy>
  mustStop: () => boolean
}

/** One run, from where it is to where it may go. */
export class Reconciliation {
  /** How it ended, once it has. */
  ended: EndedRun | null = null
  private readonly deps: RunnerDeps
  private readonly counts: RunCounts
  private requests = 0
  private unread: number
  private unanswered = 0
  private readonly policy: ResolvePolicy

  constructor(
    deps: RunnerDeps,
    private readonly run_: Run,
    private readonly options: RunOptions
  ) {
    const { transport } = deps.wire
    const { may_link_to_loopback } = transport
    this.deps = {
      ...deps,
      // What a run costs MassPay is shown with it.
      wire: wireOver({
        ...(may_link_to_loopback !== undefined && { may_link_to_loopback }),
        send: (request) => {
          this.requests += 1
          return transport.send(request)
        },
      }),
    }
    this.counts = structuredClone(run_.counts)
    this.unread = run_.payees_unread
    this.policy = {
      settle_window_ms: SETTLE_WINDOW_MS,
      ...options.policy,
    }
  }

  /** Goes as far as it may. Never throws for MassPay's sake. */
  async run(): Promise<void> {
    const { books, log } = this.deps
    const { run_: run } = this
    try {
      const now = await databaseNow(books)
      if (now.getTime() - run.progressed_at.getTime() > STALE_MS) {
        await this.end("incomplete", "interrupted")
        return
      }
      await this.steps()
    } catch (error) {
      if (error instanceof HistoryUnendingError) {
        await this.end("incomplete", error.code)
      } else if (error instanceof GatewayError) {
        await this.giveWay(error.code)
      } else {
        log.error("recon.failed", { run_id: run.id, ...errorFields(error) })
        await this.end("failed", "failed")
      }
    }
  }

  private async steps(): Promise<void> {
    const { run_: run, deps, options } = this
    const { from_date, to_date } = run
    let { phase, cursor } = run
    if (phase === "history" && from_date !== null && to_date !== null) {
      const isRead = await readHistory(deps, {
        run,
        reading: { from_date, to_date },
        mustStop: options.mustStop,
      })
      // Each was counted with what it brought.
      this.requests = 0
      if (!isRead) return
      await this.enter("compare")
      phase = "compare"
      cursor = ""
    }
    if (phase === "compare" && from_date !== null && to_date !== null) {
      const window = { from_date, to_date, started_at: run.started_at }
      const isDone = await this.inspectAll(cursor, (after) =>
        usersThatDiffer(deps.books, { ...window, after, limit: USERS_AT_ONCE })
      )
      if (!isDone) return
      await deps.failpoint?.("reconcile.compared")
      phase = run.kind === "manual" ? "payees" : "finish"
      await this.enter(phase)
      cursor = ""
    }
    if (phase === "payees") {
      const since = new Date(
        from_date === null
          ? run.started_at.getTime() - DEEP_DAYS * DAY_MS
          : Date.parse(`${from_date}T00:00:00Z`) - DAY_MS
      )
      const isDone = await this.inspectAll(cursor, (after) =>
        usersPaidSince(deps.books, { since, after, limit: USERS_AT_ONCE })
      )
      if (!isDone) return
      await this.enter("finish")
    }
    await this.finish()
  }

  private async enter(phase: Run["phase"]): Promise<void> {
    await noteProgress(this.deps.books, this.run_.id, { phase, cursor: "" })
  }

  /** Returns false when it was told to stop. Keeps its place after each user. */
  private async inspectAll(
    from: string,
    next: (after: string) => Promise<string[]>
  ): Promise<boolean> {
    const { deps, options, run_: run } = this
    const tag = await tagOf(deps.books)
    // A payout whose sender vanished is unknown, and can be looked up.
    await reapExpiredLeases(deps.books, { limit: deps.limits.batch_size })
    for (let after = from; ;) {
      if (options.mustStop()) return false
      const users = await next(after)
      for (const user_token of users) {
        if (options.mustStop()) return false
        const isAnswered = await this.inspect(user_token, tag)
        const isOurs = await noteProgress(deps.books, run.id, {
          cursor: user_token,
          payees: 1,
          payees_unread: this.unread - run.payees_unread,
          requests: this.takeRequests(),
          counts: this.counts,
        })
        run.payees_unread = this.unread
        if (!isOurs || !isAnswered) return false
        after = user_token
      }
      if (users.length < USERS_AT_ONCE) return true
    }
  }

  /** Returns false when MassPay has stopped answering: then nobody else is tried. */
  private async inspect(user_token: string, tag: string): Promise<boolean> {
    const { deps, run_: run } = this
    const payee = await payeeOfUser(deps.books, user_token)
    if (!payee) return true
    let read = await this.look(payee, tag)
    // Somebody moved one of hers while she was read: once more, and then it counts.
    if (!read.is_read && read.is_answered) read = await this.look(payee, tag)
    this.unanswered = read.is_read || read.is_answered ? 0 : this.unanswered + 1
    if (!read.is_read) this.unread += 1
    const isThorough = run.kind === "deep" || run.kind === "manual"
    if (isThorough && payee.is_hers) await this.readUser(payee)
    if (this.unanswered < UNANSWERED_MAX) return true
    await this.giveWay("masspay.unanswered")
    return false
  }

  private async look(
    payee: PayeeOfUser,
    tag: string
  ): Promise<Awaited<ReturnType<typeof inspectPayee>>> {
    const read = await inspectPayee(this.deps, payee, {
      run_id: this.run_.id,
      tag,
      policy: this.policy,
    })
    for (const one of read.found) this.count(one.class, one)
    return read
  }

  /** D12: her user was locked, unlocked or closed, and nobody told. */
  private async readUser(payee: PayeeOfUser): Promise<void> {
    const { user_token, payee_id, vendor_id } = payee
    const read = await refreshPayee(this.deps, { user_token })
    if (read.status === null || read.status === payee.status) return
    await noteHealed(this.deps.books, {
      class: "D12",
      cause_key: `D12:${payee_id}:${read.status}`,
      payee_id,
      vendor_id,
      ours: { status: payee.status },
      theirs: { status: read.status, user_token },
      action: "vendor_read_again",
      run_id: this.run_.id,
    })
    this.count("D12", { is_healed: true })
  }

  private async finish(): Promise<void> {
    const { deps, run_: run, unread } = this
    const { books } = deps
    if (unread > 0) {
      await this.end("incomplete", "payees_unread")
      return
    }
    const { id: run_id, started_at } = run
    await forgetSeen(books, { started_at })
    const missing = await openMissing(books, run_id)
    for (const one of missing) {
      deps.log.warn("recon.discrepancy", { class: one })
      this.count(one, { is_healed: false })
    }
    const mirrored = await noteMirrored(books, { run_id, started_at })
    this.count("D13", { is_healed: true }, mirrored)
    const overpaid = await openOverpaid(books, run_id)
    this.count("D10", { is_healed: false }, overpaid)
    if (run.kind === "deep" || run.kind === "manual") {
      const results = await checkBooks(deps, { run_id })
      const broken = results.filter(({ holds }) => !holds)
      this.count("D15", { is_healed: false }, broken.length)
    }
    await deps.failpoint?.("reconcile.finishing")
    await this.end("complete")
  }

  private count(
    name: DiscrepancyClass,
    { is_healed }: { is_healed: boolean },
    many = 1
  ): void {
    if (many === 0) return
    const { found, healed } = this.counts[name] ?? { found: 0, healed: 0 }
    this.counts[name] = {
      found: found + many,
      healed: healed + (is_healed ? many : 0),
    }
  }

  private takeRequests(): number {
    const { requests } = this
    this.requests = 0
    return requests
  }

  /** MassPay does not answer: the next call goes on, but not for ever. */
  private async giveWay(problem: string): Promise<void> {
    const { id } = this.run_
    const requests = this.takeRequests()
    const tries = await noteTry(this.deps.books, { id, problem, requests })
    this.deps.log.warn("recon.unanswered", { run_id: id, problem, tries })
    if (tries >= TRIES_MAX) await this.end("incomplete", problem)
  }

  private async end(
    status: "complete" | "incomplete" | "failed",
    problem: string | null = null
  ): Promise<void> {
    const { deps, run_: run, counts } = this
    const ended = await endRun(deps.books, {
      run,
      status,
      problem,
      counts,
      requests: this.takeRequests(),
    })
    if (!ended) return
    const { id, kind } = run
    this.ended = { id, kind, status }
    const many = Object.values(counts)
    const fields = {
      run_id: id,
      kind,
      status,
      problem,
      found: many.reduce((sum, { found }) => sum + found, 0),
      healed: many.reduce((sum, { healed }) => sum + healed, 0),
    }
    if (status === "complete") deps.log.info("recon.run", fields)
    else deps.log.warn("recon.incomplete", fields)
  }
}
