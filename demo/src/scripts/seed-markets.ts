import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createLocationFulfillmentSetWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createServiceZonesWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"

import { MARKETS } from "./catalogue"

export type SeededShop = {
  sales_channel_id: string
  shipping_profile_id: string
}

/** Regions, taxes, warehouse, shipping and the key of the storefront. */
export async function seedMarkets(
  container: MedusaContainer
): Promise<SeededShop> {
  const sales_channel_id = await seedSalesChannel(container)
  await seedRegions(container)
  const { result: profiles } = await createShippingProfilesWorkflow(
    container
  ).run({ input: { data: [{ name: "Parcels", type: "parcel" }] } })
  const shipping_profile_id = only(profiles).id
  await seedShipping(container, { sales_channel_id, shipping_profile_id })
  return { sales_channel_id, shipping_profile_id }
}

async function seedSalesChannel(container: MedusaContainer): Promise<string> {
  const { result: channels } = await createSalesChannelsWorkflow(container).run(
    { input: { salesChannelsData: [{ name: "Market square" }] } }
  )
  const channel = only(channels)

  const store = only(await container.resolve(Modules.STORE).listStores())
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        name: "Market Square",
        default_sales_channel_id: channel.id,
        supported_currencies: MARKETS.map(({ currency_code }, index) => ({
          currency_code,
          is_default: index === 0,
        })),
      },
    },
  })

  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: {
      api_keys: [
        { title: "Market square", type: "publishable", created_by: "seed" },
      ],
    },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: only(keys).id, add: [channel.id] },
  })
  return channel.id
}

async function seedRegions(container: MedusaContainer): Promise<void> {
  await createRegionsWorkflow(container).run({
    input: {
      regions: MARKETS.map((market) => ({
        name: market.name,
        currency_code: market.currency_code,
        countries: [market.country_code],
        payment_providers: ["pp_system_default"],
      })),
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: MARKETS.map((market) => ({
      country_code: market.country_code,
      provider_id: "tp_system",
      default_tax_rate: {
        name: "Sales tax",
        code: `${market.country_code}-sales`,
        rate: market.tax,
      },
    })),
  })
}

async function seedShipping(
  container: MedusaContainer,
  { sales_channel_id, shipping_profile_id }: SeededShop
): Promise<void> {
  const { result: locations } = await createStockLocationsWorkflow(
    container
  ).run({
    input: {
      locations: [
        {
          name: "Warehouse",
          address: { address_1: "1 Market Square", country_code: "US" },
        },
      ],
    },
  })
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
      data: MARKETS.map((market) => ({
        name: market.name,
        fulfillment_set_id: only(sets).id,
        geo_zones: [{ type: "country", country_code: market.country_code }],
      })),
    },
  })
  await createShippingOptionsWorkflow(container).run({
    input: MARKETS.map((market) => ({
      name: "Parcel",
      service_zone_id: only(zones.filter(({ name }) => name === market.name))
        .id,
      shipping_profile_id,
      provider_id: "manual_manual",
      price_type: "flat",
      type: { label: "Parcel", description: "3 to 5 days", code: "parcel" },
      prices: [
        { currency_code: market.currency_code, amount: market.shipping },
      ],
      rules: [
        { attribute: "enabled_in_store", operator: "eq", value: "true" },
        { attribute: "is_return", operator: "eq", value: "false" },
      ],
    })),
  })
}

function only<Row>(rows: Row[]): Row {
  const [row, ...more] = rows
  if (row === undefined || more.length > 0) {
    throw new Error(`One row was wanted, and there are ${rows.length}`)
  }
  return row
}
