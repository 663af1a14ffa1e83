import type { OrderFacts } from "../../../src/domain/facts"
import {
  type OrderSettlement,
  type SettleInput,
  settleOrder,
} from "../../../src/domain/settle"
import {
  aLine,
  anOrder,
  aPolicy,
  aShipping,
  book,
  NOON,
  theFacts,
} from "./order-builders"

function look(
  facts: OrderFacts,
  input: Partial<SettleInput> = {}
): OrderSettlement {
  return settleOrder({
    facts,
    booked: [],
    policy: aPolicy(),
    now: NOON,
    ...input,
  })
}

const rows = ({ settlements }: OrderSettlement) =>
  settlements.map((one) => book(one))
const names = ({ settlements }: OrderSettlement) =>
  settlements.map((one) => `${one.order_id} ${one.vendor_id}`)
const notices = ({ settlements }: OrderSettlement) =>
  settlements.map(({ vendor_id, notice }) => [vendor_id, notice])

const a = aLine({ ref: "a", vendor_id: "v1", net: "60" })
const b = aLine({ ref: "b", vendor_id: "v2", net: "40" })

describe("the settlements of an order", () => {
  it("are one for every order and vendor, in the order of both, whichever way they come", () => {
    const lines = [
      { ...b, order_id: "order_2" },
      { ...a, order_id: "order_2" },
      { ...aLine({ ref: "c", vendor_id: "v2" }), order_id: "order_1" },
      { ...aLine({ ref: "d", vendor_id: "v2" }), order_id: "order_2" },
    ]
    const expected = ["order_1 v2", "order_2 v1", "order_2 v2"]

    expect(names(look(theFacts({ lines })))).toEqual(expected)
    expect(names(look(theFacts({ lines: [...lines].reverse() })))).toEqual(
      expected
    )
  })

  it("are also those of rows without a line, and none of shipping that is the platform's", () => {
    const booked = rows(look(theFacts({ lines: [a, b] })))
    const left = theFacts({ lines: [a, aShipping({ vendor_id: "v3" })] })

    expect(
      names(look(left, { booked, policy: aPolicy({ shipping: "platform" }) }))
    ).toEqual(["order_1 v1", "order_1 v2"])
  })

  it("of one vendor in two orders are kept apart, each with what it has booked", () => {
    const facts = theFacts({
      lines: [a, { ...b, vendor_id: "v1", order_id: "order_2" }],
      orders: [anOrder(), anOrder({ order_id: "order_2" })],
    })
    const again = look(facts, { booked: rows(look(facts)) })

    expect(again.settlements).toMatchObject([
      { order_id: "order_1", net: 5400n, difference: null },
      { order_id: "order_2", net: 3600n, difference: null },
    ])
  })

  it("have the canonical currency and her own order's number", () => {
    const facts = theFacts({
      currency_code: "usd",
      lines: [{ ...a, order_id: "child_1" }],
      orders: [anOrder(), anOrder({ order_id: "child_1", display_id: 8 })],
    })

    expect(look(facts).settlements).toMatchObject([
      { currency_code: "USD", display_id: 8 },
    ])
  })

  it("list their lines by name, and with zeros what the platform keeps and what is gone", () => {
    const shipping = aShipping({ ref: "0", vendor_id: null })
    const policy = aPolicy({ shipping: "platform" })
    const gone = aLine({ ref: "gone", vendor_id: "v1" })
    const booked = rows(
      look(theFacts({ lines: [gone, shipping, a] }), { policy })
    )
    const result = look(theFacts({ lines: [shipping, a] }), { booked, policy })

    expect(
      result.settlements[0]?.lines.map(({ kind, ref, rule, gross, quantity }) =>
        [kind, ref, rule, gross, quantity].join(" ")
      )
    ).toEqual([
      "item a own 6000 1",
      "item gone own 0 0",
      "shipping 0 platform 0 1",
    ])
    // What the platform keeps has no rule of commission.
    expect(result.settlements[0]?.lines[2]).not.toHaveProperty(
      "commission_rule"
    )
  })
})

describe("a cancelled order of a family", () => {
  const facts = theFacts({
    lines: [a, { ...b, order_id: "order_2" }],
    unattributed: "-10",
    orders: [anOrder(), anOrder({ order_id: "order_2", is_canceled: true })],
  })
  const allocations = [
    { order_id: "order_1", vendor_id: "v1", amount: 600n, basis: 6000n },
    { order_id: null, vendor_id: null, amount: 400n, basis: 4000n },
  ]

  it("is worth nothing to its vendor, and what she had is the platform's", () => {
    const { settlements, platform, total } = look(facts, { allocations })

    expect(settlements).toMatchObject([
      { vendor_id: "v1", refunded: 600n, gross: 5400n, net: 4860n },
      { vendor_id: "v2", refunded: 0n, gross: 0n, net: 0n },
    ])
    expect([platform, total]).toEqual([3600n, 9000n])
  })

  it("has no part in what is refunded, nor in shipping that nobody owns", () => {
    const shipped = { ...facts, lines: [...facts.lines, aShipping()] }
    const result = look({ ...shipped, total: "100" }, { allocations })

    expect(result.parts).toMatchObject([
      { vendor_id: null, worth: 4000n },
      { vendor_id: "v1", worth: 7000n },
    ])
    expect(result.settlements.map(({ shipping }) => shipping)).toEqual([
      914n,
      0n,
    ])
  })

  it("keeps the names of its lines, so that nobody is paid for them again", () => {
    expect(look(facts, { allocations }).settlements[1]?.lines).toMatchObject([
      { ref: "b", vendor_id: "v2", rule: "own", gross: "0" },
    ])
  })
})

