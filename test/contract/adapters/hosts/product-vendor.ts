import { productVendorAdapter } from "../../../../src/marketplaces/product-vendor"
import type { AdapterHost } from "../contract"
import { type LinkDefinition, memoryShop } from "../memory-shop"
import { ORDER_RELATIONS } from "../order-row"
import { type Sale, SELLERS } from "../sale"
import { ORDER_ID, wholeOrders } from "./whole-order"

/** A module's model, linked to products by `defineLink`. */
export function productLink(
  name: string,
  module_key = "vendors"
): LinkDefinition {
  return {
    entity: `${name}_product`,
    ends: [
      { module_key, id_key: `${name}_id`, alias: name },
      { module_key: "product", id_key: "product_id", alias: "product" },
    ],
  }
}

export function linkedProducts(sale: Sale, name: string) {
  return {
    product: sale.items.map(({ id }) => ({
      id: `prod_${id}`,
      deleted_at: null,
    })),
    [`${name}_product`]: sale.items.flatMap(({ id, seller }) =>
      seller
        ? [
            {
              product_id: `prod_${id}`,
              [`${name}_id`]: seller,
              deleted_at: null,
            },
          ]
        : []
    ),
  }
}

export function productVendorHost(name: string): AdapterHost {
  return {
    adapter: productVendorAdapter(),
    ships: "together",
    splits: false,
    lay: (sale) => ({
      order_ids: [ORDER_ID],
      shop: memoryShop({
        entities: {
          ...wholeOrders(sale),
          ...linkedProducts(sale, name),
          [name]: SELLERS.map((id) => ({
            id,
            name: id,
            email: `${id}@example.com`,
          })),
        },
        relations: { order: ORDER_RELATIONS },
        links: [productLink(name)],
      }),
    }),
  }
}
