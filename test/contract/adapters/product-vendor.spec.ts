import { productVendorAdapter } from "../../../src/marketplaces/product-vendor"
import { productLink } from "./hosts/product-vendor"
import { ORDER_ID, wholeOrder } from "./hosts/whole-order"
import { memoryShop, type Row } from "./memory-shop"
import { ORDER_RELATIONS } from "./order-row"
import type { Sale } from "./sale"

const SOLD: Sale = {
  currency: "usd",
  items: [{ id: "bowl", seller: "ada", unit_price: "20.00", quantity: 1 }],
  captured: "20.00",
}
const NOON = "2026-03-02T12:00:00.000Z"
const NEXT_DAY = "2026-03-03T12:00:00.000Z"

/** Whom the bowl's line is given to, by these rows of the link. */
async function vendorBy(
  links: { vendor_id: string; deleted_at?: string }[],
  product: Row = {}
): Promise<string | null | undefined> {
  const { container } = memoryShop({
    entities: {
      order: [wholeOrder(SOLD)],
      product: [{ id: "prod_bowl", deleted_at: null, ...product }],
      vendor_product: links.map((link) => ({
        product_id: "prod_bowl",
        deleted_at: null,
        ...link,
      })),
      vendor: [],
    },
    relations: { order: ORDER_RELATIONS },
    links: [productLink("vendor")],
  })
  const facts = await productVendorAdapter().factsForOrder(container, ORDER_ID)
  return facts?.lines[0]?.vendor_id
}

describe("the vendor of a product", () => {
  it("is the one she was given to last", async () => {
    expect(
      await vendorBy([
        { vendor_id: "ada", deleted_at: NOON },
        { vendor_id: "bob" },
      ])
    ).toBe("bob")
  })

  it("is nobody once it was taken from her", async () => {
    expect(await vendorBy([{ vendor_id: "ada", deleted_at: NOON }])).toBeNull()
  })

  it("stays hers when the product is deleted with its link", async () => {
    expect(
      await vendorBy([{ vendor_id: "ada", deleted_at: NOON }], {
        deleted_at: NOON,
      })
    ).toBe("ada")
  })

  it("stays the last one's, not an earlier one's, when the product is deleted", async () => {
    expect(
      await vendorBy(
        [
          { vendor_id: "ada", deleted_at: NOON },
          { vendor_id: "bob", deleted_at: NEXT_DAY },
        ],
        { deleted_at: NEXT_DAY }
      )
    ).toBe("bob")
  })

  it("stays the last one's when the product is deleted right after it moved", async () => {
    const links = [
      { vendor_id: "ada", deleted_at: "2026-03-02T11:59:40.000Z" },
      { vendor_id: "bob", deleted_at: "2026-03-02T12:00:00.200Z" },
    ]

    expect(await vendorBy(links, { deleted_at: NOON })).toBe("bob")
  })

  it("stays hers when a product is deleted without its link", async () => {
    const links = [{ vendor_id: "ada", deleted_at: NOON }, { vendor_id: "bob" }]

    expect(await vendorBy(links, { deleted_at: NOON })).toBe("bob")
  })

  it("is nobody when it was taken from her long before it was deleted", async () => {
    const links = [{ vendor_id: "ada", deleted_at: NOON }]

    expect(await vendorBy(links, { deleted_at: NEXT_DAY })).toBeNull()
  })

  it("is known by her id alone when her record is gone", async () => {
    const { container } = memoryShop({
      entities: {
        order: [wholeOrder(SOLD)],
        vendor_product: [
          { product_id: "prod_bowl", vendor_id: "ada", deleted_at: null },
        ],
        vendor: [],
      },
      relations: { order: ORDER_RELATIONS },
      links: [productLink("vendor")],
    })

    expect(
      await productVendorAdapter().factsForOrder(container, ORDER_ID)
    ).toMatchObject({ lines: [{ vendor_id: "ada" }], vendors: [] })
  })

  it("is not guessed where there are several", async () => {
    await expect(
      vendorBy([{ vendor_id: "bob" }, { vendor_id: "ada" }])
    ).rejects.toMatchObject({
      code: "masspay.ambiguous_vendor",
      vendor_ids: ["ada", "bob"],
      message: expect.stringContaining("Product prod_bowl") as string,
    })
  })
})
