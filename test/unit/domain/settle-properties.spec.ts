import fc from "fast-check"

import { parseDecimal, roundToMinor } from "../../../src/domain/decimal"
import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import {
  type BookedSettlement,
  type OrderSettlement,
  type SettleInput,
  type SettlementPolicy,
  type SettlementResult,
  settleOrder,
} from "../../../src/domain/settle"
import { runs } from "../../support/property"
import {
  aLine,
  anOrder,
  aPolicy,
  aShipping,
  book,
  minus,
  NOON,
  theFacts,
} from "./order-builders"

const RUNS = runs(2500)
const FEWER_RUNS = runs(400)

/** Prices as shops compute them: often with more digits than the currency. */
const amount = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 14n }),
    fc.constantFrom(0, 2, 3, 6, 10)
  )
  .map(([units, scale]) => {
    const digits = units.toString().padStart(scale + 1, "0")
    const whole = digits.slice(0, digits.length - scale)
    return scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  })
const smallAmount = fc
  .bigInt({ min: 0n, max: 5_000_000n })
  .map(
    (units) =>
      `${units / 10_000n}.${(units % 10_000n).toString().padStart(4, "0")}`
  )
const price = fc.oneof(amount, smallAmount, fc.constant("0"))
const vendor = fc.constantFrom("v1", "v2", "v3", "v4", "v5", null)
const order = fc.constantFrom("order_1", "order_2")

type Bare = Pick<LineFacts, "vendor_id" | "net" | "tax" | "order_id">
const bare: fc.Arbitrary<Bare> = fc.record({
  vendor_id: vendor,
  net: price,
  tax: price,
  order_id: order,
})
const items = fc
  .array(bare, { minLength: 1, maxLength: 8 })
  .map((all) =>
    all.map((line, index) => aLine({ ...line, ref: `item_${index}` }))
  )
const shipping = fc
  .array(bare, { maxLength: 3 })
  .map((all) =>
    all.map((line, index) => aShipping({ ...line, ref: `ship_${index}` }))
  )
const unattributed = fc.oneof(fc.constant("0"), price, price.map(minus))
const orders = fc
  .record({ one: fc.boolean(), two: fc.boolean(), late: fc.boolean() })
  .map(({ one, two, late }) => [
    anOrder({ is_canceled: one && two, is_completed: !late }),
    anOrder({ order_id: "order_2", is_canceled: two }),
  ])
const anyFacts: fc.Arbitrary<OrderFacts> = fc
  .record({
    items,
    shipping,
    unattributed,
    orders,
    currency_code: fc.constantFrom("USD", "JPY", "KWD"),
    captured: fc.constantFrom("none", "partial", "full", "full", "full"),
  })
  .map(({ items, shipping, captured, ...rest }) => {
    const facts = theFacts({ ...rest, lines: [...items, ...shipping] })
    return { ...facts, payment: { ...facts.payment, captured } }
  })
const anyPolicy: fc.Arbitrary<SettlementPolicy> = fc.record({
  since: fc.constant(null),
  release_on: fc.constantFrom("captured", "completed"),
  hold_days: fc.integer({ min: 0, max: 30 }),
  commission_basis_points: fc.integer({ min: 0, max: 10_000 }),
  shipping: fc.constantFrom("by_value", "platform"),
  tax: fc.constantFrom("vendor", "platform"),
})

function settledIn(
  facts: OrderFacts,
  policy: SettlementPolicy,
  booked: readonly BookedSettlement[] = [],
  { allocations }: Pick<SettleInput, "allocations"> = {}
): OrderSettlement {
  return settleOrder({
    facts,
    booked,
    policy,
    now: NOON,
    ...(allocations && { allocations }),
  })
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, one) => sum + one, 0n)
}

function bookAll(
  { settlements }: OrderSettlement,
  before: readonly BookedSettlement[] = []
): BookedSettlement[] {
  return settlements.map((result) =>
    book(
      result,
      before.find(
        (row) =>
          row.order_id === result.order_id && row.vendor_id === result.vendor_id
      )
    )
  )
}

function assertAddsUp(settled: OrderSettlement, facts: OrderFacts): void {
  const { settlements, platform, total } = settled
  const vendors = sumOf(settlements.map((one) => one.net))
  const commission = sumOf(settlements.map((one) => one.commission))

  expect(total).toBe(
    roundToMinor(parseDecimal(facts.total), facts.currency_code)
  )
  expect(vendors + commission + platform).toBe(total)
  const broken = settlements.filter((one) => !isWhole(one))
  expect(broken).toEqual([])
}

