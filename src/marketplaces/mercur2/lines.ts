import type { MedusaContainer } from "@medusajs/framework/types"

import type { LineFacts } from "../../domain/facts"
import { AmbiguousVendorError } from "../errors"
import { readLinkedIds } from "../links"
import { isCanceled, itemLine, shippingLine } from "../order-facts"
import type { ItemRow, OrderRow } from "../order-rows"
import type { Commissions } from "./commission"
import { productSellerLink } from "./version"

type SellersOfProducts = ReadonlyMap<string, string[]>

/**
 * The lines of a group's orders. The order's seller sold everything in it and
 * ships it. Where an order is linked to no seller (yet), the offer that was
 * bought names her, before 2.2 the product.
 */
export async function linesOfGroup(
  container: MedusaContainer,
  orders: readonly OrderRow[],
  commissions: Commissions
): Promise<LineFacts[]> {
  const sellers = await sellersOfProducts(container, orders)
  return orders.flatMap((order) => {
    const is_canceled = isCanceled(order)
    const place = { order_id: order.id, is_canceled }
    const items = order.items.map((item) =>
      itemLine(item, { ...place, vendor_id: sellerOf(order, item, sellers) })
    )
    const [first, ...others] = new Set(items.map(({ vendor_id }) => vendor_id))
    const ships =
      order.seller?.id ?? (others.length === 0 ? (first ?? null) : null)
    const shipping = order.shipping_methods.map((method) =>
      shippingLine(method, { ...place, vendor_id: ships })
    )
    return [...items, ...shipping].map((line) => {
      const commission = commissions.get(line.ref)
      return commission && !is_canceled ? { ...line, commission } : line
    })
  })
}

function sellerOf(
  order: OrderRow,
  item: ItemRow,
  sellers: SellersOfProducts
): string | null {
  if (order.seller) return order.seller.id
  if (item.offer?.seller_id) return item.offer.seller_id
  const [seller_id, ...others] =
    (item.product_id && sellers.get(item.product_id)) || []
  if (seller_id !== undefined && others.length > 0) {
    throw new AmbiguousVendorError(`Product ${item.product_id ?? ""}`, [
      seller_id,
      ...others,
    ])
  }
  return seller_id ?? null
}

/** Only of what nothing better speaks for. */
async function sellersOfProducts(
  container: MedusaContainer,
  orders: readonly OrderRow[]
): Promise<SellersOfProducts> {
  const linked = productSellerLink(container)
  if (!linked) return new Map()
  const ids = orders
    .filter(({ seller }) => !seller)
    .flatMap(({ items }) => items)
    .filter(({ offer }) => !offer?.seller_id)
    .flatMap(({ product_id }) => product_id ?? [])
  return readLinkedIds(container, { entity: "product", ids, linked })
}
