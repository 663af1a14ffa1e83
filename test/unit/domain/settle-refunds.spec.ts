import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import {
  type OrderSettlement,
  type RefundAllocation,
  type SettleInput,
  settleOrder,
} from "../../../src/domain/settle"
import { aLine, anOrder, aPolicy, book, NOON, theFacts } from "./order-builders"
import { bookedFrom, settled } from "./settle-builders"

const a = (net: string): LineFacts => aLine({ ref: "a", vendor_id: "v1", net })
const b = (net: string): LineFacts => aLine({ ref: "b", vendor_id: "v2", net })

/** Of 100.00 captured, `refunded` went back; `credit` of it is in no line. */
function after(
  lines: LineFacts[],
  { refunded, credit }: { refunded: string; credit: string }
): OrderFacts {
  return theFacts({
    lines,
    unattributed: credit === "0" ? "0" : `-${credit}`,
    payment: {
      captured: "full",
      captured_total: "100",
      refunded_total: refunded,
    },
  })
}

function look(
  facts: OrderFacts,
  input: Partial<SettleInput> = {}
): OrderSettlement {
  return settleOrder({
    facts,
    booked: [],
    policy: aPolicy({ commission_basis_points: 0 }),
    now: NOON,
    ...input,
  })
}

const nets = ({ settlements }: OrderSettlement): bigint[] =>
  settlements.map(({ net }) => net)

const allocated = (
  vendor_id: string | null,
  amount: bigint,
  basis: bigint
): RefundAllocation => ({
  order_id: vendor_id && "order_1",
  vendor_id,
  amount,
  basis,
})

describe("a refund is charged once", () => {
  it("when the return for it comes in afterwards", () => {
    const refunded = { refunded: "60", credit: "60" }

    expect(nets(look(after([a("100")], refunded)))).toEqual([4000n])
    // The credit stays on the order, but what it was for has left the lines.
    expect(nets(look(after([a("40")], refunded)))).toEqual([4000n])
    // Another refund is another one.
    expect(
      nets(look(after([a("40")], { refunded: "70", credit: "70" })))
    ).toEqual([3000n])
  })

  it("when only a part of it comes back", () => {
    expect(
      nets(look(after([a("70")], { refunded: "60", credit: "60" })))
    ).toEqual([4000n])
  })

  it("where the shop tells the refund and not the credit", () => {
    expect(
      nets(look(after([a("40")], { refunded: "60", credit: "0" })))
    ).toEqual([4000n])
  })
})

describe("an allocation", () => {
  const allocations = [allocated("v1", 1500n, 6000n), allocated(null, 500n, 0n)]

  it("is taken off whoever it names, and nobody else", () => {
    const facts = after([a("60"), b("40")], { refunded: "20", credit: "20" })
    const result = look(facts, { allocations })

    expect(nets(result)).toEqual([4500n, 4000n])
    expect(result).toMatchObject({
      unallocated: 0n,
      platform: -500n,
      parts: [
        { vendor_id: null, worth: 0n, left: 0n },
        { vendor_id: "v1", worth: 6000n, left: 4500n },
        { vendor_id: "v2", worth: 4000n, left: 4000n },
      ],
    })
    expect(look(facts)).toMatchObject({ unallocated: 2000n })
  })

  it("comes to less when lines explain it: first for whoever gave the goods back", () => {
    const facts = after([a("50"), b("40")], { refunded: "20", credit: "20" })

    // Ten of v1's fifteen came back, so five are left of hers, and the platform's.
    expect(nets(look(facts, { allocations }))).toEqual([4500n, 4000n])
  })

  it("comes to less for all alike when somebody else's goods explain it", () => {
    const facts = after([a("60"), b("30")], { refunded: "20", credit: "20" })

    expect(nets(look(facts, { allocations }))).toEqual([5250n, 3000n])
  })

  it("is nothing when all of the refund is explained, and comes back with the next", () => {
    const gone = [a("60"), b("20")]

    expect(
      nets(look(after(gone, { refunded: "20", credit: "20" }), { allocations }))
    ).toEqual([6000n, 2000n])
    expect(
      nets(look(after(gone, { refunded: "40", credit: "20" }), { allocations }))
    ).toEqual([4500n, 2000n])
  })

  it("never takes more than she has: the rest is the platform's", () => {
    const facts = after([a("5"), b("40")], { refunded: "20", credit: "20" })
    const result = look(
      {
        ...facts,
        payment: { ...facts.payment, captured_total: "45" },
      },
      { allocations: [allocated("v1", 2000n, 2000n)] }
    )

    expect(nets(result)).toEqual([0n, 4000n])
    expect(result.platform).toBe(-1500n)
  })

  it("falls with a cancelled order on the platform", () => {
    const lines = [a("60"), { ...b("40"), order_id: "order_2" }]
    const facts = {
      ...after(lines, { refunded: "20", credit: "20" }),
      orders: [
        anOrder({ is_canceled: false, order_id: "order_1" }),
        anOrder({ is_canceled: true, order_id: "order_2" }),
      ],
    }
    const hers: RefundAllocation = {
      ...allocated("v2", 2000n, 4000n),
      order_id: "order_2",
    }

    expect(nets(look(facts, { allocations: [hers] }))).toEqual([6000n, 0n])
  })

  it("is written by rule where one vendor sold everything, and tops up what is there", () => {
    const facts = after([a("100")], { refunded: "20", credit: "20" })

    expect(look(facts).allocations).toEqual([allocated("v1", 2000n, 10_000n)])
    expect(look(facts, { allocations }).allocations).toEqual([])
    expect(
      look(after([a("100")], { refunded: "30", credit: "30" }), { allocations })
        .allocations
    ).toEqual([allocated("v1", 1000n, 10_000n)])
  })

  it("is not written before anything is booked", () => {
    const facts = {
      ...after([a("100")], { refunded: "20", credit: "20" }),
      orders: [anOrder({ is_completed: false })],
    }

    expect(look(facts).allocations).toEqual([])
    expect(nets(look(facts))).toEqual([8000n])
  })
})

