import { LOOKUP_DELAYS_MS } from "./lookup-timing"
import type { BlockReason, PayoutEvent, PayoutStatus } from "./payout-status"

/**
 * What MassPay says about a load or payout. `ERROR`: it ended, and does not tell
 * where the money is. `REVERSED` and `PARTLY_REVERSED` are ours: a completed
 * payout of whose reversals MassPay lists the whole amount, or a part.
 * `UNRECOGNISED`: a word we do not know.
 */
export const REMOTE_STATUSES = [
  "COMPLETED",
  "SCHEDULED",
  "PROCESSING",
  "HOLD",
  "READY_FOR_PICKUP",
  "CANCELLED",
  "REVERSED",
  "PARTLY_REVERSED",
  "ERROR",
  "UNRECOGNISED",
] as const
export type RemoteStatus = (typeof REMOTE_STATUSES)[number]

/** Whether the money is not with the payee, all of it: it never got there, or it came back. */
export function isBack(status: RemoteStatus): boolean {
  return status === "CANCELLED" || status === "REVERSED"
}

/** What became of one attempt. */
export type AttemptOutcome =
  | { kind: "answered"; status: RemoteStatus }
  | {
      kind: "failed"
      /** `retry`: certainly not executed; `stop`: the same, and repeating cannot help; `lookup`: not proven. */
      disposition: "retry" | "lookup" | "stop"
      /** Stable code of the failure. */
      code: string
      block?: BlockReason
      /** The key may be tied to this answer at MassPay: never send it again. */
      burns_key: boolean
      retry_after_ms?: number
    }
  /** Our own fence kept it from the wire. */
  | { kind: "not_sent" }

export type AfterAttemptInput = {
  outcome: AttemptOutcome
  /** Whether any older attempt of the operation has no proof yet. */
  otherAttemptsUnproven: boolean
  /** Attempts in a row including this one; grows the pause. At least 1. */
  attemptCount: number
  /** Earlier refusals of this operation for reason `config`. */
  configRefusals?: number
  /** 0 up to 1, spreads retries; a half when not given. */
  jitter?: number
  lookup_delays_ms?: readonly number[]
}

export type AfterAttempt = {
  to: PayoutStatus
  event: PayoutEvent
  block_reason?: BlockReason
  review_reason?: "config_refused_repeatedly"
  /** About this attempt only. `null`: not proven. */
  attempt_proof: "executed" | "not_executed" | null
  burn_key: boolean
  /** Nothing may be sent for this payout before a look-up. */
  needs_lookup: boolean
  /** Until the payout is looked at again. */
  delay_ms: number
}

const BACKOFF_FIRST_MS = 2_000
/** However long MassPay is in trouble, or asks us to wait, we ask again by then. */
const PAUSE_MAX_MS = 15 * 60_000
/** How often a blocked payout is considered again; the cause may be gone. */
const BLOCKED_PAUSE_MS = 10 * 60_000
const CONFIG_REFUSALS_MAX = 3
const THROTTLED = /throttled/

/**
 * What one attempt means for its payout. Proof is per attempt: as long as an
 * older attempt may have moved the money, nothing that is known about this one
 * leads anywhere but to a look-up, except MassPay's word that the load exists.
 * Whatever no rule names is not proven.
 */
export function decideAfterAttempt(input: AfterAttemptInput): AfterAttempt {
  const { outcome } = input
  switch (outcome.kind) {
    case "answered":
      return afterAnswer(outcome.status, input)
    case "not_sent":
      return afterNothingHappened(input, { event: "not_sent", delay_ms: 0 })
    case "failed":
      return afterFailure(outcome, input)
  }
}

function afterAnswer(
  status: RemoteStatus,
  input: AfterAttemptInput
): AfterAttempt {
  switch (status) {
    case "COMPLETED":
      return exists("completed", 0)
    case "SCHEDULED":
    case "PROCESSING":
    case "HOLD":
    case "READY_FOR_PICKUP":
      return exists("accepted", firstLookupDelay(input))
    case "CANCELLED":
      // The answer says no money moved, but only a look-up may conclude it.
      return {
        ...unproven(input),
        event: "answered_cancelled",
        burn_key: true,
        delay_ms: 0,
      }
    // No answer to a send: these are read from lists alone.
    case "REVERSED":
    case "PARTLY_REVERSED":
    case "ERROR":
    case "UNRECOGNISED":
      return unproven(input)
    default:
      return unrecognised(status, input)
  }
}

