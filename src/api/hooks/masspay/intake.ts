import { performance } from "node:perf_hooks"

import type { Sql } from "../../../modules/masspay/queries/db"
import {
  storeWebhook,
  storeWebhookWithin,
  type WebhookToStore,
} from "../../../modules/masspay/queries/webhook-inbox"
import type { Log } from "../../../runners/log"

/** What one process takes, so that a flood ends at the door and not in the database. */
export type IntakeLimits = {
  /** Inserts at the same time. */
  concurrent: number
  /** New messages in a minute, repeats included. */
  per_minute: number
  /** Of those, old ones, which are only hints. */
  stale_per_minute: number
  /** Messages that may wait to be looked at. */
  backlog: number
}

const LIMITS: IntakeLimits = {
  concurrent: 128,
  per_minute: 120_000,
  stale_per_minute: 600,
  backlog: 100_000,
}

/** How often a process counts what waits. */
const COUNT_EVERY_MS = 1_000
const MINUTE_MS = 60_000

export type TakenIn =
  | { did: "stored" | "known" }
  /** Nothing was written. Whoever sent it is to send it again. */
  | { did: "shed"; why: "busy" | "too_many" | "too_many_stale" | "backlog" }
  | { did: "failed"; error: unknown }

/** Stores genuine messages, or says that it does not. One per process. */
export type Intake = (event: WebhookToStore) => Promise<TakenIn>

/** One query at most for each message; never throws. */
export function createIntake(
  sql: Sql,
  {
    limits = {},
    store_within_ms = 5_000,
    now_ms = () => performance.now(),
  }: {
    limits?: Partial<IntakeLimits>
    store_within_ms?: number
    now_ms?: () => number
  } = {}
): Intake {
  const { concurrent, per_minute, stale_per_minute, backlog } = {
    ...LIMITS,
    ...limits,
  }
  let storing = 0
  let counted_at_ms = -Infinity
  const all = perMinute(per_minute, now_ms)
  const stale = perMinute(stale_per_minute, now_ms)
  let isFull = false

  async function store(event: WebhookToStore): Promise<TakenIn> {
    const isTimeToCount = now_ms() - counted_at_ms >= COUNT_EVERY_MS
    if (!isTimeToCount) {
      if (isFull) return { did: "shed", why: "backlog" }
      return { did: (await storeWebhook(sql, event)) ? "stored" : "known" }
    }
    // Before the wait, so that one message in a second counts and not each.
    counted_at_ms = now_ms()
    const stored = await storeWebhookWithin(sql, event, {
      backlog_limit: backlog,
    })
    isFull = stored.is_full
    if (isFull) return { did: "shed", why: "backlog" }
    return { did: stored.is_new ? "stored" : "known" }
  }

  /** A database that does not answer is not waited for: the sender has a deadline of its own. */
  async function storeInTime(event: WebhookToStore): Promise<TakenIn> {
    storing += 1
    const stored = store(event)
      .catch((error: unknown): TakenIn => ({ did: "failed", error }))
      .finally(() => {
        // Not before: what does not end takes up room.
        storing -= 1
      })
    return within(store_within_ms, stored)
  }

  return async (event) => {
    if (storing >= concurrent) return { did: "shed", why: "busy" }
    if (event.is_stale && !stale()) {
      return { did: "shed", why: "too_many_stale" }
    }
    if (!all()) return { did: "shed", why: "too_many" }
    return storeInTime(event)
  }
}

async function within(
  limit_ms: number,
  stored: Promise<TakenIn>
): Promise<TakenIn> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<TakenIn>((resolve) => {
    timer = setTimeout(
      () => resolve({ did: "failed", error: new Error("Not stored in time") }),
      limit_ms
    )
  })
  try {
    return await Promise.race([stored, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Whether one more fits into this minute. */
function perMinute(limit: number, now_ms: () => number): () => boolean {
  let began_ms = -Infinity
  let count = 0
  return () => {
    if (now_ms() - began_ms >= MINUTE_MS) {
      began_ms = now_ms()
      count = 0
    }
    count += 1
    return count <= limit
  }
}

/** Counts verdicts, and says them once in a while: a flood of forgeries must not become one of log lines. */
export function createTally(
  log: Log,
  { every_ms = 10_000, now_ms = () => performance.now() } = {}
): (verdict: string) => void {
  const counts = new Map<string, number>()
  let told_at_ms = -Infinity
  return (verdict) => {
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    if (now_ms() - told_at_ms < every_ms) return
    told_at_ms = now_ms()
    const isRefused = [...counts.keys()].some((name) => !GOOD.includes(name))
    const line = Object.fromEntries(counts)
    counts.clear()
    if (isRefused) log.warn("webhook.received", line)
    else log.info("webhook.received", line)
  }
}

const GOOD = ["stored", "known", "self_test"]
