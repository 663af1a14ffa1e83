import type { MedusaContainer } from "@medusajs/framework/types"

import { failureFields } from "../failure"
import { type Kernel, kernelFrom } from "../kernel"
import { withLease } from "../modules/masspay/queries/leases"
import { databaseNow } from "../modules/masspay/queries/settlements"
import { settleTogether } from "../workflows/settlement/settle-together"
import {
  masspaySettleOrderWorkflow,
  tellSettled,
} from "../workflows/settlement/workflows/settle-order"
import { asJob } from "./job-run"
import { readProgress, saveProgress, type Walk } from "./progress"
import { refreshContacts } from "./refresh-contacts"
import { readPage, type Source, SOURCES } from "./sources"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const PAGE_SIZE = 100
const LEASE_MS = 2 * MINUTE_MS
/** Then the run ends and the next one goes on where it stopped. */
const RUN_MS_MAX = 4 * MINUTE_MS
/** Longer than a transaction of the shop may stay open after it took its time stamp. */
const OVERLAP_MS = 10 * MINUTE_MS
const RESCAN_AGE_MS = 90 * DAY_MS
const RESCAN_EVERY_MS = DAY_MS
/** More failures than this are found by the daily rescan. */
const FAILED_MAX = 500

const SWEEP_KEY = "watermark:sweep"
const RESCAN_KEY = "watermark:rescan"

type SweepReport = {
  settled: number
  failed: number
  /** False when the run ended early, and the next one goes on. */
  drained: boolean
}

/**
 * Settles every order that changed since the last sweep, and once a day every
 * order of the last 90 days. Needs no event: what a subscriber missed is found
 * here. Keeps its place after each page; one process at a time does the work,
 * and a second one would only do it again.
 *
 * Returns `null` when another process is at it.
 */
export async function sweepOrders(
  container: MedusaContainer
): Promise<SweepReport | null> {
  const kernel = await kernelFrom(container)
  // Asked once: without an adapter every single order would fail alike.
  await kernel.adapter()
  const run = await withLease(
    kernel.books,
    { key: "sweep", worker: kernel.worker, lease_ms: LEASE_MS },
    (lost) =>
      asJob(kernel, "masspay-sweep-orders", () =>
        new Sweep(kernel, container, lost).run()
      )
  )
  if (!run.ran) return null
  kernel.nudgeOutbox()
  return run.result
}

type WalkPlan = {
  key: string
  sources: readonly Source[]
  filtersOf(walk: Walk): Record<string, unknown>
}

const SWEEP: WalkPlan = {
  key: SWEEP_KEY,
  sources: SOURCES,
  filtersOf: ({ since }) => ({ updated_at: { $gte: new Date(since) } }),
}
const RESCAN: WalkPlan = {
  key: RESCAN_KEY,
  sources: SOURCES.filter(({ entity }) => entity === "order"),
  filtersOf: ({ since }) => ({ created_at: { $gte: new Date(since) } }),
}

class Sweep {
  private readonly report: SweepReport = {
    settled: 0,
    failed: 0,
    drained: false,
  }
  private readonly ends_at_ms = performance.now() + RUN_MS_MAX
  /** An order that changes after it was settled here is found by the next sweep. */
  private readonly seen = new Set<string>()

  constructor(
    private readonly kernel: Kernel,
    private readonly container: MedusaContainer,
    private readonly lost: AbortSignal
  ) {}

  async run(): Promise<SweepReport> {
    const now = await databaseNow(this.kernel.books)
    await refreshContacts(this.kernel, this.container, this.lost)
    this.report.drained =
      (await this.walk(SWEEP, await this.sweepFrom(now))) &&
      (await this.walk(RESCAN, await this.rescanFrom(now)))
    return this.report
  }

  /** The first sweep of all looks as far back as the daily rescan does. */
  private async sweepFrom(now: Date): Promise<Walk> {
    const { watermark, walk } = await readProgress(this.kernel.books, SWEEP_KEY)
    if (walk) return walk
    const since = watermark
      ? new Date(watermark).getTime() - OVERLAP_MS
      : now.getTime() - RESCAN_AGE_MS
    return beginning(new Date(since), now)
  }

  private async rescanFrom(now: Date): Promise<Walk | null> {
    const { watermark, walk } = await readProgress(
      this.kernel.books,
      RESCAN_KEY
    )
    if (walk) return walk
    const last = watermark ? new Date(watermark).getTime() : 0
    if (now.getTime() - last < RESCAN_EVERY_MS) return null
    return beginning(new Date(now.getTime() - RESCAN_AGE_MS), now)
  }

  /** True when the walk came to its end. */
  private async walk(plan: WalkPlan, start: Walk | null): Promise<boolean> {
    if (!start) return true

    const { books } = this.kernel
    const progress = await readProgress(books, plan.key)
    const failed = new Set(await this.settleAll(progress.failed))
    let walk = start
    for (;;) {
      if (this.mustEnd()) return false
      const source = plan.sources[walk.source]
      if (!source) break
      const page = await readPage(this.container, source, {
        filters: plan.filtersOf(walk),
        after: walk.after,
        limit: PAGE_SIZE,
      })
      for (const id of await this.settleAll(page.order_ids)) failed.add(id)
      if (this.lost.aborted) return false
      walk = page.next_after
        ? { ...walk, after: page.next_after }
        : { ...walk, source: walk.source + 1, after: null }
      await saveProgress(books, plan.key, {
        ...progress,
        walk,
        failed: [...failed].slice(0, FAILED_MAX),
      })
    }
    await saveProgress(books, plan.key, {
      watermark: walk.began_at,
      walk: null,
      failed: [...failed].slice(0, FAILED_MAX),
    })
    return true
  }

  /**
   * Returns the orders that could not be settled. They are settled together
   * first, and alone where that was not possible: one bad order never stops
   * the others.
   */
  private async settleAll(order_ids: readonly string[]): Promise<string[]> {
    const unseen = order_ids.filter((order_id) => !this.seen.has(order_id))
    const failed: string[] = []
    for (let from = 0; from < unseen.length; from += PAGE_SIZE) {
      if (this.lost.aborted) break
      const page = unseen.slice(from, from + PAGE_SIZE)
      failed.push(...(await this.settlePage(page)))
    }
    return failed
  }

  private async settlePage(order_ids: readonly string[]): Promise<string[]> {
    const failed: string[] = []
    const together = await settleTogether(
      this.kernel,
      this.container,
      order_ids
    )
    for (const order_id of order_ids) {
      const settled = together.get(order_id)
      if (this.lost.aborted && !settled) break
      this.seen.add(order_id)
      try {
        if (settled) await tellSettled(this.container, { order_id, settled })
        else await this.settleAlone(order_id)
        this.report.settled += 1
      } catch (error) {
        failed.push(order_id)
        this.report.failed += 1
        this.kernel.log.warn("order.not_settled", {
          topic: "sweep",
          order_id,
          ...failureFields(error),
        })
      }
    }
    return failed
  }

  private async settleAlone(order_id: string): Promise<void> {
    await masspaySettleOrderWorkflow(this.container).run({
      input: { order_id },
    })
  }

  private mustEnd(): boolean {
    return (
      this.lost.aborted ||
      this.kernel.signal?.aborted === true ||
      performance.now() >= this.ends_at_ms
    )
  }
}

function beginning(since: Date, now: Date): Walk {
  return {
    since: since.toISOString(),
    began_at: now.toISOString(),
    source: 0,
    after: null,
  }
}
