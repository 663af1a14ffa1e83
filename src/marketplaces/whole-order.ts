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

/** The same for many orders read at once. */
export type WholeOrdersReading = {
  sellers: (
    orders: readonly OrderRow[]
  ) => Promise<(order: OrderRow, item: ItemRow) => string | null>
  vendors: WholeOrderReading["vendors"]
}

/**
 * Facts of an order whose lines several vendors sold, all under the one order
 * that was paid; `null` when there is no such order. Shipping is a vendor's
 * where she sold every item, else nobody's.
 */
export async function factsOfWholeOrder(
  container: MedusaContainer,
  order_id: string,
  { sellers, vendors }: WholeOrderReading
): Promise<OrderFacts | null> {
  const facts = await factsOfWholeOrders(container, [order_id], {
    sellers: async ([order]) => {
      const sellerOf = order && (await sellers(order))
      return (_order, item) => sellerOf?.(item) ?? null
    },
    vendors,
  })
  return facts.get(order_id) ?? null
}

/** The same for many orders, by order id, with as few reads as for one. */
export async function factsOfWholeOrders(
  container: MedusaContainer,
  order_ids: readonly string[],
  { sellers, vendors }: WholeOrdersReading
): Promise<Map<string, OrderFacts>> {
  const orders = await readOrders(container, {
    filters: { id: [...order_ids] },
  })
  if (orders.length === 0) return new Map()
  const sellerOf = await sellers(orders)
  const sold = orders.map((order) => ({
    order,
    lines: linesOf(order, (item) => sellerOf(order, item)),
  }))
  const known = await vendors(vendorIdsOf(sold.flatMap(({ lines }) => lines)))
  return new Map(
    sold.map(({ order, lines }) => {
      const ids = vendorIdsOf(lines)
      return [
        order.id,
        balancedFacts(order, {
          ...paidOf(paymentsOf([order]), [order]),
          total: order.raw_total,
          lines,
          orders: [stateOf(order)],
          vendors: known.filter(({ id }) => ids.includes(id)),
        }),
      ]
    })
  )
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
