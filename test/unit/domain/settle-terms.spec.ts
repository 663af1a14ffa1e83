import { CurrencyMismatchError } from "../../../src/domain/errors"
import {
  displayIdOf,
  heldDetail,
  isOrderCanceled,
} from "../../../src/domain/settle-held"
import { termsOf, timesOf } from "../../../src/domain/settle-terms"
import type {
  BookedSettlement,
  CommissionRules,
  HeldReason,
} from "../../../src/domain/settle-types"
import { anOrder, aPolicy, NOON, theFacts, WEEK_LATER } from "./order-builders"
import { bookedFrom, sale, settled } from "./settle-builders"

function theRow(): BookedSettlement {
  const [row] = bookedFrom(sale, { hold_days: 7 })
  if (!row) throw new Error("The sale was not booked")
  return row
}

describe("what a settlement is computed by", () => {
  it.each([
    { commission_basis_points: 0 },
    { commission_basis_points: 10_000 },
    { hold_days: 0 },
    { hold_days: 3650 },
  ])("may be %o", (policy) => {
    expect(() => settled(sale, { policy })).not.toThrow()
  })

  it.each([
    [
      { commission_basis_points: -1 },
      "A commission is 0 to 10000 basis points",
    ],
    [
      { commission_basis_points: 10_001 },
      "A commission is 0 to 10000 basis points",
    ],
    [
      { commission_basis_points: NaN },
      "A commission is 0 to 10000 basis points",
    ],
    [{ hold_days: -1 }, "A settlement is held for 0 to 3650 whole days"],
    [{ hold_days: 3651 }, "A settlement is held for 0 to 3650 whole days"],
    [{ hold_days: 1.5 }, "A settlement is held for 0 to 3650 whole days"],
  ])("may not be %o", (policy, message) => {
    expect(() => settled(sale, { policy })).toThrow(RangeError)
    expect(() => settled(sale, { policy })).toThrow(message)
  })

  it("has no rate that makes no sense, whoever and whatever it is for", () => {
    const tried = (commission: CommissionRules) => () =>
      settled(sale, { policy: { commission } })
    const over = { x: { basis_points: 10_001, fixed: {} } }
    const below = { x: { basis_points: 0, fixed: { USD: 1n, EUR: -1n } } }

    for (const named of ["vendors", "categories", "products"] as const) {
      expect(tried({ [named]: over })).toThrow(
        "A commission is 0 to 10000 basis points"
      )
      expect(tried({ [named]: below })).toThrow(
        "A commission is never negative"
      )
    }
    expect(tried({ fixed: { USD: -1n } })).toThrow(RangeError)
    expect(tried({ fixed: { USD: -1n } })).toThrow(
      "A commission is never negative"
    )
    expect(tried({ fixed: { USD: 0n } })).not.toThrow()
  })

  it("takes for each piece what was frozen, and nothing in rows from before", () => {
    const context = { vendor_id: "v1", currency_code: "USD", policy: aPolicy() }
    const { commission_fixed: _fixed, ...older } = theRow()

    expect(
      termsOf({ ...older, commission_fixed: 30n }, context).commission_fixed
    ).toBe(30n)
    expect(termsOf(older, context).commission_fixed).toBe(0n)
  })

  it("takes rows in the order's currency, however it is spelled, and no other", () => {
    const row = theRow()
    const inCurrency = (currency_code: string) =>
      settled(sale, { booked: [{ ...row, currency_code }] })

    expect(inCurrency("usd")[0]?.difference).toBeNull()
    expect(() => inCurrency("EUR")).toThrow(CurrencyMismatchError)
    expect(() => inCurrency("EUR")).toThrow("in USD, got one in EUR")
    expect(() =>
      settled({ ...sale, currency_code: "usd" }, { booked: [row] })
    ).not.toThrow()
  })

  it("is today's policy until something was booked, and then what it was then", () => {
    const policy = aPolicy({ commission_basis_points: 700, tax: "platform" })
    const row = theRow()
    const today = { commission_basis_points: 700, tax_rule: "platform" }
    const context = { vendor_id: "v1", currency_code: "USD", policy }

    expect(termsOf(undefined, context)).toMatchObject(today)
    expect(termsOf({ ...row, is_earned: false }, context)).toMatchObject(today)
    expect(termsOf(row, context)).toMatchObject({
      commission_basis_points: 1000,
      tax_rule: "vendor",
    })
  })
})

