import {
  storeAdapter,
  type StoreOptions,
} from "../../../src/marketplaces/store"
import {
  ORDER_STORE,
  PLATFORM_STORE,
  PRODUCT_STORE,
  storeRows,
} from "./hosts/store"
import { ORDER_ID, wholeOrder } from "./hosts/whole-order"
import { memoryShop, type Row } from "./memory-shop"
import { ORDER_RELATIONS } from "./order-row"
import type { Sale } from "./sale"

const SOLD: Sale = {
  currency: "usd",
  items: [{ id: "bowl", seller: "ada", unit_price: "20.00", quantity: 1 }],
  captured: "20.00",
}

type Shop = {
  options?: StoreOptions
  /** Stores of the product; no link of products where absent. */
  of_product?: string[]
  /** Stores of the order. */
  of_order?: string[]
  stores?: Row[]
  channel?: string
  /** Channels that the product is on sale in. */
  on_sale?: string[]
}

function factsIn({
  options,
  of_product,
  of_order,
  stores = storeRows(),
  channel = "sc_web",
  on_sale = [],
}: Shop) {
  const { container } = memoryShop({
    entities: {
      order: [{ ...wholeOrder(SOLD), sales_channel_id: channel }],
      product: [{ id: "prod_bowl", deleted_at: null }],
      store: stores,
      sales_channel: ["ada", "bob"].map((id) => ({
        id: `sc_${id}`,
        name: `${id}'s`,
        metadata: { email: `${id}@example.com` },
      })),
      store_product: (of_product ?? []).map((store_id) => ({
        product_id: "prod_bowl",
        store_id,
        deleted_at: null,
      })),
      order_store: (of_order ?? []).map((store_id) => ({
        order_id: ORDER_ID,
        store_id,
        deleted_at: null,
      })),
      product_sales_channel: on_sale.map((sales_channel_id) => ({
        product_id: "prod_bowl",
        sales_channel_id,
        deleted_at: null,
      })),
    },
    relations: { order: ORDER_RELATIONS },
    links: [
      ...(of_product ? [PRODUCT_STORE] : []),
      ...(of_order ? [ORDER_STORE] : []),
    ],
  })
  return storeAdapter(options).factsForOrder(container, ORDER_ID)
}

async function sellerIn(shop: Shop): Promise<string | null | undefined> {
  return (await factsIn(shop))?.lines[0]?.vendor_id
}

describe("a store for each vendor, linked", () => {
  it("is the product's, also while the order's link is missing or late", async () => {
    expect(await sellerIn({ of_product: ["ada"], of_order: [] })).toBe("ada")
    expect(await sellerIn({ of_product: ["ada"] })).toBe("ada")
  })

  it("is the order's, where the product has none", async () => {
    expect(await sellerIn({ of_product: [], of_order: ["bob"] })).toBe("bob")
    expect(await sellerIn({ of_order: ["bob"] })).toBe("bob")
  })

  it("is the order's choice among several that sell the product", async () => {
    expect(
      await sellerIn({ of_product: ["ada", "bob"], of_order: ["bob"] })
    ).toBe("bob")
  })

  it.each([
    [{ of_product: ["ada", "bob"], of_order: [] }, "Product prod_bowl"],
    [{ of_product: ["ada", "bob"], of_order: ["x"] }, "Product prod_bowl"],
    [{ of_product: [], of_order: ["ada", "bob"] }, `Order ${ORDER_ID}`],
  ])("is not guessed where several are left (%#)", async (shop, what) => {
    await expect(sellerIn(shop)).rejects.toMatchObject({
      code: "masspay.ambiguous_vendor",
      vendor_ids: ["ada", "bob"],
      message: expect.stringContaining(what) as string,
    })
  })

  it("is nobody's to be paid where it is the platform's own: the oldest, or the one that is named", async () => {
    expect(await sellerIn({ of_product: [PLATFORM_STORE] })).toBeNull()
    expect(
      await sellerIn({ of_product: ["bob"], options: { platform: "bob" } })
    ).toBeNull()
    expect(
      await sellerIn({
        of_product: [PLATFORM_STORE],
        options: { platform: "bob" },
      })
    ).toBe(PLATFORM_STORE)
  })

  it("stays the platform's own after it was deleted", async () => {
    const stores = storeRows().map((store) =>
      store.id === PLATFORM_STORE
        ? { ...store, deleted_at: "2026-02-01" }
        : store
    )

    expect(await sellerIn({ of_product: ["ada"], stores })).toBe("ada")
  })
})

describe("a store for each vendor, by its sales channel", () => {
  const stores = storeRows().map((store) => ({
    ...store,
    default_sales_channel_id: `sc_${String(store.id)}`,
  }))

  it("is the one whose default it is", async () => {
    expect(await sellerIn({ stores, channel: "sc_ada" })).toBe("ada")
    expect(
      await sellerIn({ stores, channel: "sc_ada", on_sale: ["sc_ada"] })
    ).toBe("ada")
    expect(await sellerIn({ stores, channel: "sc_other" })).toBeNull()
    expect(
      await sellerIn({ stores, channel: `sc_${PLATFORM_STORE}` })
    ).toBeNull()
  })

  it("is nobody where several stores share the channel", async () => {
    expect(await sellerIn({ channel: "sc_web" })).toBeNull()
  })

  it("is not believed of a product that is on sale elsewhere", async () => {
    expect(
      await sellerIn({ stores, channel: "sc_ada", on_sale: ["sc_bob"] })
    ).toBeNull()
    expect(
      await sellerIn({
        stores,
        channel: "sc_ada",
        on_sale: [`sc_${PLATFORM_STORE}`],
      })
    ).toBeNull()
  })
})

describe("a sales channel for each vendor", () => {
  const options: StoreOptions = { vendor: "sales_channel" }
  const stores = storeRows().slice(0, 1)

  it("is the order's, with the contact from its metadata", async () => {
    expect(await factsIn({ options, stores, channel: "sc_ada" })).toMatchObject(
      {
        lines: [{ vendor_id: "sc_ada", net: "20" }],
        vendors: [{ id: "sc_ada", name: "ada's", email: "ada@example.com" }],
      }
    )
  })

  it("is not the platform's: the store's default, or the one that is named", async () => {
    expect(await sellerIn({ options, stores, channel: "sc_web" })).toBeNull()
    expect(
      await sellerIn({
        options: { ...options, platform: "sc_ada" },
        stores,
        channel: "sc_ada",
      })
    ).toBeNull()
  })

  it("is not the customer's choice where the product is on sale elsewhere", async () => {
    const channel = "sc_bob"

    expect(
      await sellerIn({ options, stores, channel, on_sale: ["sc_ada"] })
    ).toBeNull()
    expect(
      await sellerIn({ options, stores, channel, on_sale: ["sc_web"] })
    ).toBeNull()
    expect(
      await sellerIn({
        options,
        stores,
        channel,
        on_sale: ["sc_ada", "sc_bob"],
      })
    ).toBe("sc_bob")
  })
})
