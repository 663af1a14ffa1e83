import {
  type AfterAttempt,
  type AfterAttemptInput,
  type AttemptOutcome,
  decideAfterAttempt,
  REMOTE_STATUSES,
} from "../../../src/domain/decide-next"
import { BLOCK_REASONS, canMove } from "../../../src/domain/payout-status"
import { Broken, product, STRIDE } from "../../support/exhaustive"
import { HOUR, MINUTE } from "./lookup-builders"

const OUTCOMES: AttemptOutcome[] = [
  ...REMOTE_STATUSES.map((status) => ({ kind: "answered" as const, status })),
  { kind: "not_sent" },
  ...product<Extract<AttemptOutcome, { kind: "failed" }>>({
    kind: ["failed"],
    disposition: ["retry", "lookup", "stop"],
    code: ["masspay.throttled", "masspay.unreachable", "masspay.rejected"],
    block: BLOCK_REASONS,
    burns_key: [false, true],
    retry_after_ms: [0, 1_000, 2 * HOUR],
  }),
]

function isAbout(
  { outcome }: AfterAttemptInput,
  ...dispositions: ("retry" | "lookup" | "stop")[]
): boolean {
  return outcome.kind === "failed" && dispositions.includes(outcome.disposition)
}

function isAnswer(
  { outcome }: AfterAttemptInput,
  ...statuses: string[]
): boolean {
  return outcome.kind === "answered" && statuses.includes(outcome.status)
}

const EXISTS = [
  "COMPLETED",
  "SCHEDULED",
  "PROCESSING",
  "HOLD",
  "READY_FOR_PICKUP",
]

const AFTER_ATTEMPT: Record<
  string,
  (input: AfterAttemptInput, after: AfterAttempt) => boolean
> = {
  "while an older attempt is unproven, only MassPay's word that the load exists leads away from unknown":
    (input, { to }) =>
      !input.otherAttemptsUnproven ||
      isAnswer(input, ...EXISTS) ||
      to === "unknown",
  "money that exists is never anything but accepted or completed": (
    input,
    { to, attempt_proof }
  ) =>
    !isAnswer(input, ...EXISTS) ||
    (attempt_proof === "executed" &&
      to === (isAnswer(input, "COMPLETED") ? "completed" : "accepted")),
  "ready needs proof that this attempt did nothing, and no other to doubt": (
    input,
    { to, attempt_proof }
  ) =>
    (to === "ready") ===
      (!input.otherAttemptsUnproven &&
        (input.outcome.kind === "not_sent" || isAbout(input, "retry"))) &&
    (to !== "ready" || attempt_proof === "not_executed"),
  "not executed is proven by our fence, or where MassPay did nothing for sure":
    (input, { attempt_proof }) =>
      (attempt_proof === "not_executed") ===
      (input.outcome.kind === "not_sent" || isAbout(input, "retry", "stop")),
  "a cancelled or unrecognised answer, and an unproven failure, are looked up":
    (input, { to, needs_lookup, attempt_proof }) =>
      !(
        isAnswer(input, "CANCELLED", "UNRECOGNISED") || isAbout(input, "lookup")
      ) ||
      (to === "unknown" && needs_lookup && attempt_proof === null),
  "a refusal blocks, or is parked at the third that our configuration caused": (
    { outcome, otherAttemptsUnproven, configRefusals = 0 },
    { to, block_reason, review_reason }
  ) => {
    if (outcome.kind !== "failed" || outcome.disposition !== "stop") {
      return block_reason === undefined && review_reason === undefined
    }
    if (otherAttemptsUnproven) return to === "unknown"
    const isHopeless =
      outcome.block === "config" && outcome.burns_key && configRefusals >= 2
    return isHopeless
      ? to === "needs_review" && review_reason === "config_refused_repeatedly"
      : to === "blocked" && block_reason === outcome.block
  },
  "nothing but ready and what exists goes on without a look-up": (
    _,
    { to, needs_lookup }
  ) => needs_lookup !== ["ready", "accepted", "completed"].includes(to),
  "a key is burnt by what burns it, and by an answered cancellation; else it is kept":
    (input, { burn_key }) =>
      burn_key ===
      (input.outcome.kind === "failed"
        ? input.outcome.burns_key
        : isAnswer(input, "CANCELLED")),
  "MassPay is asked again no sooner than it said, and within a quarter of an hour":
    ({ outcome, ...input }, { delay_ms, to }) => {
      const asked = outcome.kind === "failed" ? outcome.retry_after_ms : 0
      const isRepeated =
        to === "ready" || (to === "unknown" && !input.otherAttemptsUnproven)
      const least = isRepeated ? Math.min(asked ?? 0, 15 * MINUTE) : 0
      return delay_ms >= least && delay_ms <= 15 * MINUTE
    },
  "the move is in the table of moves": (_, { to, event }) =>
    canMove("sending", to, event),
}

describe("decideAfterAttempt", () => {
  it("keeps the money rules for every outcome, in every situation", () => {
    const broken = new Broken(AFTER_ATTEMPT)
    for (const input of product<AfterAttemptInput>(
      {
        outcome: OUTCOMES,
        otherAttemptsUnproven: [false, true],
        attemptCount: [1, 2, 5, 31, 1000],
        configRefusals: [0, 1, 2, 3],
        jitter: [0, 0.5, 1],
        lookup_delays_ms: [[2 * MINUTE, HOUR]],
      },
      STRIDE
    )) {
      if (!broken.check(input, decideAfterAttempt(input))) break
    }

    expect(broken.inputs).toEqual([])
    expect(broken.count).toBe(Math.ceil((OUTCOMES.length * 120) / STRIDE))
  })
})
