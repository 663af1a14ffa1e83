import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  ProductStatus,
} from "@medusajs/framework/utils"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"

import { MARKETPLACE_MODULE } from "../modules/marketplace"
import type MarketplaceModuleService from "../modules/marketplace/service"
import { VENDORS, type VendorSeed } from "./catalogue"
import { seedLogin } from "./seed-login"
import type { SeededShop } from "./seed-markets"

/** The vendors, who acts for them, and what they sell. */
export async function seedVendors(
  container: MedusaContainer,
  { shop, password }: { shop: SeededShop; password: string }
): Promise<void> {
  for (const seed of VENDORS) {
    const vendor_id = await seedVendor(container, { seed, password })
    await seedProducts(container, { seed, vendor_id, shop })
  }
}

async function seedVendor(
  container: MedusaContainer,
  { seed, password }: { seed: VendorSeed; password: string }
): Promise<string> {
  const marketplace =
    container.resolve<MarketplaceModuleService>(MARKETPLACE_MODULE)
  const vendor = await marketplace.createVendors({
    handle: seed.handle,
    name: seed.name,
    country_code: seed.country_code,
  })
  if (seed.admin) {
    const { id, email } = await marketplace.createVendorAdmins({
      ...seed.admin,
      vendor_id: vendor.id,
    })
    await seedLogin(container, {
      login: { email, password },
      actor_type: "vendor",
      actor_id: id,
    })
  }
  return vendor.id
}

async function seedProducts(
  container: MedusaContainer,
  input: { seed: VendorSeed; vendor_id: string; shop: SeededShop }
): Promise<void> {
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: input.seed.products.map(({ handle, title, price }) => ({
        handle,
        title,
        status: ProductStatus.PUBLISHED,
        shipping_profile_id: input.shop.shipping_profile_id,
        sales_channels: [{ id: input.shop.sales_channel_id }],
        options: [{ title: "Size", values: ["One size"] }],
        variants: [
          {
            title: "One size",
            sku: handle,
            options: { Size: "One size" },
            manage_inventory: false,
            prices: Object.entries(price).map(([currency_code, amount]) => ({
              currency_code,
              amount,
            })),
          },
        ],
      })),
    },
  })
  await container.resolve(ContainerRegistrationKeys.LINK).create(
    products.map(({ id }) => ({
      [MARKETPLACE_MODULE]: { vendor_id: input.vendor_id },
      [Modules.PRODUCT]: { product_id: id },
    }))
  )
}
