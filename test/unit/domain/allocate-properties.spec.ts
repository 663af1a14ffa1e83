import fc from "fast-check"

import { allocate, type AllocationPart } from "../../../src/domain/allocate"
import { holds, MANY_CASES, must } from "../../support/property"

/** Neither in order nor of one alphabet: keys are compared by code units. */
const KEYS = ["b", "a", "é", "B", "10", "9", "", "ab", "~", "a\u0000"]

const weight = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n }),
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 10n ** 12n })
)
const parts: fc.Arbitrary<AllocationPart[]> = fc
  .array(weight, { minLength: 1, maxLength: KEYS.length })
  .map((weights) =>
    weights.map((weight, index) => ({ key: KEYS[index] ?? "?", weight }))
  )
const total = fc.oneof(
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
)

function sumOf(amounts: Iterable<bigint>): bigint {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}

function abs(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

function shown(amount: bigint, given: readonly AllocationPart[]): () => string {
  return () => `${amount} among ${given.map((part) => part.weight).join(" ")}`
}

/** The same parts in an order picked by `pick`. */
function shuffled(given: readonly AllocationPart[], pick: number) {
  const rest = [...given]
  const order: AllocationPart[] = []
  for (let left = pick; rest.length > 0; left = Math.trunc(left / 7)) {
    order.push(...rest.splice(left % rest.length, 1))
  }
  return order
}

describe("allocate, for any amount and any weights", () => {
  it("gives every key a share, and the shares add up to the whole", () => {
    holds(
      fc.property(total, parts, (amount, given) => {
        const shares = allocate(amount, given)
        must(sumOf(shares.values()) === amount, shown(amount, given))
        must(shares.size === given.length, shown(amount, given))
        must(
          given.every(({ key }) => shares.has(key)),
          shown(amount, given)
        )
      }),
      MANY_CASES
    )
  })

  it("gives the same shares in whatever order the parts come", () => {
    holds(
      fc.property(total, parts, fc.nat(), (amount, given, pick) => {
        const turned = allocate(amount, shuffled(given, pick))
        for (const [key, share] of allocate(amount, given)) {
          must(turned.get(key) === share, shown(amount, given))
        }
      }),
      MANY_CASES
    )
  })

  it("gives a negative amount as the negation of the positive one", () => {
    holds(
      fc.property(total, parts, (amount, given) => {
        const mirrored = allocate(-amount, given)
        for (const [key, share] of allocate(amount, given)) {
          must(mirrored.get(key) === -share, shown(amount, given))
        }
      }),
      MANY_CASES
    )
  })

  it("gives nobody a share of the other sign, and nothing for no weight", () => {
    holds(
      fc.property(total, parts, (amount, given) => {
        const isAnyWeighed = given.some((part) => part.weight > 0n)
        const shares = allocate(amount, given)
        for (const { key, weight } of given) {
          const share = shares.get(key) ?? 0n
          must(share * amount >= 0n, shown(amount, given))
          if (isAnyWeighed && weight === 0n) {
            must(share === 0n, shown(amount, given))
          }
        }
      }),
      MANY_CASES
    )
  })

  it("gives everything to the smallest key when nothing weighs anything", () => {
    const weightless = parts.map((given) =>
      given.map(({ key }) => ({ key, weight: 0n }))
    )
    holds(
      fc.property(total, weightless, (amount, given) => {
        const smallest = given.reduce(
          (least, { key }) => (key < least ? key : least),
          "\uffff"
        )
        const shares = allocate(amount, given)
        must(shares.get(smallest) === amount, shown(amount, given))
      }),
      MANY_CASES
    )
  })

  it("rounds down or up, and up those that lost most, ties by key", () => {
    holds(
      fc.property(total, parts, (amount, given) => {
        const weights = sumOf(given.map((part) => part.weight))
        fc.pre(weights > 0n)
        const shares = allocate(amount, given)
        const rounded = given.map(({ key, weight }) => {
          const exact = abs(amount) * weight
          const up = abs(shares.get(key) ?? 0n) - exact / weights
          return { key, lost: exact % weights, up }
        })
        for (const { up } of rounded) {
          must(up === 0n || up === 1n, shown(amount, given))
        }
        for (const one of rounded.filter((part) => part.up === 1n)) {
          for (const other of rounded.filter((part) => part.up === 0n)) {
            const isFirst =
              one.lost > other.lost ||
              (one.lost === other.lost && one.key < other.key)
            must(isFirst, shown(amount, given))
          }
        }
      }),
      MANY_CASES
    )
  })
})
