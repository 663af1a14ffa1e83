import { settleOrder } from "../../../src/domain/settle"
import {
  aLine,
  anOrder,
  aPolicy,
  book,
  NOON,
  theFacts,
  WEEK_LATER,
} from "./order-builders"
import { bookedFrom, sale, settled, twoVendors } from "./settle-builders"

describe("what is booked", () => {
  it("is the net, once: the same facts again book nothing", () => {
    const [first] = settled(sale, { policy: { hold_days: 7 } })

    expect(first).toMatchObject({
      released_at: NOON,
      available_at: WEEK_LATER,
      difference: {
        amount: 9000n,
        kind: "earning",
        reason: "sale",
        available_at: WEEK_LATER,
      },
    })
    const again = settled(sale, {
      booked: bookedFrom(sale, { hold_days: 7 }),
      policy: { hold_days: 7 },
      now: WEEK_LATER,
    })
    expect(again[0]).toMatchObject({
      difference: null,
      released_at: NOON,
      available_at: WEEK_LATER,
    })
  })

  it("takes a return back when the earning would be paid, or now if it was", () => {
    const booked = bookedFrom(sale, { hold_days: 7 })
    const returned = theFacts({ lines: [aLine({ net: "40", quantity: 0 })] })
    const open = booked.map((row) => ({
      ...row,
      open_available_at: WEEK_LATER,
    }))
    const later = new Date("2026-03-02T00:00:00Z")

    expect(
      settled(returned, { booked: open, now: later })[0]?.difference
    ).toEqual({
      amount: -5400n,
      kind: "clawback",
      reason: "return",
      available_at: WEEK_LATER,
    })
    expect(settled(returned, { booked, now: later })[0]?.difference).toEqual({
      amount: -5400n,
      kind: "clawback",
      reason: "return",
      available_at: later,
    })
  })

  it("takes a cancelled order back whole, and holds nothing", () => {
    const booked = bookedFrom(twoVendors)
    const canceled = theFacts({
      lines: twoVendors.lines.map((line) => ({ ...line, net: "0", tax: "0" })),
      orders: [anOrder({ is_canceled: true, is_completed: false })],
      payment: { captured: "none", captured_total: "0", refunded_total: "0" },
    })

    for (const result of settled(canceled, { booked })) {
      expect(result.held_reason).toBeNull()
      expect(result.net).toBe(0n)
      expect(result.difference).toMatchObject({
        kind: "clawback",
        reason: "cancel",
      })
    }
  })

  it("pays nobody for a cancelled order whose lines still carry amounts", () => {
    const canceled = { ...twoVendors, orders: [anOrder({ is_canceled: true })] }
    const { settlements, platform } = settleOrder({
      facts: canceled,
      booked: [],
      policy: aPolicy(),
      now: NOON,
    })

    expect(settlements.map((result) => result.gross)).toEqual([0n, 0n])
    expect(platform).toBe(11000n)
  })

  it("takes an unexplained refund back from the only vendor", () => {
    const booked = bookedFrom(sale)
    const refunded = theFacts({ unattributed: "-10" })

    expect(settled(refunded, { booked })[0]?.difference).toMatchObject({
      amount: -900n,
      kind: "clawback",
      reason: "refund",
    })
  })

  it("takes back what an edit removed, though the order is not released any more", () => {
    const facts = theFacts({
      lines: [aLine(), aLine({ ref: "b", net: "50" })],
    })
    const edited = theFacts({
      orders: [anOrder({ is_completed: false })],
      payment: {
        captured: "partial",
        captured_total: "1",
        refunded_total: "0",
      },
    })
    const [result] = settled(edited, { booked: bookedFrom(facts) })

    expect(result).toMatchObject({
      held_reason: "partially_captured",
      difference: { amount: -4500n, kind: "clawback", reason: "edit" },
    })
    expect(result?.lines.find((line) => line.ref === "b")).toMatchObject({
      quantity: 0,
      net: "0",
    })
  })

  it("adds what an edit added, only when it is released, and not before the original is due", () => {
    const booked = bookedFrom(sale, { hold_days: 7 })
    const edited = theFacts({
      lines: [aLine(), aLine({ ref: "b", net: "50" })],
    })
    const uncaptured = {
      ...edited,
      payment: { ...edited.payment, captured: "partial" as const },
    }

    expect(settled(edited, { booked })[0]?.difference).toEqual({
      amount: 4500n,
      kind: "correction",
      reason: "edit",
      available_at: WEEK_LATER,
    })
    expect(settled(uncaptured, { booked })[0]?.difference).toBeNull()
  })

  it("moves no due date when the policy changes", () => {
    const booked = bookedFrom(sale, { hold_days: 7 })

    expect(
      settled(sale, { booked, policy: { hold_days: 30 } })[0]?.available_at
    ).toEqual(WEEK_LATER)
  })

  it("can be earned again after it was taken back to nothing", () => {
    const gone = theFacts({ lines: [aLine({ net: "0", quantity: 0 })] })
    const [before] = bookedFrom(sale)
    const rows = settled(gone, { booked: before ? [before] : [] }).map(
      (result) => book(result, before)
    )

    expect(rows[0]).toMatchObject({ booked: 0n, revision: 2 })
    expect(settled(sale, { booked: rows })[0]?.difference).toMatchObject({
      amount: 9000n,
      kind: "correction",
    })
  })
})
