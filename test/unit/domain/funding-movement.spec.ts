import {
  type FundingReading,
  unexplainedBetween,
  verdictOf,
} from "../../../src/domain/funding-movement"
import { randomFrom } from "../../support/random"

const reading = (
  balance: bigint,
  low: bigint,
  high: bigint = low
): FundingReading => ({ balance, low, high })

describe("what explains a movement", () => {
  it.each([
    ["nothing moved", reading(100n, 0n), reading(100n, 0n), 0n, 0n, 0n],
    ["a payout", reading(100n, 0n), reading(70n, -30n), 0n, 0n, 0n],
    [
      "a top-up that was recorded",
      reading(100n, 0n),
      reading(600n, 0n),
      500n,
      0n,
      0n,
    ],
    [
      "a top-up that was not",
      reading(100n, 0n),
      reading(600n, 0n),
      0n,
      500n,
      500n,
    ],
    ["money that left", reading(100n, 0n), reading(40n, -30n), 0n, -30n, -30n],
    [
      "a payout in flight that it shows",
      reading(100n, 0n),
      reading(70n, -30n, 0n),
      0n,
      -30n,
      0n,
    ],
    [
      "a payout in flight that it does not",
      reading(100n, 0n),
      reading(100n, -30n, 0n),
      0n,
      0n,
      30n,
    ],
    [
      "one that was in flight before",
      reading(100n, -30n, 0n),
      reading(70n, -30n),
      0n,
      -30n,
      0n,
    ],
  ] as const)("%s", (_, before, after, recorded, low, high) => {
    expect(unexplainedBetween(before, after, recorded)).toEqual({ low, high })
  })

  it.each([
    [0n, 0n, "explained"],
    [-1n, 1n, "explained"],
    [-30n, -2n, "left"],
    [-30n, -1n, "open"],
    [2n, 30n, "came"],
    [1n, 30n, "open"],
    [-30n, 30n, "open"],
    [-2n, -2n, "left"],
    [2n, 2n, "came"],
  ] as const)("from %s to %s is %s", (low, high, verdict) => {
    expect(verdictOf({ low, high }, 1n)).toBe(verdict)
  })

  it("accuses nobody while payouts are in flight, whatever became of each", () => {
    const random = randomFrom(11)
    for (let round = 0; round < 3_000; round += 1) {
      // Each payout's effect at either reading is one of its two ends, or known.
      const at = () => {
        let [shown, low, high] = [0n, 0n, 0n]
        for (let n = random.between(0, 6); n > 0; n -= 1) {
          const effect = BigInt(random.between(-500, 200))
          const isOut = random.chance(0.5)
          const isKnown = random.chance(0.4)
          const least = effect < 0n ? effect : 0n
          if (isOut) shown += effect
          low += isKnown ? (isOut ? effect : 0n) : least
          high += isKnown ? (isOut ? effect : 0n) : effect - least
        }
        return { shown, low, high }
      }
      const [first, second] = [at(), at()]
      const start = BigInt(random.between(0, 10_000))
      const recorded = BigInt(random.between(-300, 300))
      const before = { ...first, balance: start + first.shown }
      const after = { ...second, balance: start + second.shown + recorded }

      const honest = verdictOf(unexplainedBetween(before, after, recorded), 0n)
      expect(["explained", "open"]).toContain(honest)

      // And what is more than all of them could explain is never missed.
      const stolen = second.high - second.low + (first.high - first.low) + 1n
      const robbed = { ...after, balance: after.balance - stolen }
      expect(verdictOf(unexplainedBetween(before, robbed, recorded), 0n)).toBe(
        "left"
      )
    }
  })
})