describe("lines of the platform", () => {
  const own = aLine({ ref: "own", vendor_id: null })

  it("are named once, when the order is settled", () => {
    const facts = theFacts({ lines: [a("60"), own] })
    const named = [{ kind: "item", ref: "own" }]

    expect(look(facts).platform_lines).toEqual(named)
    expect(look(theFacts({ lines: [own] })).platform_lines).toEqual(named)
    expect(
      look(facts, { platform_lines: new Set(["item:own"]) }).platform_lines
    ).toEqual([])
    const late = { ...facts, orders: [anOrder({ is_completed: false })] }
    expect(look(late).platform_lines).toEqual([])
  })

  it("stay the platform's, and whoever is named for them is told", () => {
    const lines = [a("60"), { ...own, vendor_id: "v1" }]
    const result = look(theFacts({ lines }), {
      booked: bookedFrom(theFacts({ lines: [a("60"), own] })),
      platform_lines: new Set(["item:own"]),
    })

    expect(result.settlements).toMatchObject([
      { vendor_id: "v1", difference: null, notice: "attribution_changed" },
    ])
  })

  it("are not settled before the start", () => {
    const policy = aPolicy({ since: new Date("2027-01-01T00:00:00Z") })

    expect(look(theFacts({ lines: [own] }), { policy }).platform_lines).toEqual(
      []
    )
  })
})

describe("a line that was brought into a booked order", () => {
  it.each([
    ["exchange", "exchange"],
    ["claim", "claim"],
    [null, "edit"],
  ] as const)("by %s is booked as %s", (brought_by, reason) => {
    const booked = bookedFrom(theFacts({ lines: [a("60")] }))
    const lines = [a("60"), { ...a("20"), ref: "new", brought_by }]
    const [result] = settled(theFacts({ lines }), { booked })

    expect(result?.difference).toMatchObject({ kind: "correction", reason })
    // What happens to it afterwards is not an exchange again.
    const row = booked[0]
    const next = result && row ? [book(result, row)] : []
    const returned = lines.map((line) => ({ ...line, net: "10", quantity: 0 }))
    expect(
      settled(theFacts({ lines: returned }), { booked: next })[0]?.difference
        ?.reason
    ).toBe("return")
  })
})

describe("what an exchange or a claim changes", () => {
  const CAUSES = ["exchange", "claim"] as const
  const NOT_PAID = {
    captured: "partial",
    captured_total: "60",
    refunded_total: "0",
  } as const
  /** Looks at the facts one after the other, as the books do. */
  function reasonsOf(...looks: OrderFacts[]) {
    let booked = bookedFrom(theFacts({ lines: [a("60")] }))
    return looks.map((facts) => {
      const [result] = settled(facts, { booked })
      const [row] = booked
      if (!result) throw new Error("Nothing was settled")
      booked = [book(result, row)]
      return result.difference?.reason ?? null
    })
  }

  it.each(CAUSES)("is booked as %s however long it waits", (brought_by) => {
    const lines = [a("60"), { ...a("20"), ref: "new", brought_by }]
    const waiting = theFacts({ lines, payment: NOT_PAID })
    expect(
      reasonsOf(waiting, waiting, theFacts({ lines }), theFacts({ lines }))
    ).toEqual([null, null, brought_by, null])
  })

  it.each(CAUSES)("is booked as %s when it came back for one", (cause) => {
    const back = { ...a("0"), quantity: 0, came_back_by: cause }
    expect(reasonsOf(theFacts({ lines: [back] }))).toEqual([cause])
  })

  it("is no exchange where nothing came back, or nothing more", () => {
    const edited = { ...a("50"), came_back_by: "exchange" as const }
    expect(reasonsOf(theFacts({ lines: [edited] }))).toEqual(["edit"])
  })

  it("is booked once: what happens to the line afterwards is its own affair", () => {
    const fresh = (net: string, quantity = 1) => ({
      ...a(net),
      ref: "new",
      quantity,
      brought_by: "claim" as const,
    })
    const look = (line: ReturnType<typeof fresh>) =>
      theFacts({ lines: [a("60"), line] })
    // The first costs nothing: there is nothing to book, and nothing waits.
    expect(reasonsOf(look(fresh("0")), look(fresh("5")))).toEqual([
      null,
      "edit",
    ])
    expect(
      reasonsOf(look(fresh("5")), look(fresh("4")), look(fresh("0", 0)))
    ).toEqual(["claim", "edit", "return"])
  })

  it("is the sale's before anything is booked", () => {
    const brought = { ...a("60"), brought_by: "exchange" as const }
    const waiting = theFacts({ lines: [brought], payment: NOT_PAID })
    const [first] = settled(waiting)
    const row = first && book(first)
    expect(row?.lines.map(({ cause }) => cause)).toEqual([undefined])
    expect(
      settled(theFacts({ lines: [brought] }), { booked: row ? [row] : [] })[0]
        ?.difference?.reason
    ).toBe("sale")
  })

  it("stays with a line that vanished before it was booked", () => {
    const lines = [
      a("60"),
      { ...a("20"), ref: "new", brought_by: "exchange" as const },
    ]
    const gone = theFacts({ lines: [a("50")] })
    expect(reasonsOf(theFacts({ lines, payment: NOT_PAID }), gone)).toEqual([
      null,
      "exchange",
    ])
  })
})
