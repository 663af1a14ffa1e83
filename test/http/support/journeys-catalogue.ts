import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  ProductStatus,
} from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createLocationFulfillmentSetWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createServiceZonesWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/medusa/core-flows"

/** What the journeys buy: price in US dollars, and whose it is. No taxes. */
export const GOODS = {
  bowl: { price: 19.99, vendor: "ada" },
  jug: { price: 10, vendor: "ada" },
  plate: { price: 10, vendor: "ada" },
  cup: { price: 10, vendor: "bob" },
} as const
const SHIPPING = 5

/** What customers have ordered before any journey begins: goods of one vendor, and of two. */
export const ORDERED = {
  of_one: { bowl: 2, jug: 1 },
  of_two: { bowl: 2, cup: 1 },
} as const

export type Good = keyof typeof GOODS
export const VENDORS = ["ada", "bob"] as const
export type Vendor = (typeof VENDORS)[number]

export type Catalogue = {
  region_id: string
  publishable_key: string
  product_ids: Record<Good, string>
  variant_ids: Record<Good, string>
}

/** A shop that sells over its storefront: region, channel, parcels, goods. */
export async function seedCatalogue(
  container: MedusaContainer
): Promise<Catalogue> {
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: "United States",
          currency_code: "usd",
          countries: ["us"],
          payment_providers: ["pp_system_default"],
        },
      ],
    },
  })
  const { result: channels } = await createSalesChannelsWorkflow(container).run(
    { input: { salesChannelsData: [{ name: "Storefront" }] } }
  )
  const { result: profiles } = await createShippingProfilesWorkflow(
    container
  ).run({ input: { data: [{ name: "Parcels", type: "parcel" }] } })
  const sales_channel_id = only(channels).id
  const shipping_profile_id = only(profiles).id
  await seedShipping(container, { sales_channel_id, shipping_profile_id })
  return {
    region_id: only(regions).id,
    publishable_key: await seedKey(container, sales_channel_id),
    ...(await seedGoods(container, { sales_channel_id, shipping_profile_id })),
  }
}

async function seedKey(
  container: MedusaContainer,
  sales_channel_id: string
): Promise<string> {
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: {
      api_keys: [
        { title: "Storefront", type: "publishable", created_by: "user_test" },
      ],
    },
  })
  const { id, token } = only(keys)
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id, add: [sales_channel_id] },
  })
  return token
}

type Where = { sales_channel_id: string; shipping_profile_id: string }

async function seedShipping(
  container: MedusaContainer,
  { sales_channel_id, shipping_profile_id }: Where
): Promise<void> {
  const { result: locations } = await createStockLocationsWorkflow(
    container
  ).run({ input: { locations: [{ name: "Warehouse" }] } })
  const location = only(locations)
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location.id, add: [sales_channel_id] },
  })
  await createLocationFulfillmentSetWorkflow(container).run({
    input: {
      location_id: location.id,
      fulfillment_set_data: { name: "Parcels", type: "shipping" },
    },
  })
  const sets = await container
    .resolve(Modules.FULFILLMENT)
    .listFulfillmentSets({ name: "Parcels" })
  const { result: zones } = await createServiceZonesWorkflow(container).run({
    input: {
      data: [
        {
          name: "United States",
          fulfillment_set_id: only(sets).id,
          geo_zones: [{ type: "country", country_code: "us" }],
        },
      ],
    },
  })
  await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Parcel",
        service_zone_id: only(zones).id,
        shipping_profile_id,
        provider_id: "manual_manual",
        price_type: "flat",
        type: { label: "Parcel", description: "3 to 5 days", code: "parcel" },
        prices: [{ currency_code: "usd", amount: SHIPPING }],
        rules: [
          { attribute: "enabled_in_store", operator: "eq", value: "true" },
          { attribute: "is_return", operator: "eq", value: "false" },
        ],
      },
    ],
  })
}

async function seedGoods(
  container: MedusaContainer,
  { sales_channel_id, shipping_profile_id }: Where
): Promise<Pick<Catalogue, "product_ids" | "variant_ids">> {
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: Object.entries(GOODS).map(([title, { price }]) => ({
        title,
        status: ProductStatus.PUBLISHED,
        shipping_profile_id,
        sales_channels: [{ id: sales_channel_id }],
        options: [{ title: "Size", values: ["One size"] }],
        variants: [
          {
            title: "One size",
            options: { Size: "One size" },
            manage_inventory: false,
            prices: [{ currency_code: "usd", amount: price }],
          },
        ],
      })),
    },
  })
  const byTitle = (idOf: (product: (typeof products)[number]) => string) =>
    Object.fromEntries(
      products.map((product) => [product.title, idOf(product)])
    ) as Record<Good, string>
  return {
    product_ids: byTitle(({ id }) => id),
    variant_ids: byTitle(({ variants }) => only(variants).id),
  }
}

function only<Row>(rows: Row[]): Row {
  const [row, ...more] = rows
  if (row === undefined || more.length > 0) {
    throw new Error(`One row was wanted, and there are ${rows.length}`)
  }
  return row
}
