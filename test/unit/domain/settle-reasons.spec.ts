import type { OrderFacts } from "../../../src/domain/facts"
import {
  aLine,
  anOrder,
  aShipping,
  NOON,
  theFacts,
  WEEK_LATER,
} from "./order-builders"
import { bookedFrom, of, sale, settled, twoVendors } from "./settle-builders"

const a = aLine({ ref: "a", quantity: 2 })
const b = aLine({ ref: "b", net: "50" })
const sold = theFacts({ lines: [a, b] })
const LATER = new Date("2026-03-20T00:00:00Z")

function differenceFrom(
  before: OrderFacts,
  after: OrderFacts,
  now: Date = NOON
) {
  return settled(after, { booked: bookedFrom(before), now })[0]?.difference
}

const refunded = (facts: OrderFacts, refunded_total = "1"): OrderFacts => ({
  ...facts,
  payment: { ...facts.payment, refunded_total },
})

describe("the cause that is named", () => {
  it("is the cancel before all others", () => {
    const canceled = theFacts({
      lines: [aLine({ ref: "a", quantity: 1 }), aLine({ ref: "c" })],
      orders: [anOrder({ is_canceled: true })],
    })

    expect(differenceFrom(sold, refunded(canceled))).toMatchObject({
      amount: -13500n,
      kind: "clawback",
      reason: "cancel",
    })
  })

  it("is a return where fewer of a line are left, whatever came new", () => {
    const lines = [aLine({ ref: "a", net: "50", quantity: 1 }), b]
    const returned = theFacts({ lines: [...lines, aLine({ ref: "c" })] })

    expect(differenceFrom(sold, refunded(returned))?.reason).toBe("return")
    expect(differenceFrom(sold, refunded(theFacts({ lines })))).toMatchObject({
      amount: -4500n,
      reason: "return",
    })
  })

  it("is not a return where as many are left, or more", () => {
    for (const quantity of [2, 3]) {
      const lines = [aLine({ ref: "a", net: "60", quantity }), b]

      expect(differenceFrom(sold, theFacts({ lines }))?.reason).toBe("edit")
    }
  })

  it("is an edit where a line is new or gone, though money went back", () => {
    const added = theFacts({ lines: [a, b, aLine({ ref: "c" })] })
    const removed = theFacts({ lines: [a] })

    expect(differenceFrom(sold, refunded(added))).toMatchObject({
      amount: 9000n,
      kind: "correction",
      reason: "edit",
    })
    expect(differenceFrom(sold, refunded(removed))).toMatchObject({
      amount: -4500n,
      kind: "clawback",
      reason: "edit",
    })
  })

  it("is not an edit for a line that was worth nothing before it went", () => {
    const gift = aLine({ ref: "gift", net: "0" })
    const before = theFacts({ lines: [a, gift] })
    const after = theFacts({ lines: [aLine({ ...a, net: "90" })] })

    expect(differenceFrom(before, refunded(after))?.reason).toBe("refund")
  })

  it("tells an item from a shipping method of the same id", () => {
    const shipping = aShipping({ ref: "a", vendor_id: "v1", quantity: 1 })
    const before = theFacts({ lines: [a, shipping] })
    const after = theFacts({ lines: [a, aShipping({ ...shipping, net: "4" })] })

    expect(differenceFrom(before, refunded(after))?.reason).toBe("refund")
  })

  it("is a refund where money went back and nothing else explains it", () => {
    const less = theFacts({ lines: [aLine({ ...a, net: "90" }), b] })

    expect(differenceFrom(sold, refunded(less))?.reason).toBe("refund")
    expect(differenceFrom(sold, refunded(less, "0.00"))?.reason).toBe("edit")
    expect(differenceFrom(sold, less)?.reason).toBe("edit")
  })

  it("is the refund that was taken off her, whatever the payment says", () => {
    const taken = theFacts({ lines: [a, b], unattributed: "-10" })
    const [result] = settled(taken, { booked: bookedFrom(sold) })

    expect(result?.difference).toMatchObject({
      amount: -900n,
      reason: "refund",
    })
  })
})

describe("when a difference is due", () => {
  it("is now for a correction whose original is due already", () => {
    const booked = bookedFrom(sale, { hold_days: 7 })
    const more = theFacts({ lines: [aLine({ net: "110" })] })

    expect(settled(more, { booked, now: LATER })[0]?.difference).toMatchObject({
      amount: 900n,
      kind: "correction",
      available_at: LATER,
    })
    expect(settled(more, { booked, now: NOON })[0]?.difference).toMatchObject({
      available_at: WEEK_LATER,
    })
  })

  it("is with the open earning for a clawback, and now where that was paid", () => {
    const less = theFacts({ lines: [aLine({ net: "90" })] })
    const due = (open_available_at: Date | null) =>
      settled(less, {
        booked: bookedFrom(sale).map((row) => ({ ...row, open_available_at })),
        now: LATER,
      })[0]?.difference?.available_at

    expect(due(WEEK_LATER)).toEqual(WEEK_LATER)
    expect(due(null)).toEqual(LATER)
  })
})

describe("what is not known", () => {
  it("takes nothing back in a currency whose decimals nobody knows", () => {
    const booked = bookedFrom(sale).map((row) => ({
      ...row,
      currency_code: "BTC",
    }))
    const [result] = settled({ ...sale, currency_code: "BTC" }, { booked })

    expect(result).toMatchObject({
      net: 0n,
      held_reason: "unknown_currency",
      held_detail: "Amounts in BTC cannot be settled.",
      difference: null,
    })
  })

  it("books more for nobody while it is held, and less all the same", () => {
    const booked = bookedFrom(twoVendors)
    const late = theFacts({
      lines: twoVendors.lines.map((line) =>
        line.vendor_id === "v1"
          ? { ...line, net: "70" }
          : { ...line, net: "30" }
      ),
      orders: [anOrder({ is_completed: false })],
    })
    const results = settled(late, { booked })

    expect(of(results, "v1")).toMatchObject({
      held_reason: "not_released",
      difference: null,
    })
    expect(of(results, "v2").difference).toMatchObject({
      amount: -900n,
      kind: "clawback",
    })
  })
})
