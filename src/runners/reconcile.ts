import type { RunKind } from "../domain/discrepancies"
import { withLease } from "../modules/masspay/queries/leases"
import {
  beginRun,
  dueRuns,
  type Run,
  runningRun,
  type RunSchedule,
} from "../modules/masspay/queries/reconcile-runs"
import type { ResolvePolicy } from "../modules/masspay/queries/resolve-apply"
import { asRun } from "./as-run"
import type { RunnerDeps } from "./deps"
import { type EndedRun, Reconciliation } from "./reconcile-run"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export type ReconcileOptions = {
  policy?: Partial<ResolvePolicy>
  every?: RunSchedule
  /** Then it stops between two steps, and the next call goes on. */
  budget_ms?: number
}

const EVERY: RunSchedule = {
  sweep: { every_ms: 30 * MINUTE_MS },
  sweep_long: { every_ms: DAY_MS },
  deep: { every_ms: DAY_MS },
}

export type ReconcileReport = {
  /** Runs that were ended by this call, and how. */
  ended: EndedRun[]
  /** Whether somebody else is at it, or some run goes on with the next call. */
  is_busy: boolean
}

const LEASE_MS = 2 * MINUTE_MS
const BUDGET_MS = 4 * MINUTE_MS
const RETRY_MS = 5 * MINUTE_MS

/**
 * Compares the books with MassPay: goes on with the runs that are under way, or
 * begins those whose time has come. Sends nothing and decides nothing about
 * money: what is provably so is applied by the ordinary moves, the rest is put
 * in front of a person. One process at a time does it; killed anywhere, the next
 * call goes on, and a run that could not read everything concludes nothing from
 * what it did not see.
 */
export async function reconcile(
  deps: RunnerDeps,
  options: ReconcileOptions = {}
): Promise<ReconcileReport> {
  return asRun(deps, "masspay.reconcile", () => reconcileDue(deps, options))
}

async function reconcileDue(
  deps: RunnerDeps,
  options: ReconcileOptions
): Promise<ReconcileReport> {
  const report: ReconcileReport = { ended: [], is_busy: false }
  const ends_at_ms = performance.now() + (options.budget_ms ?? BUDGET_MS)
  for (const is_deep of [false, true]) {
    const key = is_deep ? "reconcile:deep" : "reconcile:history"
    const leased = await withLease(
      deps.books,
      { key, worker: deps.worker, lease_ms: LEASE_MS },
      (lost) =>
        goOn(deps, {
          is_deep,
          options,
          report,
          mustStop: () =>
            lost.aborted ||
            deps.signal?.aborted === true ||
            performance.now() >= ends_at_ms,
        })
    )
    if (!leased.ran) report.is_busy = true
  }
  return report
}

type Going = {
  is_deep: boolean
  options: ReconcileOptions
  report: ReconcileReport
  mustStop: () => boolean
}

async function goOn(deps: RunnerDeps, going: Going): Promise<void> {
  const { books } = deps
  const { is_deep, options, report, mustStop } = going
  const goOnWith = async (run: Run | null): Promise<void> => {
    if (!run) return
    const { policy = {} } = options
    const reconciliation = new Reconciliation(deps, run, { policy, mustStop })
    await asRun(deps, "masspay.reconcile", () => reconciliation.run())
    if (reconciliation.ended) report.ended.push(reconciliation.ended)
  }
  await goOnWith(await runningRun(books, { is_deep }))
  if (!mustStop() && !(await runningRun(books, { is_deep }))) {
    await goOnWith(await beginDue(deps, going))
  }
  report.is_busy ||= (await runningRun(books, { is_deep })) !== null
}

async function beginDue(
  { books }: RunnerDeps,
  { is_deep, options }: Going
): Promise<Run | null> {
  const due = await dueRuns(books, options.every ?? EVERY, {
    retry_ms: RETRY_MS,
  })
  const kind = due.find((one: RunKind) => (one === "deep") === is_deep)
  return kind ? beginRun(books, kind) : null
}
