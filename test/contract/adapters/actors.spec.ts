import { MedusaModule } from "@medusajs/framework/modules-sdk"
import { MedusaError } from "@medusajs/framework/utils"

import {
  type Actor,
  type MarketplaceAdapter,
  medusaRecipeAdapter,
  mercur2Adapter,
  metadataAdapter,
  productVendorAdapter,
  storeAdapter,
} from "../../../src/marketplaces"
import { productLink } from "./hosts/product-vendor"
import { type MemoryShop, memoryShop, type Row } from "./memory-shop"

const aVendor = (id: string, people: string[]): Row => ({
  id,
  people: people.map((person) => ({ id: person })),
})
/** Carol works for both. */
const VENDORS = [
  aVendor("ven_ada", ["per_ada", "per_anna", "per_carol"]),
  aVendor("ven_bob", ["per_bob", "per_carol"]),
]
const as = (actor_id: string, acts_for?: string): Actor => ({
  actor_type: "vendor",
  actor_id,
  acts_for,
})

function describeModule(
  module_key: string,
  alias: string,
  schema: string,
  more: { name: string[]; entity: string }[] = []
): void {
  beforeAll(() => {
    MedusaModule.setJoinerConfig(module_key, {
      serviceName: module_key,
      alias: [{ name: [alias], entity: "Vendor" }, ...more],
      schema,
    })
  })
  afterAll(() => {
    MedusaModule.unregisterModuleResolution(module_key)
  })
}

/** Every shop below has the same people behind the same two vendors. */
function tellsVendorsApart(
  adapter: MarketplaceAdapter,
  open: () => MemoryShop,
  { several }: { several: boolean }
): void {
  const vendorOf = async (actor: Actor) => {
    const shop = open()
    const before = shop.snapshot()
    const vendor_id = await adapter.vendorOfActor?.(shop.container, actor)
    expect(shop.trespasses).toEqual([])
    expect(shop.snapshot()).toBe(before)
    return vendor_id
  }

  it("gives each of two vendors' people her own vendor, never the other's", async () => {
    expect(await vendorOf(as("per_ada"))).toBe("ven_ada")
    expect(await vendorOf(as("per_anna"))).toBe("ven_ada")
    expect(await vendorOf(as("per_bob"))).toBe("ven_bob")
    // Whatever she says of herself.
    expect(await vendorOf(as("per_ada", "ven_bob"))).toBeNull()
    expect(await vendorOf(as("per_bob", "ven_ada"))).toBeNull()
    expect(await vendorOf(as("per_bob", "ven_bob"))).toBe("ven_bob")
  })

  it("knows nobody by a vendor's id, or by one that does not exist", async () => {
    expect(await vendorOf(as("ven_ada"))).toBeNull()
    expect(await vendorOf(as("per_none"))).toBeNull()
    expect(await vendorOf(as("per_none", "ven_ada"))).toBeNull()
    expect(await vendorOf(as(""))).toBeNull()
  })

  if (!several) return
  it("does not guess for which of several vendors somebody is signed in", async () => {
    const error = await vendorOf(as("per_carol")).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(MedusaError)
    expect(error).toMatchObject({
      type: MedusaError.Types.FORBIDDEN,
      code: "vendor_unknown",
      message: expect.stringContaining("vendorOfActor") as string,
    })
    expect(await vendorOf(as("per_carol", "ven_ada"))).toBe("ven_ada")
    expect(await vendorOf(as("per_carol", "ven_bob"))).toBe("ven_bob")
    expect(await vendorOf(as("per_carol", "ven_eve"))).toBeNull()
  })
}

