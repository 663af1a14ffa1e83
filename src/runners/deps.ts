import type { ApprovalPolicy } from "../domain/collect"
import type { DirectPolicy } from "../domain/quotes"
import type { LinkVault } from "../link-vault"
import type { Db } from "../modules/masspay/queries/db"
import type { Wire } from "../modules/masspay-gateway/types"
import type { Telemetry } from "../telemetry"
import type { Log } from "./log"
import type { Traffic } from "./traffic"

/** Bounds of the loops. They are related on purpose: see `limitsFor`. */
export type RunnerLimits = {
  /** Requests that may be on the wire at once, per process. */
  in_flight: number
  /** Total budget of one request. */
  deadline_ms: number
  /** How long a claimed payout is this worker's. */
  lease_ms: number
  /** After this many claims a run ends and the next one goes on. */
  batches_per_run: number
  /** Rows per claim of the look-ups, of the reaper and of the outbox. */
  batch_size: number
}

/**
 * Half of a lease is left to send in, and a request that left in time has
 * ended before the lease has: hence three deadlines at least.
 */
export function limitsFor({
  in_flight,
  deadline_ms,
}: {
  in_flight: number
  deadline_ms: number
}): RunnerLimits {
  return {
    in_flight,
    deadline_ms,
    lease_ms: 4 * deadline_ms,
    batches_per_run: 200,
    batch_size: 100,
  }
}

/** The rate, the circuit and the retry budget, as the loops see them. */
export type RunnerTraffic = Pick<
  Traffic,
  "admit" | "giveBack" | "mayRetry" | "couldRetry"
> & {
  /** Asks MassPay whether it works again, where it is this process's turn. Never throws. */
  probe(): Promise<void>
}

/** What every runner needs. No clock: the books keep the time. */
export type RunnerDeps = {
  books: Db
  wire: Wire
  log: Log
  /** Names this process and this run in leases and attempts. */
  worker: string
  limits: RunnerLimits
  /** What is not sent without an operator's approval. Without: everything is. */
  approval?: ApprovalPolicy
  /** How direct payouts are quoted. Without: `DEFAULT_DIRECT`. */
  direct?: DirectPolicy
  /** Keeps upload links at rest. Without, or without a key, only their hosts are kept. */
  links?: LinkVault
  /** Without, nothing is held back: tests of other things. */
  traffic?: RunnerTraffic
  /** The shop's own monitoring. Without, nobody listens. */
  telemetry?: Telemetry
  /** Tests end the process at a named point. */
  failpoint?: (name: FailpointName) => void | Promise<void>
  /** In [0, 1): spreads retries. */
  random?: () => number
  /** Once aborted, nothing new is begun; what has begun is ended. */
  signal?: AbortSignal
  /** Milliseconds that only move forward. */
  monotonic_ms?: () => number
}

/** The moments at which a process may die and nothing may be lost or doubled. */
export const FAILPOINTS = [
  "dispatch.claiming",
  "dispatch.claimed",
  "dispatch.quoting",
  "dispatch.quoted",
  "dispatch.committing",
  "dispatch.commit_claimed",
  "dispatch.sending",
  "dispatch.answered",
  "dispatch.recording",
  "dispatch.recorded",
  "take_back.claiming",
  "take_back.claimed",
  "take_back.sending",
  "take_back.answered",
  "take_back.recording",
  "take_back.recorded",
  "resolve.reaping",
  "resolve.reaped",
  "resolve.looked_up",
  "resolve.applying",
  "resolve.applied",
  "adopt.listed",
  "adopt.adopted",
  "adopt.finishing",
  "adopt.finished",
  "link.created",
  "clawback.written",
  "collect.collected",
  "outbox.published",
  "reconcile.staged",
  "reconcile.compared",
  "reconcile.inspected",
  "reconcile.finishing",
  "webhooks.claimed",
  "webhooks.looked_up",
  "webhooks.applying",
  "webhooks.applied",
] as const
export type FailpointName = (typeof FAILPOINTS)[number]