function afterFailure(
  failure: Extract<AttemptOutcome, { kind: "failed" }>,
  input: AfterAttemptInput
): AfterAttempt {
  const asked_ms = Math.min(failure.retry_after_ms ?? 0, PAUSE_MAX_MS)
  const { burns_key: burn_key } = failure
  switch (failure.disposition) {
    case "retry": {
      const event = THROTTLED.test(failure.code) ? "throttled" : "not_sent"
      const delay_ms = Math.max(asked_ms, backoff(input))
      return { ...afterNothingHappened(input, { event, delay_ms }), burn_key }
    }
    case "lookup": {
      const decision = unproven(input)
      const delay_ms = Math.max(asked_ms, decision.delay_ms)
      return { ...decision, burn_key, delay_ms }
    }
    case "stop":
      return {
        ...afterRefusal(failure.block ?? "config", input, burn_key),
        burn_key,
      }
    default:
      return unrecognised(failure.disposition, input)
  }
}

/** Proven not executed, and worth repeating with the same key. */
function afterNothingHappened(
  input: AfterAttemptInput,
  move: { event: "not_sent" | "throttled"; delay_ms: number }
): AfterAttempt {
  if (input.otherAttemptsUnproven) {
    return { ...unproven(input), attempt_proof: "not_executed" }
  }
  return {
    to: "ready",
    ...move,
    attempt_proof: "not_executed",
    burn_key: false,
    needs_lookup: false,
  }
}

/** Proven not executed, and repeating cannot help before something changes. */
function afterRefusal(
  block_reason: BlockReason,
  input: AfterAttemptInput,
  burns_key: boolean
): AfterAttempt {
  if (input.otherAttemptsUnproven) {
    return { ...unproven(input), attempt_proof: "not_executed" }
  }
  const refused = {
    attempt_proof: "not_executed",
    burn_key: burns_key,
    needs_lookup: true,
    delay_ms: BLOCKED_PAUSE_MS,
  } as const
  // A refusal that burns no key (a redirect) is the network's, not the request's.
  const refusals = (input.configRefusals ?? 0) + 1
  const isHopeless =
    block_reason === "config" && burns_key && refusals >= CONFIG_REFUSALS_MAX
  return isHopeless
    ? {
        to: "needs_review",
        event: "parked",
        review_reason: "config_refused_repeatedly",
        ...refused,
      }
    : { to: "blocked", event: "refused", block_reason, ...refused }
}

function exists(to: "completed" | "accepted", delay_ms: number): AfterAttempt {
  return {
    to,
    event: to,
    attempt_proof: "executed",
    burn_key: false,
    needs_lookup: false,
    delay_ms,
  }
}

function unproven(input: AfterAttemptInput): AfterAttempt {
  return {
    to: "unknown",
    event: "outcome_unknown",
    attempt_proof: null,
    burn_key: false,
    needs_lookup: true,
    delay_ms: firstLookupDelay(input),
  }
}

/** Unreachable for typed callers; a word from elsewhere proves nothing. */
function unrecognised(_word: never, input: AfterAttemptInput): AfterAttempt {
  return unproven(input)
}

function firstLookupDelay(input: AfterAttemptInput): number {
  return (input.lookup_delays_ms ?? LOOKUP_DELAYS_MS)[0] ?? 0
}

/**
 * Anywhere up to a bound that doubles from try to try: those who failed
 * together do not come back together.
 */
function backoff({ attemptCount, jitter = 0.5 }: AfterAttemptInput): number {
  const doublings = Math.min(Math.max(attemptCount - 1, 0), 30)
  const bound_ms = Math.min(BACKOFF_FIRST_MS * 2 ** doublings, PAUSE_MAX_MS)
  return Math.round(bound_ms * jitter)
}
