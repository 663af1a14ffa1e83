import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { updateProductsWorkflow } from "@medusajs/medusa/core-flows"

import {
  type Catalogue,
  type Good,
  GOODS,
  type Vendor,
  VENDORS,
} from "./journeys-catalogue"
import type { Customer } from "./journeys-people"
import { openMarketplace } from "./marketplace"
import { aContact, openShop } from "./shop"

export type Placed = {
  /** The one that the customer pays. */
  order_id: string
  /** A vendor's own order, where it is not the same. */
  of_vendor: Partial<Record<Vendor, string>>
}

type VendorIds = Record<Vendor, string>

/** A marketplace model that runs on a plain Medusa shop. */
export type JourneyAdapter = {
  marketplace: string
  env: Record<string, string>
  /** Whether several vendors in one cart make several orders. */
  is_split: boolean
  /** Makes the vendors known, with contacts `<name>@example.com`, and says whose the goods are. */
  seedVendors(
    container: MedusaContainer,
    catalogue: Catalogue
  ): Promise<VendorIds>
  /** What this shop's storefront does with a cart that is ready. */
  checkOut(
    container: MedusaContainer,
    order: { customer: Customer; cart_id: string; vendor_ids: VendorIds }
  ): Promise<Placed>
}

const metadata: JourneyAdapter = {
  marketplace: "metadata",
  env: {},
  is_split: false,
  async seedVendors(container, { product_ids }) {
    const vendor_ids: VendorIds = { ada: "ven_ada", bob: "ven_bob" }
    await openShop(() => container).registerVendors(
      Object.fromEntries(
        VENDORS.map((vendor) => [
          vendor_ids[vendor],
          aContact({ name: vendor, email: `${vendor}@example.com` }),
        ])
      )
    )
    for (const [good, vendor] of vendorsOfGoods()) {
      await updateProductsWorkflow(container).run({
        input: {
          selector: { id: product_ids[good] },
          update: { metadata: { vendor_id: vendor_ids[vendor] } },
        },
      })
    }
    return vendor_ids
  },
  checkOut: checkOutAsOne,
}

type RecipeOrders = {
  order_id: string
  vendor_orders: { order_id: string; vendor_id: string }[]
}

const medusaRecipe: JourneyAdapter = {
  marketplace: "medusa-recipe",
  env: { MASSPAY_TEST_VENDORS: "on" },
  is_split: true,
  seedVendors: seedLinkedVendors,
  async checkOut(container, { cart_id, vendor_ids }) {
    // The recipe's route does nothing but this. medusa-config.js loads it.
    const engine = container.resolve(Modules.WORKFLOW_ENGINE)
    const run: unknown = await engine.run("complete-vendor-cart", {
      input: { cart_id },
    })
    const { result: made } = run as { result: RecipeOrders }
    const of_vendor: Placed["of_vendor"] = {}
    for (const vendor of VENDORS) {
      const own = made.vendor_orders.find(
        ({ vendor_id }) => vendor_id === vendor_ids[vendor]
      )
      if (own) of_vendor[vendor] = own.order_id
    }
    return { order_id: made.order_id, of_vendor }
  },
}

const productVendor: JourneyAdapter = {
  marketplace: "product-vendor",
  env: { MASSPAY_TEST_VENDORS: "products" },
  is_split: false,
  seedVendors: seedLinkedVendors,
  checkOut: checkOutAsOne,
}

const store: JourneyAdapter = {
  marketplace: "store",
  env: { MASSPAY_TEST_VENDORS: "stores" },
  is_split: false,
  async seedVendors(container, { product_ids }) {
    const stores = container.resolve(Modules.STORE)
    const open = async (vendor: Vendor): Promise<string> => {
      const { name, ...contact } = aContact({
        name: vendor,
        email: `${vendor}@example.com`,
      })
      const made = await stores.createStores({
        name: name ?? vendor,
        metadata: contact,
      })
      return made.id
    }
    const vendor_ids: VendorIds = {
      ada: await open("ada"),
      bob: await open("bob"),
    }
    await container.resolve(ContainerRegistrationKeys.LINK).create(
      vendorsOfGoods().map(([good, vendor]) => ({
        [Modules.PRODUCT]: { product_id: product_ids[good] },
        [Modules.STORE]: { store_id: vendor_ids[vendor] },
      }))
    )
    return vendor_ids
  },
  checkOut: checkOutAsOne,
}

/** Add a row and a spec of three lines, and the model goes through every journey. */
export const JOURNEY_ADAPTERS = {
  metadata,
  medusaRecipe,
  productVendor,
  store,
}

/** Vendors of the demo's module, linked to their products. */
async function seedLinkedVendors(
  container: MedusaContainer,
  { product_ids }: Catalogue
): Promise<VendorIds> {
  const market = openMarketplace(() => container)
  const vendor_ids: VendorIds = {
    ada: await market.vendor("ada"),
    bob: await market.vendor("bob"),
  }
  await container.resolve(ContainerRegistrationKeys.LINK).create(
    vendorsOfGoods().map(([good, vendor]) => ({
      marketplace: { vendor_id: vendor_ids[vendor] },
      [Modules.PRODUCT]: { product_id: product_ids[good] },
    }))
  )
  return vendor_ids
}

async function checkOutAsOne(
  _container: MedusaContainer,
  { customer, cart_id }: { customer: Customer; cart_id: string }
): Promise<Placed> {
  return { order_id: await customer.completeCart(cart_id), of_vendor: {} }
}

function vendorsOfGoods(): [Good, Vendor][] {
  return Object.entries(GOODS).map(([good, { vendor }]) => [
    good as Good,
    vendor,
  ])
}
