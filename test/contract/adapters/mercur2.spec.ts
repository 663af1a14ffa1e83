import { MedusaModule } from "@medusajs/framework/modules-sdk"

import type { OrderFacts } from "../../../src/domain/facts"
import { settle } from "../../../src/domain/settle"
import { mercur2Adapter } from "../../../src/marketplaces/mercur2"
import { aPolicy, NOON } from "../../unit/domain/order-builders"
import {
  aCommission,
  amount,
  aPayment,
  shopOf21,
  shopOf22,
  shopOf23,
} from "./hosts/mercur-orders"
import type { MemoryShop } from "./memory-shop"

async function factsFrom(
  { container, trespasses }: MemoryShop,
  order_id = "order_a"
): Promise<OrderFacts> {
  const facts = await mercur2Adapter.factsForOrder(container, order_id)
  if (!facts) throw new Error("No facts")
  expect(trespasses).toEqual([])
  return facts
}

function lines({ lines }: OrderFacts) {
  return lines.map(({ ref, order_id, vendor_id, net }) =>
    [ref, order_id, vendor_id, net].join(" ")
  )
}

function dueOf(facts: OrderFacts) {
  return settle({
    facts,
    booked: [],
    policy: aPolicy({ commission_basis_points: 0 }),
    now: NOON,
  }).map(({ order_id, net, held_reason }) => ({ order_id, net, held_reason }))
}

const VERSIONS = [
  ["2.1", shopOf21],
  ["2.2", shopOf22],
  ["2.3", shopOf23],
] as const

describe.each(VERSIONS)("an order of Mercur %s", (_, shop) => {
  it("is the whole checkout, whichever of its orders is given", async () => {
    const facts = await factsFrom(shop())

    expect(facts).toMatchObject({
      root_order_id: "og_1",
      currency_code: "EUR",
      total: "34",
      unattributed: "0",
      payment: { captured: "full", captured_total: "34", refunded_total: "0" },
      orders: [{ order_id: "order_a" }, { order_id: "order_b" }],
      vendors: [{ id: "sel_ada" }, { id: "sel_bob" }],
    })
    expect(lines(facts)).toEqual([
      "bowl order_a sel_ada 20",
      "ship_ada order_a sel_ada 4",
      "cup order_b sel_bob 10",
    ])
    expect(await factsFrom(shop(), "order_b")).toEqual(facts)
  })

  it("is due for each seller once her own order is done, cancelled orders of others aside", async () => {
    const facts = await factsFrom(
      shop({
        orders: {
          order_a: { status: "canceled", canceled_at: "2026-03-02" },
        },
        payment: aPayment({ refunds: ["24"] }),
      })
    )

    expect(facts.total).toBe("10")
    expect(dueOf(facts)).toEqual([
      { order_id: "order_a", net: 0n, held_reason: "canceled" },
      { order_id: "order_b", net: 1000n, held_reason: null },
    ])
    const waiting = await factsFrom(
      shop({ orders: { order_b: { status: "pending" } } })
    )
    expect(dueOf(waiting)).toEqual([
      { order_id: "order_a", net: 2400n, held_reason: null },
      { order_id: "order_b", net: 1000n, held_reason: "not_released" },
    ])
  })

  it("counts a refund once, whether Medusa wrote it off on an order or not", async () => {
    const payment = aPayment({ refunds: ["2", "1"] })
    const unseen = await factsFrom(shop({ payment }))
    const written_off = await factsFrom(
      shop({ payment, orders: { order_b: { raw_total: amount("7") } } })
    )

    for (const facts of [unseen, written_off]) {
      expect(facts).toMatchObject({
        total: "31",
        unattributed: "-3",
        payment: { captured: "full", refunded_total: "3" },
      })
      expect(dueOf(facts).map(({ held_reason }) => held_reason)).toEqual([
        "unallocated_refund",
        "unallocated_refund",
      ])
    }
  })

  it("is not paid twice by a payment that is reached in two ways, and waits for all of it", async () => {
    const payment = {
      ...aPayment(),
      payments: [{ captures: [{ raw_amount: amount("20") }], refunds: [] }],
    }

    expect((await factsFrom(shop({ payment }))).payment).toEqual({
      captured: "partial",
      captured_total: "20",
      refunded_total: "0",
      refunds: [],
      credits_total: "0",
    })
  })

  it("stands alone where it has no group", async () => {
    const facts = await factsFrom(
      shop({ orders: { order_a: { order_group: null } } })
    )

    expect(facts.root_order_id).toBe("order_a")
    expect(facts.orders).toHaveLength(1)
    expect(facts.total).toBe("24")
  })

  it("carries Mercur's commission with its line, exact and unrounded", async () => {
    const facts = await factsFrom(
      shop({
        commission_lines: [
          aCommission("com_1", { item_id: "bowl", value: "1.23456789" }),
          aCommission("com_2", { item_id: "bowl", value: "0.5" }),
          aCommission("com_3", {
            shipping_method_id: "ship_ada",
            value: "0.4",
          }),
          aCommission("com_4", { item_id: "other", value: "9" }),
        ],
      })
    )

    expect(facts.lines.map(({ commission }) => commission)).toEqual([
      { source: "mercur", amount: "1.73456789" },
      { source: "mercur", amount: "0.4" },
      undefined,
    ])
  })

  it("carries none for a cancelled order, and asks for none where there is no such module", async () => {
    const commission_lines = [
      aCommission("com_1", { item_id: "bowl", value: "1" }),
    ]
    const canceled = await factsFrom(
      shop({
        commission_lines,
        orders: { order_a: { status: "canceled" } },
        payment: aPayment({ refunds: ["24"] }),
      })
    )
    const without = await factsFrom(
      shop({ commission_lines, modules: ["seller"] })
    )

    for (const facts of [canceled, without]) {
      expect(facts.lines.every((line) => !("commission" in line))).toBe(true)
    }
  })

  it("is refused in two currencies", async () => {
    await expect(
      factsFrom(shop({ orders: { order_b: { currency_code: "usd" } } }))
    ).rejects.toMatchObject({ code: "masspay.mixed_currencies" })
  })
})

