import fc from "fast-check"

import {
  type AfterLookupInput,
  decideAfterLookup,
  type FoundLoad,
  REMOTE_STATUSES,
} from "../../../src/domain/decide-next"
import { canMove, PAYOUT_STATUSES } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"
import { ago, aLoad, HOUR, MINUTE, NOON, SECOND } from "./lookup-builders"

const past = fc.integer({ min: 0, max: 100 * HOUR }).map(ago)
const maybePast = fc.option(past, { nil: null })
const anyLoad: fc.Arbitrary<FoundLoad> = fc.record({
  status: fc.constantFrom(...REMOTE_STATUSES),
  amount: fc.constantFrom(1250n, 1251n),
  currency_code: fc.constantFrom("USD", "usd", "EUR"),
})
const anyInput: fc.Arbitrary<AfterLookupInput> = fc
  .record({
    status: fc.constantFrom(...PAYOUT_STATUSES),
    amount: fc.constant(1250n),
    currency_code: fc.constant("USD"),
    found: fc.option(anyLoad, { nil: null }),
    listComplete: fc.boolean(),
    lookup_began_at: fc.integer({ min: 0, max: 10 * MINUTE }).map(ago),
    now: fc.constant(NOON),
    ever_sent: fc.boolean(),
    attempts_unproven: fc.boolean(),
    last_possible_send_at: fc.oneof(
      maybePast,
      fc.integer({ min: -HOUR, max: 20 * MINUTE }).map(ago)
    ),
    key_seq: fc.integer({ min: 1, max: 4 }),
    key_burnt: fc.boolean(),
    key_first_used_at: maybePast,
    not_found_count: fc.integer({ min: 0, max: 3 }),
    not_found_at: maybePast,
    unknown_since: maybePast,
    ambiguous_count: fc.integer({ min: 0, max: 15 }),
    rotations: fc.integer({ min: 0, max: 3 }),
    settle_until: fc.option(fc.integer({ min: -HOUR, max: HOUR }).map(ago), {
      nil: null,
    }),
    must_be_found: fc.constantFrom(
      null,
      "duplicate_client_id" as const,
      "key_mismatch" as const
    ),
  })
  // What was never sent has nothing unproven; nothing else is tied together.
  .map((input) =>
    input.ever_sent ? input : { ...input, attempts_unproven: false }
  )

function check(
  predicate: (input: AfterLookupInput) => void,
  numRuns = 3000
): void {
  fc.assert(fc.property(anyInput, predicate), runs(numRuns))
}

describe("decideAfterLookup, whatever it is given", () => {
  it("never sends again while the last request may still show up", () => {
    check((input) => {
      const { do: what } = decideAfterLookup(input)
      const sent = input.last_possible_send_at
      const isYoung =
        sent === null ||
        input.lookup_began_at.getTime() - sent.getTime() < 2 * MINUTE
      if (input.ever_sent && isYoung) expect(what).not.toBe("resend")
      if (input.ever_sent) expect(what).not.toBe("send_first")
    })
  })

  it("never concludes anything from a list that may be cut off", () => {
    check((input) => {
      const { do: what } = decideAfterLookup({
        ...input,
        found: null,
        listComplete: false,
      })

      expect(["wait", "park"]).toContain(what)
    })
  })

  it("never sends what was found", () => {
    check((input) => {
      const { do: what } = decideAfterLookup({ ...input, found: aLoad() })

      expect(["apply_truth", "wait"]).toContain(what)
    })
  })

  it("never applies truth about another amount or currency", () => {
    check((input) => {
      for (const found of [
        aLoad({ amount: 1249n }),
        aLoad({ currency_code: "EUR" }),
      ]) {
        const { do: what } = decideAfterLookup({ ...input, found })

        expect(["park", "wait"]).toContain(what)
      }
    })
  })

  it("never re-uses a key that is burnt or 23 hours old", () => {
    check((input) => {
      const next = decideAfterLookup(input)
      if (next.do !== "resend" || next.rotate) return
      const first = input.key_first_used_at

      expect(input.key_burnt).toBe(false)
      expect(first).not.toBeNull()
      expect(NOON.getTime() - (first?.getTime() ?? 0)).toBeLessThan(23 * HOUR)
    })
  })

  it("never rotates past an unproven attempt without two not-founds ten minutes apart, both late enough", () => {
    check((input) => {
      const next = decideAfterLookup(input)
      if (next.do !== "resend" || !next.rotate) return
      if (!input.attempts_unproven) return
      const visible =
        (input.last_possible_send_at?.getTime() ?? Infinity) + 2 * MINUTE
      const first = input.not_found_at?.getTime() ?? -Infinity

      expect(input.not_found_count).toBeGreaterThan(0)
      expect(first).toBeGreaterThanOrEqual(visible)
      expect(input.lookup_began_at.getTime() - first).toBeGreaterThanOrEqual(
        10 * MINUTE
      )
    })
  })

  it("never touches the client id: a resend only says whether the key rotates", () => {
    check((input) => {
      const next = decideAfterLookup(input)
      if (next.do !== "resend") return

      expect(Object.keys(next).sort()).toEqual(
        next.rotate ? ["close_attempts", "do", "rotate"] : ["do", "rotate"]
      )
    })
  })

  it("never sends anything but what is ready, blocked or unknown", () => {
    check((input) => {
      const { do: what } = decideAfterLookup(input)
      if (what !== "resend" && what !== "send_first") return

      expect(["ready", "blocked", "unknown"]).toContain(input.status)
    })
  })

  it("never goes on past the limits of an unknown period", () => {
    check((input) => {
      const { do: what } = decideAfterLookup(input)
      const isOver =
        input.rotations >= 2 ||
        input.ambiguous_count >= 12 ||
        NOON.getTime() - (input.unknown_since ?? NOON).getTime() >= 72 * HOUR
      if (input.status === "unknown" && isOver) expect(what).not.toBe("resend")
    })
  })

  it("never gives up a cancelled payout before a look-up begun after its window", () => {
    check((input) => {
      const { do: what } = decideAfterLookup(input)
      if (what !== "void") return
      const until = input.settle_until?.getTime() ?? Infinity

      expect(input.status).toBe("cancelled")
      expect(["CANCELLED", "REVERSED"]).toContain(input.found?.status)
      expect(input.lookup_began_at.getTime()).toBeGreaterThan(until)
    })
  })

  it("makes only moves that the table of moves has", () => {
    check((input) => {
      const next = decideAfterLookup(input)
      if (next.do === "apply_truth") {
        expect(canMove(input.status, next.to, next.event)).toBe(true)
      }
      if (next.do === "park") {
        expect(canMove(input.status, "needs_review", next.event)).toBe(true)
      }
      if (next.do === "void") {
        expect(canMove(input.status, "void", next.event)).toBe(true)
      }
    })
  })

  it("always looks again within a bounded time", () => {
    check((input) => {
      const next = decideAfterLookup(input)
      if (next.do !== "wait") return

      expect(next.delay_ms).toBeGreaterThanOrEqual(SECOND)
      expect(next.delay_ms).toBeLessThanOrEqual(24 * HOUR)
    })
  })
})