describe("somebody who is signed in for a product's vendor", () => {
  const people = (field: string, type = "[Person]") =>
    `type Vendor {\n id: ID!\n ${field}: ${type}\n }`
  const shop = (field: string, rows: Row[] = VENDORS) =>
    memoryShop({
      entities: {
        vendor: rows.map(({ id, people: own }) => ({ id, [field]: own })),
      },
      relations: { vendor: [field] },
      links: [productLink("vendor")],
    })

  describe("among her admins", () => {
    describeModule("vendors", "vendor", people("admins"))
    tellsVendorsApart(productVendorAdapter(), () => shop("admins"), {
      several: true,
    })
  })

  describe("in the field that the options name", () => {
    describeModule("vendors", "vendor", people("staff"))
    tellsVendorsApart(
      productVendorAdapter({ people: "staff" }),
      () => shop("staff"),
      { several: true }
    )
  })

  describe("as her only person", () => {
    describeModule("vendors", "vendor", people("owner", "Person"))
    it("is known by that", async () => {
      const rows = [
        { id: "ven_ada", people: { id: "per_ada" } },
        { id: "ven_bob", people: null },
      ]
      const { container } = shop("owner", rows)
      const adapter = productVendorAdapter({ people: "owner" })
      expect(await adapter.vendorOfActor?.(container, as("per_ada"))).toBe(
        "ven_ada"
      )
      expect(await adapter.vendorOfActor?.(container, as("per_bob"))).toBeNull()
    })
  })

  describe("where a vendor has no people", () => {
    describeModule("vendors", "vendor", `type Vendor {\n id: ID!\n }`)
    it("is the vendor herself, and nobody else", async () => {
      const { container } = shop("none")
      const adapter = productVendorAdapter()
      expect(await adapter.vendorOfActor?.(container, as("ven_ada"))).toBe(
        "ven_ada"
      )
      expect(await adapter.vendorOfActor?.(container, as("per_ada"))).toBeNull()
      expect(
        await adapter.vendorOfActor?.(container, as("ven_ada", "ven_bob"))
      ).toBeNull()
    })
  })
})

describe("a member who is signed in at Mercur", () => {
  describe("where each is one seller's", () => {
    describeModule(
      "seller",
      "seller",
      `type Vendor {\n id: ID!\n members: [Member]\n }`
    )
    tellsVendorsApart(
      mercur2Adapter,
      () =>
        memoryShop({
          entities: {
            seller: VENDORS.map(({ id, people }) => ({ id, members: people })),
          },
          relations: { seller: ["members"] },
        }),
      { several: true }
    )
  })

  describe("where some are several sellers'", () => {
    describeModule(
      "seller",
      "seller",
      `type Vendor {\n id: ID!\n members: [SellerMember]\n }
       type SellerMember {\n id: ID!\n seller: Vendor!\n member: Member!\n }`,
      [{ name: ["seller_member"], entity: "SellerMember" }]
    )
    tellsVendorsApart(
      mercur2Adapter,
      () =>
        memoryShop({
          entities: {
            seller: [],
            seller_member: VENDORS.flatMap(({ id, people }) =>
              (people as Row[]).map((person) => ({
                id: `${String(id)}_${String(person.id)}`,
                seller_id: id,
                member_id: person.id,
                deleted_at: null,
              }))
            ),
          },
          relations: {},
        }),
      { several: true }
    )
  })

  it("is nobody where sellers have no members", async () => {
    const { container } = memoryShop({ entities: {}, relations: {} })
    expect(
      await mercur2Adapter.vendorOfActor?.(container, as("per_ada"))
    ).toBeNull()
  })
})

describe("an admin who is signed in at the recipe's shop", () => {
  tellsVendorsApart(
    medusaRecipeAdapter,
    () =>
      memoryShop({
        entities: {
          vendor_admin: [
            ["per_ada", "ven_ada"],
            ["per_anna", "ven_ada"],
            ["per_bob", "ven_bob"],
          ].map(([id, vendor_id]) => ({ id, vendor: { id: vendor_id } })),
        },
        relations: { vendor_admin: ["vendor"] },
      }),
    { several: false }
  )
})

describe("a model that does not say who is behind a vendor", () => {
  it.each([metadataAdapter, storeAdapter()])(
    "leaves it to the host, who adds it to $id",
    async (built_in) => {
      expect("vendorOfActor" in built_in).toBe(false)
      const own: MarketplaceAdapter = {
        ...built_in,
        vendorOfActor: (_container, { actor_id }) =>
          Promise.resolve(actor_id === "per_ada" ? "ven_ada" : null),
      }
      const { container } = memoryShop({ entities: {}, relations: {} })
      expect(await own.vendorOfActor?.(container, as("per_ada"))).toBe(
        "ven_ada"
      )
      expect(await own.vendorOfActor?.(container, as("per_bob"))).toBeNull()
    }
  )
})
