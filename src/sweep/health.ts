import { healthReasons, type HealthStatus } from "../domain/health"
import { readCircuit } from "../modules/masspay/queries/circuit"
import { dispatchStopped } from "../modules/masspay/queries/control"
import { identityState } from "../modules/masspay/queries/database-identity"
import type { Db } from "../modules/masspay/queries/db"
import { isoOrNull } from "../modules/masspay/queries/dto"
import {
  currentRate,
  healthFacts,
  readBacklogs,
} from "../modules/masspay/queries/health"
import { lastInvariantResults } from "../modules/masspay/queries/invariant-results"
import { jobRuns } from "../modules/masspay/queries/job-runs"
import { databaseNow } from "../modules/masspay/queries/settlements"
import type { MasspayOptions } from "../options"
import type { AdminHealth } from "../types/http-health"
import { jobIntervals } from "./alarm-policy"
import { circuitOf, jobsOf } from "./overview"

/** So long an answer is given from memory: whoever asks often costs nothing. */
const KEPT_MS = 2_000
/** A database that does not answer is down for whoever asks, and not waited for. */
const ANSWER_WITHIN_MS = 1_000

type Kept = { status: HealthStatus; at_ms: number }

/**
 * Whether payouts work, for anybody who asks: one look at a few rows, shared by
 * all who ask meanwhile, and never MassPay. Never throws; books that do not
 * answer are `down`.
 */
export function createHealth(
  db: Db,
  {
    kept_ms = KEPT_MS,
    within_ms = ANSWER_WITHIN_MS,
    now_ms = () => performance.now(),
  }: { kept_ms?: number; within_ms?: number; now_ms?: () => number } = {}
): () => Promise<HealthStatus> {
  let kept: Kept | null = null
  let looking: Promise<HealthStatus> | null = null

  async function look(): Promise<HealthStatus> {
    const status = await within(
      within_ms,
      healthFacts(db).then(
        (facts) => (healthReasons(facts).length === 0 ? "ok" : "degraded"),
        () => "down" as const
      )
    )
    kept = { status, at_ms: now_ms() }
    return status
  }

  return async () => {
    if (kept && now_ms() - kept.at_ms < kept_ms) return kept.status
    looking ??= look().finally(() => {
      looking = null
    })
    return looking
  }
}

async function within(
  limit_ms: number,
  looked: Promise<HealthStatus>
): Promise<HealthStatus> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<HealthStatus>((resolve) => {
    timer = setTimeout(() => {
      resolve("down")
    }, limit_ms)
  })
  try {
    return await Promise.race([looked, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The same with everything that it is judged by, for operators. Throws what the database throws. */
export async function readHealth(
  db: Db,
  options: MasspayOptions
): Promise<AdminHealth> {
  const [
    now,
    facts,
    circuit,
    rate,
    stop,
    identity,
    backlogs,
    runs,
    invariants,
  ] = await Promise.all([
    databaseNow(db),
    healthFacts(db),
    readCircuit(db),
    currentRate(db),
    dispatchStopped(db),
    identityState(db),
    readBacklogs(db),
    jobRuns(db),
    lastInvariantResults(db),
  ])
  const reasons = healthReasons(facts)
  const max_per_second = options.limits.requestsPerSecond
  const { payees_left, ...waiting } = backlogs
  return {
    status: reasons.length === 0 ? "ok" : "degraded",
    reasons,
    as_of: now.toISOString(),
    circuit: circuitOf(circuit),
    rate: {
      per_second: Math.min(rate.rate ?? max_per_second, max_per_second),
      max_per_second,
      paused_until: isoOrNull(rate.paused_until),
    },
    dispatch: {
      stopped: stop !== null,
      reason: stop?.reason ?? null,
      since: stop?.at ?? null,
    },
    restore: {
      waiting_since: identity?.state === "changed" ? identity.noticed_at : null,
      payees_left,
    },
    ...waiting,
    jobs: jobsOf(runs, { now, intervals: jobIntervals(options) }),
    invariants: {
      checked_at: invariants?.checked_at ?? null,
      results: invariants?.results ?? [],
    },
  }
}
