import type { PayoutEvent } from "../../domain/payout-status"
import type {
  AdminPayoutAttempt,
  AdminPayoutDetail,
  AdminPayoutEvent,
  AdminPayoutOperation,
} from "../../types/http"

/** A move of the payout, or a request to MassPay. */
export type Step =
  | { kind: "move"; key: string; at: string; event: AdminPayoutEvent }
  | {
      kind: "request"
      key: string
      at: string
      operation: AdminPayoutOperation
      attempt: AdminPayoutAttempt
    }

/** A claim and the request it begins are written together; the claim comes first. */
const TOGETHER_MS = 1_000

/** Moves that only a person makes; for all others the actor is a process. */
const BY_PERSON: readonly string[] = [
  "approved",
  "rejected",
  "remade",
  "voided",
  "unblocked",
  "resend_confirmed",
  "reversal_started",
  "cancellation_started",
] satisfies PayoutEvent[]

export function isByPerson({ event, actor }: AdminPayoutEvent): boolean {
  return BY_PERSON.includes(event) && actor !== "system"
}

/**
 * Events and requests in one line, newest first. A request stands at the time
 * it was begun; of two at the same time, the one listed later is the newer.
 */
export function timelineOf(
  payout: Pick<AdminPayoutDetail, "events" | "operations">
): Step[] {
  const requests: Step[] = payout.operations.flatMap((operation) =>
    operation.attempts.map((attempt) => ({
      kind: "request" as const,
      key: `${operation.id}:${attempt.attempt_no}`,
      at: attempt.started_at,
      operation,
      attempt,
    }))
  )
  const moves: Step[] = payout.events.map((event) => ({
    kind: "move",
    key: event.id,
    at: beginningOf(requests, event) ?? event.created_at,
    event,
  }))
  return [...moves, ...requests]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .reverse()
}

function beginningOf(
  requests: Step[],
  { event, created_at }: AdminPayoutEvent
): string | undefined {
  if (event !== "claimed") return undefined
  const claimed_ms = Date.parse(created_at)
  return requests.find(
    ({ at }) => Math.abs(Date.parse(at) - claimed_ms) < TOGETHER_MS
  )?.at
}
