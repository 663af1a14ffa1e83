import fc from "fast-check"

import { allocate } from "../../../src/domain/allocate"

const parts = fc.uniqueArray(
  fc.record({
    key: fc.string({ maxLength: 4 }),
    weight: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  }),
  { selector: (part) => part.key, minLength: 1, maxLength: 12 }
)
const total = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })

function sum(shares: Map<string, bigint>): bigint {
  return [...shares.values()].reduce((so_far, share) => so_far + share, 0n)
}

describe("allocate", () => {
  it("refuses negative weights, a key twice, and nobody to give to", () => {
    expect(() => allocate(1n, [{ key: "a", weight: -1n }])).toThrow(RangeError)
    expect(() => allocate(1n, [])).toThrow(RangeError)
    expect(() =>
      allocate(1n, [
        { key: "a", weight: 1n },
        { key: "a", weight: 1n },
      ])
    ).toThrow(RangeError)
  })

  it("never loses or makes a unit", () => {
    fc.assert(
      fc.property(total, parts, (amount, given) => {
        expect(sum(allocate(amount, given))).toBe(amount)
      }),
      { numRuns: 1000 }
    )
  })

  it("never strays a whole unit from the exact share", () => {
    fc.assert(
      fc.property(total, parts, (amount, given) => {
        const weights = given.reduce((all, part) => all + part.weight, 0n)
        fc.pre(weights > 0n)
        const shares = allocate(amount, given)
        for (const { key, weight } of given) {
          const off = (shares.get(key) ?? 0n) * weights - amount * weight

          expect(off < weights && off > -weights).toBe(true)
        }
      })
    )
  })

  it("does not depend on the order of the parts", () => {
    fc.assert(
      fc.property(total, parts, (amount, given) => {
        const turned = allocate(amount, [...given].reverse())
        for (const [key, share] of allocate(amount, given)) {
          expect(turned.get(key)).toBe(share)
        }
      })
    )
  })

  it("mirrors a negative total", () => {
    fc.assert(
      fc.property(total, parts, (amount, given) => {
        const mirrored = allocate(-amount, given)
        for (const [key, share] of allocate(amount, given)) {
          expect(mirrored.get(key)).toBe(-share)
        }
      })
    )
  })

  it("gives leftovers to the largest remainders, ties to the smaller key", () => {
    const thirds = ["c", "a", "b"].map((key) => ({ key, weight: 1n }))

    expect(allocate(100n, thirds)).toEqual(
      new Map([
        ["c", 33n],
        ["a", 34n],
        ["b", 33n],
      ])
    )
  })

  it("gives everything to the smallest key when nothing weighs anything", () => {
    const none = ["b", "a"].map((key) => ({ key, weight: 0n }))

    expect(allocate(5n, none)).toEqual(
      new Map([
        ["b", 0n],
        ["a", 5n],
      ])
    )
    expect(allocate(0n, [])).toEqual(new Map())
  })
})
