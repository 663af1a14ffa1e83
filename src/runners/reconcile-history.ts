import {
  noteProgress,
  type Run,
} from "../modules/masspay/queries/reconcile-runs"
import { stageTransactions } from "../modules/masspay/queries/remote-transactions"
import { databaseNow } from "../modules/masspay/queries/settlements"
import type { HistoryPage, Wire } from "../modules/masspay-gateway/types"
import type { RunnerDeps } from "./deps"

/** Kept at once: enough that the database is asked seldom, few enough that nothing piles up. */
const PAGES_AT_ONCE = 5
/** More rows than any window of ours has: MassPay's history does not end. */
const PAGES_MAX = 100_000
/** Steps of full pages in a row that bring nothing new: the page number is not listened to. */
const STALE_STEPS_MAX = 3

export class HistoryUnendingError extends Error {
  readonly code = "history_does_not_end"
  constructor() {
    super("MassPay's history gives the same rows again and again")
    this.name = "HistoryUnendingError"
  }
}

type Reading = { from_date: string; to_date: string }

/**
 * Reads a run's window from its next page to the end, and keeps what it reads by
 * token; each step stands with the page it leads to, so that whoever goes on
 * after a crash reads at most one step again. Then reads the first pages once
 * more for as long as they bring anything new, because new rows push others to
 * pages that were read already.
 *
 * Returns false when it was told to stop. Throws a `GatewayError` when MassPay
 * does not answer, and `HistoryUnendingError`; what was read by then stays.
 */
export async function readHistory(
  { books, wire, failpoint }: RunnerDeps,
  {
    run,
    reading,
    mustStop,
  }: { run: Run; reading: Reading; mustStop: () => boolean }
): Promise<boolean> {
  let page = run.next_page
  let stale = 0
  const begin = async (from: number): Promise<Step & { read_at: Date }> => {
    // Before the requests: what they show is never newer than this.
    const read_at = await databaseNow(books)
    return { ...(await readStep(wire, { reading, page: from })), read_at }
  }
  for (let coming: ReturnType<typeof begin> | null = begin(page); coming;) {
    const step: Step & { read_at: Date } = await coming
    if (mustStop()) return false
    page += step.pages
    // MassPay is asked while the database writes.
    coming = step.is_last ? null : begin(page)
    coming?.catch(() => undefined)
    const staged = await books.tx(async (sql) => {
      const kept = await stageTransactions(sql, {
        told: step.told,
        read_at: step.read_at,
        run_id: run.id,
      })
      await noteProgress(sql, run.id, {
        next_page: page,
        pages: step.pages,
        requests: step.pages,
        rows: kept.rows - kept.seen_before,
      })
      return kept
    })
    await failpoint?.("reconcile.staged")
    stale = staged.rows === staged.seen_before ? stale + 1 : 0
    if (coming && (stale >= STALE_STEPS_MAX || page > PAGES_MAX)) {
      throw new HistoryUnendingError()
    }
  }
  return readFirstPagesAgain({ books, wire }, { run, reading, mustStop })
}

async function readFirstPagesAgain(
  { books, wire }: Pick<RunnerDeps, "books" | "wire">,
  {
    run,
    reading,
    mustStop,
  }: { run: Run; reading: Reading; mustStop: () => boolean }
): Promise<boolean> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    if (mustStop()) return false
    const read_at = await databaseNow(books)
    const { transactions, is_last } = await wire.readHistoryPage({
      ...reading,
      page,
    })
    const staged = await stageTransactions(books, {
      told: transactions,
      read_at,
      run_id: run.id,
    })
    const added = staged.rows - staged.seen_before
    await noteProgress(books, run.id, { pages: 1, requests: 1, rows: added })
    if (is_last || added === 0) return true
  }
  throw new HistoryUnendingError()
}

type Step = {
  told: HistoryPage["transactions"]
  pages: number
  is_last: boolean
}

async function readStep(
  wire: Wire,
  { reading, page }: { reading: Reading; page: number }
): Promise<Step> {
  const told: HistoryPage["transactions"] = []
  for (let pages = 1; ; pages += 1) {
    const read = await wire.readHistoryPage({
      ...reading,
      page: page + pages - 1,
    })
    told.push(...read.transactions)
    if (read.is_last || pages === PAGES_AT_ONCE) {
      return { told, pages, is_last: read.is_last }
    }
  }
}
