import type { MedusaContainer } from "@medusajs/framework/types"

import { AmbiguousVendorError } from "../errors"
import { readLinkedIds } from "../links"
import type { ItemRow, OrderRow } from "../order-rows"
import { ORDER, PRODUCT, storeLinkOf } from "./platform"

/**
 * Who sold each line, by the links of stores. A product's own store goes first:
 * plugins link an order to its store only after it was placed, and may miss one.
 *
 * The function throws `AmbiguousVendorError` where several stores are left.
 */
export async function vendorByLink(
  container: MedusaContainer,
  order: OrderRow
): Promise<(item: ItemRow) => string | null> {
  const product_ids = order.items.flatMap(({ product_id }) => product_id ?? [])
  const of_product = await storesOf(container, PRODUCT, product_ids)
  const of_order =
    (await storesOf(container, ORDER, [order.id])).get(order.id) ?? []

  return ({ product_id }) => {
    const stores = (product_id && of_product.get(product_id)) || []
    const [store_id, ...others] = stores.length > 0 ? stores : of_order
    if (store_id === undefined || others.length === 0) return store_id ?? null

    // Several stores may sell one product; the order says from which it was bought.
    const both = stores.filter((id) => of_order.includes(id))
    if (both.length === 1) return both[0] ?? null
    throw new AmbiguousVendorError(
      stores.length > 0 ? `Product ${product_id ?? ""}` : `Order ${order.id}`,
      [store_id, ...others]
    )
  }
}

async function storesOf(
  container: MedusaContainer,
  place: typeof ORDER | typeof PRODUCT,
  ids: string[]
): Promise<ReadonlyMap<string, string[]>> {
  const linked = storeLinkOf(container, place)
  if (!linked) return new Map()
  const entity = place === ORDER ? "order" : "product"
  return readLinkedIds(container, { entity, ids, linked })
}
