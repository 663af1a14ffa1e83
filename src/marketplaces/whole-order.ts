import type { MedusaContainer } from "@medusajs/framework/types"

import type { LineFacts, OrderFacts, VendorFacts } from "../domain/facts"
import {
  balancedFacts,
  isCanceled,
  itemLine,
  paidOf,
  paymentsOf,
  shippingLine,
  stateOf,
  vendorIdsOf,
} from "./order-facts"
import { type ItemRow, type OrderRow, readOrders } from "./order-rows"

/** What an adapter has to add to an order that was not split. */
export type WholeOrderReading = {
  /** Reads what is needed to say who sold the items of the order, and returns what says it: a vendor's id, or `null` for the platform's own. */
  sellers: (
    order: OrderRow
  ) =>
    | Promise<(item: ItemRow) => string | null>
    | ((item: ItemRow) => string | null)
  /** The vendors with these ids, as far as they exist. */
  vendors: (ids: string[]) => Promise<VendorFacts[]>
}

/**
 * Facts of an order whose lines several vendors sold, all under the one order
 * that was paid; `null` when there is no such order. Shipping is a vendor's
 * where she sold every item, else nobody's.
 */
export async function factsOfWholeOrder(
  container: MedusaContainer,
  order_id: string,
  reading: WholeOrderReading
): Promise<OrderFacts | null> {
  const [order] = await readOrders(container, { filters: { id: order_id } })
  if (!order) return null

  const lines = linesOf(order, await reading.sellers(order))
  return balancedFacts(order, {
    ...paidOf(paymentsOf([order]), [order]),
    total: order.raw_total,
    lines,
    orders: [stateOf(order)],
    vendors: await reading.vendors(vendorIdsOf(lines)),
  })
}

function linesOf(
  order: OrderRow,
  sellerOf: (item: ItemRow) => string | null
): LineFacts[] {
  const place = { order_id: order.id, is_canceled: isCanceled(order) }
  const items = order.items.map((item) =>
    itemLine(item, { ...place, vendor_id: sellerOf(item) })
  )
  const [first, ...others] = new Set(items.map(({ vendor_id }) => vendor_id))
  const only_vendor = others.length === 0 ? (first ?? null) : null
  const shipping = order.shipping_methods.map((method) =>
    shippingLine(method, { ...place, vendor_id: only_vendor })
  )
  return [...items, ...shipping]
}
