import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import { settleOrder } from "../../../src/domain/settle"
import {
  aLine,
  anOrder,
  aPolicy,
  aShipping,
  NOON,
  theFacts,
} from "./order-builders"
import { bookedFrom, sale, settled, twoVendors } from "./settle-builders"

describe("what holds a settlement", () => {
  const none = { captured_total: "0", refunded_total: "0" }
  const cases: [string, OrderFacts][] = [
    ["unknown_currency", { ...sale, currency_code: "BTC" }],
    ["canceled", theFacts({ orders: [anOrder({ is_canceled: true })] })],
    ["not_captured", theFacts({ payment: { captured: "none", ...none } })],
    [
      "partially_captured",
      theFacts({ payment: { captured: "partial", ...none } }),
    ],
    ["not_released", theFacts({ orders: [anOrder({ is_completed: false })] })],
    ["nothing_due", theFacts({ lines: [aLine({ net: "0" })] })],
    [
      "unallocated_refund",
      theFacts({ lines: twoVendors.lines, unattributed: "-10" }),
    ],
  ]

  it.each(cases)("%s books nothing and says so in words", (reason, facts) => {
    for (const result of settled(facts)) {
      expect(result.held_reason).toBe(reason)
      expect(result.held_detail).toMatch(/\.$/)
      expect(result.difference).toBeNull()
      expect(result.released_at).toBeNull()
      expect(result.available_at).toBeNull()
    }
  })

  it("leaves orders alone that were placed before the start", () => {
    const facts = theFacts({ placed_at: "2026-01-31T23:59:59.999Z" })
    const policy = { since: new Date("2026-02-01T00:00:00Z") }

    expect(settled(facts, { policy })[0]).toMatchObject({
      held_reason: "placed_before_start",
      difference: null,
      net: 9000n,
    })
    const later = { ...facts, placed_at: "2026-02-01T00:00:00.000Z" }
    expect(settled(later, { policy })[0]?.held_reason).toBeNull()
  })

  it("goes on with an order that was booked before the start was moved", () => {
    const facts = theFacts({ placed_at: "2026-01-01T00:00:00.000Z" })
    const booked = bookedFrom(facts)
    const policy = { since: new Date("2026-02-01T00:00:00Z") }
    const less = theFacts({
      placed_at: facts.placed_at,
      lines: [aLine({ net: "40" })],
    })

    expect(settled(less, { booked, policy })[0]?.difference).toMatchObject({
      kind: "clawback",
    })
  })

  it("still shows what it would be", () => {
    const [result] = settled(
      theFacts({ payment: { captured: "none", ...none } })
    )

    expect(result).toMatchObject({ gross: 10000n, net: 9000n })
  })

  it("is nothing for amounts in a currency nobody can count", () => {
    const [result] = settled({ ...sale, currency_code: "BTC" })

    expect(result).toMatchObject({ gross: 0n, net: 0n, currency_code: "BTC" })
  })

  it("names the first reason where there are several", () => {
    const payment = { captured: "none" as const, ...none }
    const late = anOrder({ is_completed: false })

    expect(settled(theFacts({ payment, orders: [late] }))[0]?.held_reason).toBe(
      "not_captured"
    )
    expect(
      settled(
        theFacts({ payment, orders: [{ ...late, is_canceled: true }] })
      )[0]?.held_reason
    ).toBe("canceled")
  })

  it.each([
    ["captured", {}],
    ["fulfilled", { is_fulfilled: true }],
    ["delivered", { is_delivered: true }],
    ["completed", { is_completed: true }],
  ] as const)("waits for %s, on her order or the paid one", (event, state) => {
    const nothing = {
      is_completed: false,
      is_fulfilled: false,
      is_delivered: false,
    }
    const facts = (root: object, child: object): OrderFacts =>
      theFacts({
        root_order_id: "root",
        orders: [
          anOrder({ order_id: "root", ...nothing, ...root }),
          anOrder({ ...nothing, ...child }),
        ],
      })
    const held = (given: OrderFacts): string | null | undefined =>
      settled(given, { policy: { release_on: event } })[0]?.held_reason

    expect(held(facts(state, {}))).toBeNull()
    expect(held(facts({}, state))).toBeNull()
    if (event !== "captured") {
      expect(held(facts({}, {}))).toBe("not_released")
    }
  })

  it.each(["captured", "fulfilled", "delivered", "completed"] as const)(
    "lets no money go before it is captured in full, with %s as anything",
    (release_on) => {
      for (const captured of ["none", "partial"] as const) {
        const payment = { captured, ...none }
        const [result] = settled(theFacts({ payment }), {
          policy: { release_on },
        })
        expect(result?.held_reason).toBe(
          captured === "none" ? "not_captured" : "partially_captured"
        )
        expect(result?.difference).toBeNull()
      }
      const [released] = settled(sale, {
        policy: { release_on, hold_days: 14 },
      })
      expect(released?.difference?.available_at).toEqual(
        new Date(NOON.getTime() + 14 * 86_400_000)
      )
    }
  )

  it("is not a refund of less than the smallest coin", () => {
    const facts = { ...twoVendors, total: "109.996", unattributed: "-0.004" }

    expect(settled(facts).map((result) => result.held_reason)).toEqual([
      null,
      null,
    ])
  })
})