describe("an order that is not linked to its seller yet", () => {
  const unlinked = { order_a: { seller: null } }

  it("is of the seller whose offers were bought, since 2.2", async () => {
    for (const shop of [shopOf22, shopOf23]) {
      expect(lines(await factsFrom(shop({ orders: unlinked })))).toEqual([
        "bowl order_a sel_ada 20",
        "ship_ada order_a sel_ada 4",
        "cup order_b sel_bob 10",
      ])
    }
  })

  it("is of the product's only seller in 2.1, and of nobody where she has none", async () => {
    const known = { prod_bowl: ["sel_ada"] }

    expect(
      lines(
        await factsFrom(shopOf21({ orders: unlinked, product_sellers: known }))
      )[0]
    ).toBe("bowl order_a sel_ada 20")
    expect(lines(await factsFrom(shopOf21({ orders: unlinked })))[0]).toBe(
      "bowl order_a  20"
    )
  })

  it("is not given to one of several who may sell the product", async () => {
    const product_sellers = { prod_bowl: ["sel_bob", "sel_ada"] }

    await expect(
      factsFrom(shopOf21({ orders: unlinked, product_sellers }))
    ).rejects.toMatchObject({
      code: "masspay.ambiguous_vendor",
      vendor_ids: ["sel_ada", "sel_bob"],
    })
  })
})

describe("a seller of Mercur", () => {
  const FIELDS = `
    type Seller {
      id: ID!
      address: SellerAddress
      members: [Member]
      professional_details: ProfessionalDetails
    }
    type Member { id: ID! }`
  const SELLER = {
    id: "sel_ada",
    name: "Ada's Atelier",
    email: "shop@example.com",
    members: [
      {
        id: "mem_2",
        first_name: "Bea",
        last_name: "New",
        created_at: "2026-02-01",
      },
      {
        id: "mem_1",
        first_name: "Ada",
        last_name: "Old",
        created_at: "2026-01-01",
      },
    ],
  }
  beforeAll(() => {
    MedusaModule.setJoinerConfig("seller", {
      serviceName: "seller",
      alias: [{ name: ["seller", "sellers"], entity: "Seller" }],
      schema: FIELDS,
    })
  })
  afterAll(() => {
    MedusaModule.unregisterModuleResolution("seller")
  })

  it.each([
    [
      "her address",
      {
        address: {
          first_name: "Ada",
          last_name: "Lovelace",
          country_code: "gb",
          company: "Atelier Ltd",
        },
      },
      {
        first_name: "Ada",
        last_name: "Lovelace",
        business_name: "Atelier Ltd",
        country_code: "GB",
      },
    ],
    [
      "her oldest member, where the address has but half a name",
      { address: { first_name: "Ada", country_code: "gb" } },
      { first_name: "Ada", last_name: "Old", country_code: "GB" },
    ],
    [
      "her oldest member and her own country, without an address",
      {
        country_code: "de",
        professional_details: { corporate_name: "A GmbH" },
      },
      {
        first_name: "Ada",
        last_name: "Old",
        business_name: "A GmbH",
        country_code: "DE",
      },
    ],
  ])("is described by %s", async (_, more, expected) => {
    const { container } = shopOf23({ sellers: [{ ...SELLER, ...more }] })

    expect(await mercur2Adapter.getVendor(container, "sel_ada")).toEqual({
      id: "sel_ada",
      name: "Ada's Atelier",
      email: "shop@example.com",
      business_name: null,
      ...expected,
    })
  })
})