describe("the times of a settlement", () => {
  const policy = aPolicy({ hold_days: 7 })
  const later = new Date("2026-03-03T00:00:00Z")
  const unearned = () => ({ ...theRow(), is_earned: false })

  it("are none before it is released", () => {
    expect(
      timesOf({
        booked: undefined,
        held_reason: "not_released",
        policy,
        now: NOON,
      })
    ).toEqual({ released_at: null, available_at: null })
  })

  it("begin when it is first seen released, plus whole days", () => {
    expect(
      timesOf({ booked: undefined, held_reason: null, policy, now: NOON })
    ).toEqual({ released_at: NOON, available_at: WEEK_LATER })
  })

  it("begin when it was first seen released, also when it is held again", () => {
    for (const held_reason of [null, "not_released"] as const) {
      expect(
        timesOf({ booked: unearned(), held_reason, policy, now: later })
      ).toEqual({ released_at: NOON, available_at: WEEK_LATER })
    }
  })

  it("follow the policy until something was booked, and then nothing", () => {
    const now = aPolicy({ hold_days: 1 })
    const at = (booked: BookedSettlement) =>
      timesOf({ booked, held_reason: null, policy: now, now: later })
        .available_at

    expect(at(unearned())).toEqual(new Date("2026-03-02T12:00:00Z"))
    expect(at({ ...theRow(), available_at: null })).toEqual(
      new Date("2026-03-02T12:00:00Z")
    )
    expect(at(theRow())).toEqual(WEEK_LATER)
  })
})

describe("what holds a settlement, in words", () => {
  it.each<[HeldReason, string]>([
    ["unknown_currency", "Amounts in USD cannot be settled."],
    ["canceled", "The order is cancelled."],
    [
      "placed_before_start",
      "The order is older than the payouts; the option settlement.since says from when on orders are settled.",
    ],
    [
      "unallocated_refund",
      "More was refunded than its lines explain; an operator has to say whose it is (unallocated refunds).",
    ],
    ["not_captured", "The payment is not captured yet."],
    ["partially_captured", "Only a part of the payment is captured."],
    ["not_released", "Waits until the order is completed."],
    ["nothing_due", "Nothing is due to the vendor for this order."],
  ])("%s: %s", (reason, words) => {
    expect(heldDetail(reason, { facts: sale, release_on: "completed" })).toBe(
      words
    )
  })

  it.each([
    ["captured", "Waits until its payment is captured."],
    ["fulfilled", "Waits until the order is fulfilled."],
    ["delivered", "Waits until the order is delivered."],
    ["completed", "Waits until the order is completed."],
  ] as const)("waits for %s: %s", (release_on, words) => {
    expect(heldDetail("not_released", { facts: sale, release_on })).toBe(words)
  })
})

describe("the state of her order", () => {
  const facts = theFacts({
    root_order_id: "root",
    orders: [
      anOrder({ order_id: "root", display_id: 1 }),
      anOrder({ order_id: "child_1", display_id: 2 }),
      anOrder({ order_id: "child_2", display_id: 3, is_canceled: true }),
    ],
  })

  it("is cancelled with her own order or the paid one, not with a sister's", () => {
    expect(isOrderCanceled(facts, "child_1")).toBe(false)
    expect(isOrderCanceled(facts, "child_2")).toBe(true)
    const all = {
      ...facts,
      orders: [anOrder({ order_id: "root", is_canceled: true })],
    }
    expect(isOrderCanceled(all, "child_1")).toBe(true)
  })

  it("has her own order's number, or none", () => {
    expect(displayIdOf(facts, "child_1")).toBe(2)
    expect(displayIdOf(facts, "child_9")).toBeNull()
  })

  it("is released only when the whole payment is captured, where that releases", () => {
    const held = (captured: "none" | "partial" | "full") =>
      settled(
        theFacts({
          payment: { captured, captured_total: "0", refunded_total: "0" },
          orders: [],
        }),
        { policy: { release_on: "captured" } }
      )[0]?.held_reason

    expect(held("full")).toBeNull()
    expect(held("partial")).toBe("partially_captured")
    expect(held("none")).toBe("not_captured")
  })
})