describe("what lowers the total and was not refunded", () => {
  const card = { captured: "full" as const, captured_total: "80" }

  it.each([
    ["as the shop says", { credits_total: "30" }],
    ["as the refunds leave it", {}],
  ])("is the platform's to pay: vendors get theirs, %s", (_how, credits) => {
    const { settlements, platform, unallocated } = settleOrder({
      facts: theFacts({
        lines: twoVendors.lines,
        unattributed: "-30",
        payment: { ...card, refunded_total: "0", ...credits },
      }),
      booked: [],
      policy: aPolicy(),
      now: NOON,
    })

    expect(settlements.map((one) => one.difference?.amount)).toEqual([
      6000n,
      4000n,
    ])
    expect(platform).toBe(-3000n)
    expect(unallocated).toBe(0n)
  })

  it("is told from a refund of goods that came back", () => {
    const facts = theFacts({
      lines: [
        aLine({ ref: "a", vendor_id: "v1", net: "30", quantity: 1 }),
        aLine({ ref: "b", vendor_id: "v2", net: "40", quantity: 1 }),
      ],
      unattributed: "-30",
      // 100 were sold, 30 paid by card, 30 came back and were refunded.
      payment: {
        captured: "full",
        captured_total: "70",
        refunded_total: "30",
        credits_total: "30",
      },
    })

    expect(settled(facts).map((one) => one.difference?.amount)).toEqual([
      2700n,
      3600n,
    ])
  })

  it("leaves a true refund on top of it to be allocated", () => {
    const { settlements, unallocated } = settleOrder({
      facts: theFacts({
        lines: twoVendors.lines,
        unattributed: "-35",
        payment: { ...card, refunded_total: "5", credits_total: "30" },
      }),
      booked: [],
      policy: aPolicy(),
      now: NOON,
    })

    expect(settlements.map((one) => one.held_reason)).toEqual([
      "unallocated_refund",
      "unallocated_refund",
    ])
    expect(unallocated).toBe(500n)
  })
})

describe("a refund that no line explains", () => {
  const refunded = (amount: string, lines: LineFacts[]): OrderFacts =>
    theFacts({ lines, unattributed: amount })

  it("falls on a vendor who sold everything, tax and shipping with it", () => {
    const lines = [aLine({ tax: "10" }), aShipping()]
    const [result] = settled(refunded("-12", lines))

    expect(result).toMatchObject({
      held_reason: null,
      refunded: 1200n,
      gross: 10800n,
      commission: 900n,
      net: 9900n,
    })
  })

  it("never takes more from her than she has", () => {
    const lines = [aLine({ net: "100" }), aShipping({ net: "10" })]
    const { settlements, platform } = settleOrder({
      facts: refunded("-110", lines),
      booked: [],
      policy: aPolicy({ shipping: "platform" }),
      now: NOON,
    })

    expect(settlements[0]).toMatchObject({ refunded: 10000n, net: 0n })
    expect(platform).toBe(0n)
  })

  it("is nobody's when the platform sold something too", () => {
    const lines = [aLine(), aLine({ ref: "b", vendor_id: null, net: "1" })]

    expect(settled(refunded("-1", lines))[0]).toMatchObject({
      held_reason: "unallocated_refund",
      refunded: 0n,
    })
  })

  it("keeps further bookings waiting, also those that take money back", () => {
    const booked = bookedFrom(twoVendors)
    const returned = theFacts({
      lines: [
        aLine({ ref: "a", vendor_id: "v1", net: "0", quantity: 0 }),
        aLine({ ref: "b", vendor_id: "v2", net: "40", tax: "4" }),
      ],
      unattributed: "-5",
    })

    for (const result of settled(returned, { booked })) {
      expect(result.held_reason).toBe("unallocated_refund")
      expect(result.difference).toBeNull()
    }
  })

  it("is the platform's where goods came back and were not refunded", () => {
    const { settlements, platform } = settleOrder({
      facts: theFacts({ unattributed: "25" }),
      booked: [],
      policy: aPolicy(),
      now: NOON,
    })

    expect(settlements[0]?.net).toBe(9000n)
    expect(platform).toBe(2500n)
  })
})
