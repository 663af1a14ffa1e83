import { adapterFor } from "../../../src/marketplaces/registry"
import { mercurHost } from "./hosts/mercur"
import { metadataHost } from "./hosts/metadata"
import {
  linkedProducts,
  productLink,
  productVendorHost,
} from "./hosts/product-vendor"
import { recipeHost, recipeShop } from "./hosts/recipe"
import { storeHost, storeRows } from "./hosts/store"
import { type LinkDefinition, memoryShop } from "./memory-shop"
import { ORDER_RELATIONS } from "./order-row"
import type { Sale } from "./sale"

const SOLD: Sale = {
  currency: "usd",
  items: [{ id: "bowl", seller: "ada", unit_price: "20.00", quantity: 1 }],
  captured: "20.00",
}

/** A shop without orders, of these links and modules. */
function shopWith({
  links = [],
  modules = [],
  stores = [],
}: {
  links?: LinkDefinition[]
  modules?: string[]
  stores?: Record<string, unknown>[]
}) {
  return memoryShop({
    entities: { store: stores },
    relations: { order: ORDER_RELATIONS },
    links,
    modules,
  }).container
}

function linkedToOrders(name: string, module_key: string): LinkDefinition {
  return {
    entity: `order_${name}`,
    ends: [
      { module_key: "order", id_key: "order_id", alias: "order" },
      { module_key, id_key: `${name}_id`, alias: name },
    ],
  }
}

describe('marketplace: "auto"', () => {
  it.each([
    ["metadata", metadataHost],
    ["medusa-recipe", recipeHost],
    ["product-vendor", productVendorHost("vendor")],
    ["store", storeHost],
    ["mercur2", mercurHost("2.1")],
    ["mercur2", mercurHost("2.2")],
    ["mercur2", mercurHost("2.3")],
  ])("finds %s and nothing else", async (id, host) => {
    const { shop } = host.lay(SOLD)

    expect((await adapterFor(shop.container, "auto")).id).toBe(id)
    expect(shop.trespasses).toEqual([])
  })

  it("takes a recipe whose orders have no vendors for what it is: vendors on products", async () => {
    const { shop } = recipeShop(SOLD, { orderLink: false })

    expect((await adapterFor(shop.container, "auto")).id).toBe("product-vendor")
  })

  it("finds nothing in a plain shop, and says what it looked for", async () => {
    await expect(adapterFor(shopWith({}), "auto")).rejects.toMatchObject({
      code: "masspay.marketplace_not_found",
      message: expect.stringContaining("vendor, seller or merchant") as string,
    })
  })

  it("does not take brands, reviews or one more store for vendors", async () => {
    const [platform, ada] = storeRows()
    const shop = shopWith({
      links: [productLink("brand", "brands"), productLink("review", "reviews")],
      stores: [platform ?? {}, ada ?? {}],
    })

    await expect(adapterFor(shop, "auto")).rejects.toMatchObject({
      code: "masspay.marketplace_not_found",
    })
  })

  it("finds stores that sell through channels of their own", async () => {
    const stores = storeRows().map((store, index) => ({
      ...store,
      default_sales_channel_id: `sc_${index}`,
    }))

    expect((await adapterFor(shopWith({ stores }), "auto")).id).toBe("store")
  })

  it("stops and names the candidates where several fit", async () => {
    const shop = shopWith({
      links: [
        productLink("vendor"),
        productLink("store", "store"),
        linkedToOrders("seller", "seller"),
        linkedToOrders("order_group", "seller"),
      ],
    })

    await expect(adapterFor(shop, "auto")).rejects.toMatchObject({
      code: "masspay.ambiguous_marketplace",
      candidates: ["mercur2", "product-vendor", "store"],
      message: expect.stringContaining(
        "mercur2, product-vendor, store"
      ) as string,
    })
  })

  it.each([
    [
      { modules: ["split_order_payment"] },
      'found: module "split_order_payment"',
    ],
    [
      { links: [linkedToOrders("order_set", "marketplace")] },
      'found: "order_set" linked to orders',
    ],
    [
      {
        modules: ["split_order_payment"],
        links: [
          linkedToOrders("split_order_payment", "split_order_payment"),
          linkedToOrders("seller", "seller"),
        ],
      },
      'found: module "split_order_payment", "split_order_payment" linked to orders',
    ],
  ])("refuses Mercur 1.x (%#), naming what it found", async (of, found) => {
    for (const option of ["auto", "mercur2"]) {
      await expect(adapterFor(shopWith(of), option)).rejects.toMatchObject({
        code: "masspay.marketplace_not_found",
        message: expect.stringContaining(found) as string,
      })
    }
  })
})

describe("a marketplace that is named", () => {
  it("is refused where it cannot work, before the first order", async () => {
    await expect(adapterFor(shopWith({}), "mercur2")).rejects.toThrow(
      "does not run Mercur 2.x"
    )
    await expect(adapterFor(shopWith({}), "product-vendor")).rejects.toThrow(
      "No module links a model named vendor or seller or merchant to products. Linked are: none."
    )
  })

  it("takes the vendors' model from the options, whatever it is called", async () => {
    const links = [productLink("brand", "brands"), productLink("maker")]
    const shop = memoryShop({
      entities: {
        ...linkedProducts(SOLD, "maker"),
        maker: [{ id: "ada", name: "Ada", email: "ada@example.com" }],
      },
      relations: {},
      links,
    }).container
    const told = { model: "product-vendor", vendor: "maker" } as const
    const adapter = await adapterFor(shop, { ...told, people: undefined })

    expect(await adapter.getVendor(shop, "ada")).toMatchObject({ name: "Ada" })
    await expect(
      adapterFor(shop, { ...told, vendor: "marker", people: undefined })
    ).rejects.toThrow(
      "No module links a model named marker to products. Linked are: brand, maker."
    )
  })

  it("asks which, where two models could be the vendors", async () => {
    const links = [productLink("seller", "shops"), productLink("vendor")]

    await expect(
      adapterFor(shopWith({ links }), "product-vendor")
    ).rejects.toMatchObject({
      code: "masspay.ambiguous_marketplace",
      candidates: ["product.seller", "product.vendor"],
    })
  })
})
