import fc from "fast-check"

import {
  type AfterAttemptInput,
  type AttemptOutcome,
  decideAfterAttempt,
  isBack,
  REMOTE_STATUSES,
} from "../../../src/domain/decide-next"
import { BLOCK_REASONS, canMove } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

type Failure = Extract<AttemptOutcome, { kind: "failed" }>

/** The only attempt of its payout; a test overrides what it is about. */
function anAttempt(
  outcome: AttemptOutcome,
  overrides: Partial<AfterAttemptInput> = {}
): AfterAttemptInput {
  return {
    outcome,
    otherAttemptsUnproven: false,
    attemptCount: 1,
    ...overrides,
  }
}

function aFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    kind: "failed",
    disposition: "lookup",
    code: "masspay.outcome_unknown",
    burns_key: false,
    ...overrides,
  }
}

const throttled = aFailure({ disposition: "retry", code: "masspay.throttled" })
const unreachable = aFailure({
  disposition: "retry",
  code: "masspay.unreachable",
})
const kyc = aFailure({
  disposition: "stop",
  code: "masspay.documentation_required",
  block: "kyc",
  burns_key: true,
})

const anyOutcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant("answered" as const),
    status: fc.constantFrom(...REMOTE_STATUSES),
  }),
  fc.record({ kind: fc.constant("not_sent" as const) }),
  fc.record(
    {
      kind: fc.constant("failed" as const),
      disposition: fc.constantFrom("retry", "lookup", "stop"),
      code: fc.constantFrom("masspay.throttled", "masspay.x"),
      burns_key: fc.boolean(),
      block: fc.constantFrom(...BLOCK_REASONS),
      retry_after_ms: fc.integer({ min: 0, max: 2 ** 31 }),
    },
    { requiredKeys: ["kind", "disposition", "code", "burns_key"] }
  )
)
const anyInput = fc.record({
  outcome: anyOutcome,
  otherAttemptsUnproven: fc.boolean(),
  attemptCount: fc.integer({ min: 1, max: 1000 }),
  configRefusals: fc.integer({ min: 0, max: 5 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe("isBack", () => {
  it("is true where all of the money is not with the payee, and nowhere else", () => {
    expect(REMOTE_STATUSES.filter(isBack)).toEqual(["CANCELLED", "REVERSED"])
  })
})

describe("decideAfterAttempt", () => {
  it("never leaves the wire behind an older attempt that may have paid", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { to } = decideAfterAttempt({
          ...input,
          otherAttemptsUnproven: true,
        })

        expect(["unknown", "accepted", "completed"]).toContain(to)
      }),
      runs(1000)
    )
  })

  it("never calls an attempt not executed unless that is proven", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { outcome } = input
        const isProven =
          outcome.kind === "not_sent" ||
          (outcome.kind === "failed" && outcome.disposition !== "lookup")
        const { attempt_proof } = decideAfterAttempt(input)

        expect(attempt_proof === "not_executed").toBe(isProven)
      }),
      runs(1000)
    )
  })

  it("burns no key by an answer that says nothing against it", () => {
    const burns = (
      outcome: AttemptOutcome,
      overrides: Partial<AfterAttemptInput> = {}
    ) => decideAfterAttempt(anAttempt(outcome, overrides)).burn_key

    expect(
      REMOTE_STATUSES.filter((status) => burns({ kind: "answered", status }))
    ).toEqual(["CANCELLED"])
    expect(burns({ kind: "not_sent" })).toBe(false)
    expect(burns({ kind: "not_sent" }, { otherAttemptsUnproven: true })).toBe(
      false
    )
  })

  it("asks a person only about refusals of the configuration, however often", () => {
    const again = (failure: Failure) =>
      decideAfterAttempt(anAttempt(failure, { configRefusals: 9 })).to

    expect(again({ ...kyc, block: "config" })).toBe("needs_review")
    expect(again(kyc)).toBe("blocked")
  })

  it("never makes a move that the table of moves does not have", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { to, event } = decideAfterAttempt(input)

        expect(canMove("sending", to, event)).toBe(true)
      })
    )
  })

  it("never sends again unseen what is unknown or was refused", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { to, needs_lookup } = decideAfterAttempt(input)
        if (["unknown", "blocked", "needs_review"].includes(to)) {
          expect(needs_lookup).toBe(true)
        }
      })
    )
  })

  it("always waits a bounded time, and keeps a burnt key burnt", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { delay_ms, burn_key } = decideAfterAttempt(input)

        expect(delay_ms).toBeGreaterThanOrEqual(0)
        expect(delay_ms).toBeLessThanOrEqual(15 * 60_000)
        if (input.outcome.kind === "failed" && input.outcome.burns_key) {
          expect(burn_key).toBe(true)
        }
      })
    )
  })

  it("does not believe an answered cancellation before a look-up", () => {
    expect(
      decideAfterAttempt(anAttempt({ kind: "answered", status: "CANCELLED" }))
    ).toEqual({
      to: "unknown",
      event: "answered_cancelled",
      attempt_proof: null,
      burn_key: true,
      needs_lookup: true,
      delay_ms: 0,
    })
  })

  it("does not take a word it does not know for success", () => {
    expect(
      decideAfterAttempt(
        anAttempt({ kind: "answered", status: "UNRECOGNISED" })
      )
    ).toMatchObject({ to: "unknown", attempt_proof: null })
  })

  it("does not conclude anything from a word no type knows", () => {
    const outcome = JSON.parse(
      '{"kind":"answered","status":"DONE_MAYBE"}'
    ) as AttemptOutcome

    expect(decideAfterAttempt(anAttempt(outcome))).toMatchObject({
      to: "unknown",
      attempt_proof: null,
    })
    const failure = JSON.parse(
      '{"kind":"failed","disposition":"hm","code":"x","burns_key":false}'
    ) as AttemptOutcome
    expect(decideAfterAttempt(anAttempt(failure))).toMatchObject({
      to: "unknown",
      attempt_proof: null,
    })
  })

  it("completes what MassPay says it completed", () => {
    expect(
      decideAfterAttempt(anAttempt({ kind: "answered", status: "COMPLETED" }))
    ).toMatchObject({
      to: "completed",
      event: "completed",
      attempt_proof: "executed",
      needs_lookup: false,
    })
  })

  it("accepts whatever exists and is not final", () => {
    for (const status of [
      "SCHEDULED",
      "PROCESSING",
      "HOLD",
      "READY_FOR_PICKUP",
    ] as const) {
      expect(
        decideAfterAttempt(anAttempt({ kind: "answered", status }))
      ).toMatchObject({
        to: "accepted",
        event: "accepted",
        attempt_proof: "executed",
      })
    }
  })

  it("looks up after two minutes what nobody can tell, and burns a key whose answer is saved", () => {
    expect(
      decideAfterAttempt(anAttempt(aFailure({ burns_key: true })))
    ).toMatchObject({
      to: "unknown",
      event: "outcome_unknown",
      attempt_proof: null,
      burn_key: true,
      delay_ms: 120_000,
    })
  })

  it("gives back at once what our own fence kept from the wire", () => {
    expect(decideAfterAttempt(anAttempt({ kind: "not_sent" }))).toEqual({
      to: "ready",
      event: "not_sent",
      attempt_proof: "not_executed",
      burn_key: false,
      needs_lookup: false,
      delay_ms: 0,
    })
  })

  it("waits as long as MassPay asked, with the same key", () => {
    expect(
      decideAfterAttempt(anAttempt({ ...throttled, retry_after_ms: 30_000 }))
    ).toMatchObject({
      to: "ready",
      event: "throttled",
      burn_key: false,
      delay_ms: 30_000,
    })
  })

  it("backs off further from try to try when MassPay is out of reach", () => {
    const delays = [1, 2, 3, 30].map(
      (attemptCount) =>
        decideAfterAttempt(anAttempt(unreachable, { attemptCount, jitter: 1 }))
          .delay_ms
    )

    expect(delays).toEqual([2_000, 4_000, 8_000, 900_000])
    expect(decideAfterAttempt(anAttempt(unreachable)).event).toBe("not_sent")
  })

  it("blocks what is definitely refused, with a look-up before it goes on", () => {
    for (const block of BLOCK_REASONS) {
      expect(decideAfterAttempt(anAttempt({ ...kyc, block }))).toMatchObject({
        to: "blocked",
        event: "refused",
        block_reason: block,
        attempt_proof: "not_executed",
        burn_key: true,
        needs_lookup: true,
      })
    }
  })

  it("considers what is blocked again after ten minutes: the cause may be gone", () => {
    expect(decideAfterAttempt(anAttempt(kyc)).delay_ms).toBe(600_000)
  })

  it("keeps the proof about a refusal even where an older attempt is open", () => {
    expect(
      decideAfterAttempt(anAttempt(kyc, { otherAttemptsUnproven: true }))
    ).toMatchObject({
      to: "unknown",
      event: "outcome_unknown",
      attempt_proof: "not_executed",
      burn_key: true,
    })
  })

  it("parks the third refusal that only a change of ours can mend", () => {
    const config = aFailure({
      disposition: "stop",
      code: "masspay.rejected",
      block: "config",
      burns_key: true,
    })

    expect(
      decideAfterAttempt(anAttempt(config, { configRefusals: 1 }))
    ).toMatchObject({ to: "blocked", block_reason: "config" })
    expect(
      decideAfterAttempt(anAttempt(config, { configRefusals: 2 }))
    ).toMatchObject({
      to: "needs_review",
      event: "parked",
      review_reason: "config_refused_repeatedly",
      attempt_proof: "not_executed",
    })
    const redirect = { ...config, burns_key: false }
    expect(
      decideAfterAttempt(anAttempt(redirect, { configRefusals: 9 }))
    ).toMatchObject({ to: "blocked", burn_key: false })
  })

  it("blocks for configuration when a refusal names no reason", () => {
    expect(
      decideAfterAttempt(anAttempt(aFailure({ disposition: "stop" })))
    ).toMatchObject({ to: "blocked", block_reason: "config" })
  })
})
