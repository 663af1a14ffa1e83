import {
  COALESCE_MS,
  SECOND_LOOK_MS,
  type WebhookReason,
} from "../domain/webhooks"
import type { ResolvePolicy } from "../modules/masspay/queries/resolve-apply"
import { purgeWebhooks } from "../modules/masspay/queries/webhook-inbox"
import { routeWebhooks } from "../modules/masspay/queries/webhook-route"
import {
  claimWebhookObjects,
  finishWebhookObject,
  type ObjectOutcome,
  type ObjectToLookUp,
} from "../modules/masspay/queries/webhook-work"
import { asRun } from "./as-run"
import type { RunnerDeps } from "./deps"
import { errorFields } from "./log"
import type { SourceTokens } from "./refresh-funding"
import { type ReadObject, readObject } from "./webhook-objects"

export type WebhookOptions = {
  policy?: Partial<ResolvePolicy>
  source_tokens?: SourceTokens
  /** At most one look-up of the same object in this time. Tests shorten it. */
  coalesce_ms?: number
  second_look_ms?: number
}

type WebhookReport = {
  /** Messages that were sorted. */
  routed: number
  /** Objects that MassPay was asked about. */
  looked_up: number
  unanswered: number
  applied: number
  /** Messages that claimed something else than MassPay says. */
  differing: number
  dead: number
}

const ROUTED_PER_BATCH = 500
/** Requests for one object: her loads, which may need the history too, and her spendbacks. */
const REQUESTS_PER_OBJECT = 4
const PURGED_PER_RUN = 1_000

/**
 * Goes and looks because MassPay said that something changed. A message never
 * decides anything: what it names is read afresh, once for however many messages
 * name it, and what is read is applied by the ordinary moves. Ends when nothing
 * is due, or after a bounded number of claims. Safe in any number of processes
 * at once, and when killed anywhere: what was not finished is done again.
 */
export async function applyWebhooks(
  deps: RunnerDeps,
  options: WebhookOptions = {}
): Promise<WebhookReport> {
  return asRun(deps, "masspay.apply_webhooks", () => applyDue(deps, options))
}

async function applyDue(
  deps: RunnerDeps,
  options: WebhookOptions
): Promise<WebhookReport> {
  const run = new WebhookRun(deps, options)
  await run.route()
  for (let batch = 0; batch < deps.limits.batches_per_run; batch += 1) {
    if (deps.signal?.aborted) break
    const asked = await run.lookUpSome()
    if (asked === 0) break
  }
  return run.report
}

/** Forgets old messages: some at a time, so that no run is long. Returns how many. */
export async function forgetOldWebhooks(
  { books, log }: Pick<RunnerDeps, "books" | "log">,
  { days }: { days: number }
): Promise<number> {
  const purged = await purgeWebhooks(books, { days, limit: PURGED_PER_RUN })
  if (purged > 0) log.info("webhook.purged", { purged })
  return purged
}

class WebhookRun {
  readonly report: WebhookReport = {
    routed: 0,
    looked_up: 0,
    unanswered: 0,
    applied: 0,
    differing: 0,
    dead: 0,
  }
  private readonly coalesce_ms: number
  private readonly second_look_ms: number
  private readonly read: ReadObject

  constructor(
    private readonly deps: RunnerDeps,
    {
      coalesce_ms = COALESCE_MS,
      second_look_ms = SECOND_LOOK_MS,
      ...rest
    }: WebhookOptions
  ) {
    this.coalesce_ms = coalesce_ms
    this.second_look_ms = second_look_ms
    this.read = readObject(deps, rest)
  }

  async route(): Promise<void> {
    const { books, limits, log, signal } = this.deps
    for (let batch = 0; batch < limits.batches_per_run; batch += 1) {
      if (signal?.aborted) return
      const { seen, reasons, unknown_operations } = await routeWebhooks(books, {
        limit: ROUTED_PER_BATCH,
        coalesce_ms: this.coalesce_ms,
      })
      this.report.routed += seen
      for (const [reason, count] of Object.entries(reasons)) {
        log.info(...routedLine(reason as WebhookReason, count))
      }
      for (const webhook_id of unknown_operations) {
        log.error("webhook.unknown_operation", { webhook_id })
      }
      if (seen < ROUTED_PER_BATCH) return
    }
  }

  /** As many at once as MassPay may be asked now. Returns how many. */
  async lookUpSome(): Promise<number> {
    const { books, worker, limits } = this.deps
    if (!(await this.mayAsk())) return 0
    const objects = await claimWebhookObjects(books, {
      worker,
      limit: limits.in_flight,
      lease_ms: REQUESTS_PER_OBJECT * limits.in_flight * limits.deadline_ms,
    })
    await this.deps.failpoint?.("webhooks.claimed")
    await Promise.all(objects.map((object) => this.lookUp(object)))
    return objects.length
  }

  /** While MassPay is not to be asked, nothing is tried and nothing is written. */
  private async mayAsk(): Promise<boolean> {
    const { traffic } = this.deps
    if (!traffic) return true
    await traffic.probe()
    const admitted = await traffic.admit(1, "lookup")
    traffic.giveBack(admitted, "lookup")
    return admitted > 0
  }

  /** Never throws: one object's trouble is not the next one's. */
  private async lookUp(object: ObjectToLookUp): Promise<void> {
    const { log, failpoint } = this.deps
    try {
      const outcome = await this.read(object)
      await failpoint?.("webhooks.applied")
      await this.finish(object.key, outcome)
    } catch (error) {
      // Its lease ends, and it is looked up again.
      log.error("webhook.failed", errorFields(error))
    }
  }

  private async finish(key: string, outcome: ObjectOutcome): Promise<void> {
    const { books, worker, log } = this.deps
    const finished = await finishWebhookObject(books, {
      worker,
      key,
      outcome,
      coalesce_ms: this.coalesce_ms,
      second_look_ms: this.second_look_ms,
    })
    this.report.looked_up += 1
    if (outcome.did === "unanswered") this.report.unanswered += 1
    if (!finished) return
    this.report.applied += finished.applied
    this.report.dead += finished.dead
    this.report.differing += finished.differing.length
    for (const { id, said, truth } of finished.differing) {
      log.warn("webhook.differs", { webhook_id: id, said, truth })
    }
    if (finished.dead > 0) log.error("webhook.dead", { count: finished.dead })
  }
}

function routedLine(
  reason: WebhookReason,
  count: number
): [string, { reason: string; count: number }] {
  return ["webhook.sorted", { reason, count }]
}
