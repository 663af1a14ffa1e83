/** A customer's way through the storefront's API: from an empty cart to an order. */

const CUSTOMERS = {
  usd: {
    email: "dana.reed@example.com",
    address: {
      first_name: "Dana",
      last_name: "Reed",
      address_1: "12 Cedar Street",
      city: "Portland",
      postal_code: "97201",
      country_code: "us",
    },
  },
  eur: {
    email: "mara.klein@example.com",
    address: {
      first_name: "Mara",
      last_name: "Klein",
      address_1: "Ahornweg 3",
      city: "Hamburg",
      postal_code: "20095",
      country_code: "de",
    },
  },
}

/**
 * Places one order over the store API.
 *
 * @param {import("./shop.mjs").Shop} shop
 * @param {{ currency: "usd" | "eur", items: Record<string, number> }} input
 *   quantity by product handle
 * @returns {Promise<{ order_id: string,
 *   vendor_orders: { order_id: string, vendor_id: string }[] }>}
 * @throws {import("./shop.mjs").ShopError}
 */
export async function placeOrder(shop, { currency, items }) {
  const { email, address } = CUSTOMERS[currency]
  const { regions, variants } = await storefrontOf(shop)
  const { cart } = await shop.store("POST", "/store/carts", {
    region_id: known(regions, currency),
    email,
    shipping_address: address,
    billing_address: address,
  })
  for (const [handle, quantity] of Object.entries(items)) {
    await shop.store("POST", `/store/carts/${cart.id}/line-items`, {
      variant_id: known(variants, handle),
      quantity,
    })
  }

  const { shipping_options } = await shop.store(
    "GET",
    `/store/shipping-options?cart_id=${cart.id}`
  )
  await shop.store("POST", `/store/carts/${cart.id}/shipping-methods`, {
    option_id: shipping_options[0].id,
  })
  const { payment_collection } = await shop.store(
    "POST",
    "/store/payment-collections",
    { cart_id: cart.id }
  )
  await shop.store(
    "POST",
    `/store/payment-collections/${payment_collection.id}/payment-sessions`,
    { provider_id: "pp_system_default" }
  )
  return shop.store("POST", `/store/carts/${cart.id}/complete-vendor`)
}

/** What the storefront shows everybody: read once for each shop. */
const storefronts = new WeakMap()

function storefrontOf(shop) {
  if (!storefronts.has(shop)) storefronts.set(shop, readStorefront(shop))
  return storefronts.get(shop)
}

async function readStorefront(shop) {
  const { regions } = await shop.store("GET", "/store/regions")
  const { products } = await shop.store(
    "GET",
    "/store/products?limit=100&fields=id,handle,*variants"
  )
  return {
    regions: new Map(regions.map((row) => [row.currency_code, row.id])),
    variants: new Map(products.map((row) => [row.handle, row.variants[0].id])),
  }
}

function known(map, name) {
  const id = map.get(name)
  if (!id) throw new Error(`The shop has no "${name}"`)
  return id
}