/** Its parts add up, line by line and as a whole, and none is negative. */
function isWhole(one: SettlementResult): boolean {
  const areLinesWhole = one.lines.every(
    (line) =>
      BigInt(line.gross) ===
      BigInt(line.net) + BigInt(line.commission) + BigInt(line.platform)
  )
  return (
    areLinesWhole &&
    one.gross === one.net + one.commission + one.platform &&
    one.net === sumOf(one.lines.map((line) => BigInt(line.net))) &&
    one.net >= 0n &&
    one.commission >= 0n &&
    JSON.stringify(one.lines).length > 0
  )
}

describe("settleOrder, whatever the order", () => {
  it("never loses or makes a cent between vendors, commission and platform", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        assertAddsUp(settledIn(facts, policy), facts)
      }),
      RUNS
    )
  })

  it("still adds up when it is settled again on what was booked, under other facts and another policy", () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyFacts,
        anyPolicy,
        anyPolicy,
        (before, after, policy, changed) => {
          const booked = bookAll(settledIn(before, policy))
          const facts = { ...after, currency_code: before.currency_code }

          assertAddsUp(settledIn(facts, changed, booked), facts)
        }
      ),
      FEWER_RUNS
    )
  })

  it("never books twice: the second look at the same facts finds no difference", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, anyPolicy, (facts, policy, changed) => {
        const first = settledIn(facts, policy)
        const booked = bookAll(first)
        const earned = booked.filter((row) => row.is_earned)
        fc.pre(earned.length > 0)
        for (const { difference, order_id, vendor_id } of settledIn(
          facts,
          policy,
          booked,
          first
        ).settlements) {
          expect({ difference, order_id, vendor_id }).toEqual({
            difference: null,
            order_id,
            vendor_id,
          })
        }
        // A new policy is for new orders: what is booked stays as it is.
        const again = settledIn(facts, changed, earned, first).settlements
        for (const row of earned) {
          const same = again.find(
            (one) =>
              one.order_id === row.order_id && one.vendor_id === row.vendor_id
          )
          expect(same?.difference).toBeNull()
        }
      }),
      FEWER_RUNS
    )
  })

  it("never books for a settlement that was never released", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        for (const one of settledIn(facts, policy).settlements) {
          if (one.held_reason !== null) expect(one.difference).toBeNull()
          else expect(one.difference?.amount).toBe(one.net)
        }
      }),
      FEWER_RUNS
    )
  })

  it("does not depend on the order in which lines were read", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const turned = {
          ...facts,
          lines: [...facts.lines].reverse(),
          orders: [...facts.orders].reverse(),
        }

        expect(settledIn(turned, policy)).toEqual(settledIn(facts, policy))
      }),
      FEWER_RUNS
    )
  })

  it("never pays one sale to two vendors, whoever the host names later", () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyPolicy,
        fc.array(vendor, { minLength: 11, maxLength: 11 }),
        (facts, policy, others) => {
          const booked = bookAll(settledIn(facts, policy))
          fc.pre(booked.length > 0 && booked.every((row) => row.is_earned))
          const mine = facts.lines.filter(
            (line) => line.kind === "item" && line.vendor_id !== null
          )
          const moved = {
            ...facts,
            lines: facts.lines.map((line, index) =>
              mine.includes(line)
                ? { ...line, vendor_id: others[index] ?? null }
                : line
            ),
          }
          const again = settledIn(moved, policy, booked)

          expect(again.settlements.map((one) => one.difference)).toEqual(
            booked.map(() => null)
          )
        }
      ),
      FEWER_RUNS
    )
  })
})

describe("refunds of a vendor who sold everything", () => {
  const nets = fc.array(fc.integer({ min: 1, max: 9999 }), {
    minLength: 1,
    maxLength: 5,
  })
  const cents = (value: number): string =>
    `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`

  it("never leave a line below zero", () => {
    fc.assert(
      fc.property(
        nets,
        fc.integer({ min: 1, max: 60_000 }),
        (prices, refund) => {
          const lines = prices.map((value, index) =>
            aLine({ ref: `item_${index}`, net: cents(value) })
          )
          const facts = theFacts({ lines, unattributed: `-${cents(refund)}` })
          for (const line of settledIn(facts, aPolicy()).settlements[0]
            ?.lines ?? []) {
            expect(BigInt(line.net) >= 0n).toBe(true)
          }
        }
      )
    )
  })
})
