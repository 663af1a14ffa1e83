import type { OrderFacts } from "../../../src/domain/facts"
import { factsHash } from "../../../src/domain/facts-hash"
import type {
  CommissionRules,
  SettlementPolicy,
} from "../../../src/domain/settle"
import { aLine, anOrder, aPolicy, aShipping, theFacts } from "./order-builders"

const line = aLine({ ref: "a", tax: "5" })
const order = anOrder()
const facts = theFacts({ lines: [line, aShipping({ ref: "b" })] })

const hashOf = (
  changes: Partial<OrderFacts> = {},
  policy: Partial<SettlementPolicy> = {}
) => factsHash({ ...facts, ...changes }, aPolicy(policy))

const withLine = (changes: Partial<typeof line>) => ({
  lines: [{ ...line, ...changes }, ...facts.lines.slice(1)],
})
const withOrder = (changes: Partial<typeof order>) => ({
  orders: [{ ...order, ...changes }],
})
const withPayment = (changes: Partial<OrderFacts["payment"]>) => ({
  payment: { ...facts.payment, ...changes },
})

const CHANGED_FACTS: Record<string, Partial<OrderFacts>> = {
  "the paid order": { root_order_id: "order_2" },
  "the currency": { currency_code: "EUR" },
  "when it was placed": { placed_at: "2026-01-01T00:00:00.001Z" },
  "the total": { total: "115.01" },
  "what no line explains": { unattributed: "0.01" },
  "no lines": { lines: [] },
  "a line's kind": withLine({ kind: "shipping" }),
  "a line's id": withLine({ ref: "c" }),
  "a line's order": withLine({ order_id: "order_2" }),
  "a line's vendor": withLine({ vendor_id: "v2" }),
  "a line's lack of a vendor": withLine({ vendor_id: null }),
  "a line's title": withLine({ title: "Skirt" }),
  "a line's quantity": withLine({ quantity: 2 }),
  "a line's net": withLine({ net: "100.01" }),
  "a line's tax": withLine({ tax: "5.01" }),
  "a line's product": withLine({ product_id: "prod_1" }),
  "a line's category": withLine({ category_ids: ["pcat_1"] }),
  "what the marketplace took of a line": withLine({
    commission: { amount: "1", source: "mercur" },
  }),
  "another amount that it took": withLine({
    commission: { amount: "1.01", source: "mercur" },
  }),
  "who says that it took it": withLine({
    commission: { amount: "1", source: "recipe" },
  }),
  "what brought a line": withLine({ brought_by: "exchange" }),
  "what a line came back for": withLine({ came_back_by: "exchange" }),
  "no orders": { orders: [] },
  "an order's id": withOrder({ order_id: "order_2" }),
  "an order's number": withOrder({ display_id: 8 }),
  "whether it is cancelled": withOrder({ is_canceled: true }),
  "whether it is completed": withOrder({ is_completed: false }),
  "whether it is fulfilled": withOrder({ is_fulfilled: false }),
  "whether it is delivered": withOrder({ is_delivered: false }),
  "how much is captured": withPayment({ captured: "partial" }),
  "the captured total": withPayment({ captured_total: "1" }),
  "the refunded total": withPayment({ refunded_total: "1" }),
  "what was paid by credit": withPayment({ credits_total: "1" }),
}

const A = { basis_points: 100, fixed: { USD: 1n, EUR: 2n } }
const B = { basis_points: 200, fixed: {} }

