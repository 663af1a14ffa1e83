import fc from "fast-check"

import {
  HOLD_KINDS,
  holdWords,
  RESERVE_DAYS_MAX,
  reservedPart,
  reserveWords,
  shareOf,
} from "../../../src/domain/holds"

it("the kinds of holds are stable names", () => {
  expect(HOLD_KINDS).toEqual(["dispute", "manual", "reserve"])
})

it("says what a hold is, until when, and why, with one full stop", () => {
  const until = new Date("2026-01-31T12:00:00.000Z")

  expect(holdWords({ kind: "dispute", reason: "asked back", until })).toBe(
    "On hold (dispute) until 2026-01-31T12:00:00.000Z: asked back."
  )
  expect(
    holdWords({ kind: "manual", reason: "See 1.2, and ask.", until: null })
  ).toBe("On hold (manual): See 1.2, and ask.")
})

it("says what a reserve keeps back in its currency", () => {
  expect(reserveWords(12_50n, "USD")).toBe(
    "At least 12.50 USD is kept back as a reserve."
  )
  expect(reserveWords(12n, "JPY")).toContain("12 JPY")
})

it("a share is rounded down, and all of it is all", () => {
  expect(shareOf(999n, 1_000)).toBe(99n)
  expect(shareOf(999n, 10_000)).toBe(999n)
  expect(shareOf(0n, 1_000)).toBe(0n)
  expect(RESERVE_DAYS_MAX).toBe(365)
})

it("a share of a sum is never more than the sum, nor off by more than the parts", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 15n })
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 8 }),
      fc.integer({ min: 1, max: 10_000 }),
      (earned, basis_points) => {
        const sum = earned.reduce((so_far, one) => so_far + one, 0n)
        const share = shareOf(sum, basis_points)
        const parts = earned.reduce(
          (so_far, one) => so_far + shareOf(one, basis_points),
          0n
        )
        expect(share).toBeLessThanOrEqual(sum)
        expect(share).toBeGreaterThanOrEqual(parts)
        expect(share - parts).toBeLessThanOrEqual(BigInt(earned.length))
      }
    )
  )
})

it.each([
  [500n, 1_000n, 500n],
  [1_000n, 1_000n, 1_000n],
  [1_001n, 1_000n, 1_000n],
  [500n, 0n, 0n],
  [500n, -1n, 0n],
  [0n, 1_000n, 0n],
])("of %s reserved, %s open keep %s", (reserved, open, kept) => {
  expect(reservedPart(reserved, open)).toBe(kept)
})