describe("a line that is somebody else's than was booked", () => {
  it("is told to whoever was booked and to whoever is named now, and nobody else", () => {
    const booked = rows(look(theFacts({ lines: [a, b] })))
    const c = aLine({ ref: "c", vendor_id: "v3" })
    const moved = theFacts({
      lines: [{ ...a, vendor_id: "v2" }, b, c],
    })

    expect(notices(look(moved, { booked }))).toEqual([
      ["v1", "attribution_changed"],
      ["v2", "attribution_changed"],
      ["v3", null],
    ])
    expect(notices(look(theFacts({ lines: [a, b, c] }), { booked }))).toEqual([
      ["v1", null],
      ["v2", null],
      ["v3", null],
    ])
  })
})

it("a line keeps the rule of its commission from its first booking on", () => {
  const facts = theFacts({ lines: [{ ...a, product_id: "prod_1" }] })
  const policy = (basis_points: number) =>
    aPolicy({
      commission: { products: { prod_1: { basis_points, fixed: {} } } },
    })
  const booked = rows(look(facts, { policy: policy(500) }))

  expect(look(facts, { booked, policy: policy(9000) })).toMatchObject({
    settlements: [{ commission: 300n, difference: null }],
  })
})

describe("what has to be written with the entries", () => {
  const refunded = theFacts({ lines: [a], unattributed: "-10" })
  const late = { orders: [anOrder({ is_completed: false })] }

  it("is what a rule allocated, from the first booking on, though nothing differs", () => {
    const by_rule = [
      { order_id: "order_1", vendor_id: "v1", amount: 1000n, basis: 6000n },
    ]
    const booked = rows(look(refunded))

    expect(look(refunded).allocations).toEqual(by_rule)
    expect(look(refunded, { booked }).settlements[0]?.difference).toBeNull()
    expect(look(refunded, { booked }).allocations).toEqual(by_rule)
    const held = { ...refunded, ...late }
    expect(look(held, { booked: rows(look(held)) }).allocations).toEqual([])
  })

  it("is what nobody bears, only where that is what settlements wait for", () => {
    const shared = theFacts({ lines: [a, b], unattributed: "-10" })
    const canceled = { orders: [anOrder({ is_canceled: true })] }

    expect(look(shared).unallocated).toBe(1000n)
    expect(look({ ...shared, ...late }).unallocated).toBe(1000n)
    expect(look({ ...shared, ...canceled }).unallocated).toBe(0n)
    const partly = theFacts({
      lines: [...shared.lines, { ...b, ref: "c", order_id: "order_2" }],
      unattributed: "-10",
      orders: [anOrder(), anOrder({ order_id: "order_2", is_canceled: true })],
    })
    expect(look(partly).unallocated).toBe(1000n)
    const before = aPolicy({ since: new Date("2027-01-01T00:00:00Z") })
    expect(look(shared, { policy: before }).unallocated).toBe(0n)
  })

  it("names the platform's lines of an order that no vendor sold to, once it would be paid", () => {
    const own = aLine({ ref: "own", vendor_id: null })
    const named = [{ kind: "item", ref: "own" }]

    expect(look(theFacts({ lines: [own] })).platform_lines).toEqual(named)
    expect(look(theFacts({ lines: [own], ...late })).platform_lines).toEqual([])
    // A vendor's settlement that waits is a settlement: nothing is said yet.
    expect(
      look(theFacts({ lines: [own, { ...a, net: "0" }] })).platform_lines
    ).toEqual([])
    const booked = rows(look(theFacts({ lines: [own, a] })))
    expect(
      look(theFacts({ lines: [own, a], ...late }), { booked }).platform_lines
    ).toEqual(named)
  })
})

describe("an order in a currency that nobody can count", () => {
  it("is shown with its vendors and without amounts, and books nothing", () => {
    const facts = {
      ...theFacts({ lines: [a, b], unattributed: "-10" }),
      currency_code: "BTC",
    }
    const result = look(facts)

    expect(result).toMatchObject({
      total: 0n,
      platform: 0n,
      unallocated: 0n,
      allocations: [],
      platform_lines: [],
    })
    expect(result.settlements).toMatchObject([
      { vendor_id: "v1", net: 0n, held_reason: "unknown_currency" },
      { vendor_id: "v2", net: 0n, held_reason: "unknown_currency" },
    ])
  })
})
