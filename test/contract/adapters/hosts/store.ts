import { storeAdapter } from "../../../../src/marketplaces/store"
import type { AdapterHost } from "../contract"
import { type LinkDefinition, memoryShop, type Row } from "../memory-shop"
import { ORDER_RELATIONS } from "../order-row"
import { SELLERS } from "../sale"
import { linkedProducts, productLink } from "./product-vendor"
import { ORDER_ID, wholeOrders } from "./whole-order"

export const PLATFORM_STORE = "store_platform"

export const ORDER_STORE: LinkDefinition = {
  entity: "order_store",
  ends: [
    { module_key: "order", id_key: "order_id", alias: "order" },
    { module_key: "store", id_key: "store_id", alias: "store" },
  ],
}
export const PRODUCT_STORE = productLink("store", "store")

/** The platform's own store is the oldest. */
export function storeRows(): Row[] {
  return [PLATFORM_STORE, ...SELLERS].map((id, index) => ({
    id,
    name: id,
    default_sales_channel_id: "sc_web",
    created_at: `2026-01-0${index + 1}`,
    deleted_at: null,
    metadata: { email: `${id}@example.com` },
  }))
}

/** Each product is linked to a store, the platform's own to the platform's. */
export const storeHost: AdapterHost = {
  adapter: storeAdapter(),
  ships: "together",
  splits: false,
  lay: (sale) => ({
    order_ids: [ORDER_ID],
    shop: memoryShop({
      entities: {
        ...wholeOrders(sale),
        ...linkedProducts(sale, "store"),
        store_product: sale.items.map(({ id, seller }) => ({
          product_id: `prod_${id}`,
          store_id: seller ?? PLATFORM_STORE,
          deleted_at: null,
        })),
        order_store: [],
        store: storeRows(),
      },
      relations: { order: ORDER_RELATIONS },
      links: [ORDER_STORE, PRODUCT_STORE],
    }),
  }),
}