const CHANGED_POLICY: Record<string, Partial<SettlementPolicy>> = {
  "the start": { since: new Date("2026-01-01T00:00:00Z") },
  "another start": { since: new Date("2026-01-02T00:00:00Z") },
  "the release": { release_on: "captured" },
  "the days of the hold": { hold_days: 1 },
  "the commission": { commission_basis_points: 1001 },
  "who gets shipping": { shipping: "platform" },
  "who gets the tax": { tax: "platform" },
  "the amount for each piece": { commission: { fixed: { USD: 1n } } },
  "another amount": { commission: { fixed: { USD: 2n } } },
  "its currency": { commission: { fixed: { EUR: 1n } } },
  "a vendor's rate": { commission: { vendors: { x: A } } },
  "another vendor's rate": { commission: { vendors: { y: A } } },
  "another rate for a vendor": { commission: { vendors: { x: B } } },
  "a category's rate": { commission: { categories: { x: A } } },
  "a product's rate": { commission: { products: { x: A } } },
  "which of two categories counts": {
    commission: { categories: { x: A, y: B } },
  },
  "that it is the other one": { commission: { categories: { y: B, x: A } } },
}

describe("factsHash", () => {
  it("is another one for every fact and every rule that is another one", () => {
    const hashes = [
      hashOf(),
      ...Object.values(CHANGED_FACTS).map((changes) => hashOf(changes)),
      ...Object.values(CHANGED_POLICY).map((policy) => hashOf({}, policy)),
    ]

    expect(new Set(hashes).size).toBe(hashes.length)
    expect(hashOf()).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each<[string, Partial<OrderFacts>]>([
    ["the order of the lines", { lines: [...facts.lines].reverse() }],
    ["the case of the currency", { currency_code: "usd" }],
    ["idle zeros of the total", { total: `${facts.total}.000` }],
    ["how zero is written", { unattributed: "-0.00" }],
    ["how a line's net is written", withLine({ net: "1e2" })],
    ["how a line's tax is written", withLine({ tax: "5.0" })],
    [
      "how the captured total is written",
      withPayment({ captured_total: `${facts.total}.0` }),
    ],
    [
      "how the refunded total is written",
      withPayment({ refunded_total: "0.0" }),
    ],
    [
      "who the vendors are said to be",
      {
        vendors: [
          {
            id: "v1",
            name: "V",
            email: "v@example.com",
            first_name: null,
            last_name: null,
            business_name: null,
            country_code: null,
          },
        ],
      },
    ],
  ])("does not depend on %s", (_what, changes) => {
    expect(hashOf(changes)).toBe(hashOf())
  })

  it("does not depend on the order in which rates are listed, categories apart", () => {
    const turned = { ...A, fixed: { EUR: 2n, USD: 1n } }
    const hash = (commission: CommissionRules) => hashOf({}, { commission })

    expect(hash({ vendors: { y: B, x: turned } })).toBe(
      hash({ vendors: { x: A, y: B } })
    )
    expect(hash({ products: { y: B, x: turned } })).toBe(
      hash({ products: { x: A, y: B } })
    )
    expect(hash({ fixed: turned.fixed })).toBe(hash({ fixed: A.fixed }))
  })

  it("does not depend on the order of a line's categories, nor on how what was taken is written", () => {
    expect(hashOf(withLine({ category_ids: ["pcat_2", "pcat_1"] }))).toBe(
      hashOf(withLine({ category_ids: ["pcat_1", "pcat_2"] }))
    )
    expect(
      hashOf(withLine({ commission: { amount: "1.0", source: "mercur" } }))
    ).toBe(hashOf(withLine({ commission: { amount: "1", source: "mercur" } })))
  })

  it("takes what the shop does not say for nothing: an update of the plugin changes no hash", () => {
    expect(
      hashOf({
        ...withLine({ category_ids: [], commission: null, brought_by: null }),
        ...withPayment({ credits_total: "0" }),
      })
    ).toBe(hashOf())
    expect(
      hashOf(
        {},
        { commission: { fixed: {}, vendors: {}, categories: {}, products: {} } }
      )
    ).toBe(hashOf())
  })

  it("does not depend on the order in which the orders were read", () => {
    const orders = ["order_1", "order_2"].map((order_id) =>
      anOrder({ order_id })
    )

    expect(hashOf({ orders: [...orders].reverse() })).toBe(hashOf({ orders }))
  })
})
