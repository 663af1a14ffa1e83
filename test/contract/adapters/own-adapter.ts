import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import {
  factsOfWholeOrder,
  type MarketplaceAdapter,
  vendorFrom,
} from "../../../src/marketplaces"

const Variants = z.array(
  z.object({
    id: z.string(),
    metadata: z.object({ consignor_id: z.string().nullish() }).nullish(),
  })
)
const Customers = z.array(z.looseObject({ id: z.string() }))

/** Sells for consignors: customers whom a variant names in its metadata. */
const adapter: MarketplaceAdapter = {
  id: "consignment",

  detect: async () => true,

  factsForOrder: (container, order_id) =>
    factsOfWholeOrder(container, order_id, {
      sellers: async ({ items }) => {
        const { data } = await container
          .resolve(ContainerRegistrationKeys.QUERY)
          .graph({
            entity: "product_variant",
            fields: ["id", "metadata"],
            filters: { id: items.map(({ variant_id }) => variant_id ?? "") },
            withDeleted: true, // what was deleted since was sold all the same
          })
        const consignors = new Map(
          Variants.parse(data).map(({ id, metadata }) => [
            id,
            metadata?.consignor_id,
          ])
        )
        return ({ variant_id }) => consignors.get(variant_id ?? "") ?? null
      },
      vendors: async (ids) => {
        const { data } = await container
          .resolve(ContainerRegistrationKeys.QUERY)
          .graph({
            entity: "customer",
            fields: ["*"],
            filters: { id: ids },
          })
        return Customers.parse(data).map((customer) => vendorFrom(customer))
      },
    }),

  getVendor: async (container, vendor_id) => {
    const { data } = await container
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({
        entity: "customer",
        fields: ["*"],
        filters: { id: vendor_id },
      })
    const [customer] = Customers.parse(data)
    return customer ? vendorFrom(customer) : null
  },
}

export default adapter
