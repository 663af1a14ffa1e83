import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { LineFacts, OrderFacts } from "../../domain/facts"
import {
  factsOf,
  isCanceled,
  itemLine,
  shippingLine,
  stateOf,
} from "../order-facts"
import {
  type ItemRow,
  type OrderRow,
  readOrders,
  textFrom,
} from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { readVendors } from "./vendors"

const VENDOR_KEY = "vendor_id"
const RECENT = 50

const Marked = z.object({
  metadata: z.record(z.string(), z.unknown()).nullish(),
})
const MetadataRow = Marked.extend({ id: z.string() })
const RecentOrderRow = MetadataRow.extend({
  items: z.array(Marked).nullish(),
  cart: z.object({ id: z.string() }).nullish(),
})

/**
 * Shops without a vendor model: the vendor's id stands in metadata.
 *
 * `product.metadata.vendor_id` decides. For orders made in the back office or
 * by an import, `metadata.vendor_id` of the line item, then of the order, speaks
 * for lines whose product names nobody. For orders checked out from a cart
 * those two are ignored: the store API lets the customer write them, and a
 * customer who is also a vendor could have other people's sales paid to herself.
 *
 * The vendor's contact is read from the store's metadata; see `readVendors`.
 */
export const metadataAdapter: MarketplaceAdapter = {
  id: "metadata",

  async detect(container) {
    return (
      (await areProductsMarked(container)) || (await areOrdersMarked(container))
    )
  },

  async factsForOrder(container, order_id) {
    return (await readFacts(container, [order_id])).get(order_id) ?? null
  },

  factsForOrders: readFacts,

  async getVendor(container, vendor_id) {
    const [vendor] = await readVendors(container, [vendor_id])
    return vendor ?? null
  },
}

async function readFacts(
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<Map<string, OrderFacts>> {
  const orders = await readOrders(container, {
    filters: { id: [...order_ids] },
    with_vendor: false,
  })
  const of_product = await readVendorOfProduct(
    container,
    orders.flatMap(({ items }) => items)
  )
  const sold = orders.map((order) => soldIn(order, of_product))
  const vendors = await readVendors(
    container,
    [...new Set(sold.flatMap(({ vendor_ids }) => vendor_ids))].sort()
  )
  return new Map(
    sold.map(({ order, lines, vendor_ids }) => [
      order.id,
      factsOf(order, {
        lines,
        orders: [stateOf(order)],
        vendors: vendors.filter(({ id }) => vendor_ids.includes(id)),
      }),
    ])
  )
}

function soldIn(
  order: OrderRow,
  of_product: ReadonlyMap<string, string>
): { order: OrderRow; lines: LineFacts[]; vendor_ids: string[] } {
  const is_canceled = isCanceled(order)
  const items = order.items.map((item) =>
    itemLine(item, {
      order_id: order.id,
      vendor_id: vendorOf(order, item, of_product),
      is_canceled,
    })
  )
  const only_vendor = onlyOneOf(items.map(({ vendor_id }) => vendor_id))
  const shipping = order.shipping_methods.map((method) =>
    shippingLine(method, {
      order_id: order.id,
      vendor_id: only_vendor,
      is_canceled,
    })
  )
  return {
    order,
    lines: [...items, ...shipping],
    vendor_ids: items.flatMap(({ vendor_id }) => vendor_id ?? []),
  }
}

function vendorOf(
  order: OrderRow,
  item: ItemRow,
  of_product: ReadonlyMap<string, string>
): string | null {
  const from_product = item.product_id && of_product.get(item.product_id)
  if (from_product) return from_product
  if (order.cart) return null
  return (
    textFrom(item.metadata, VENDOR_KEY) ?? textFrom(order.metadata, VENDOR_KEY)
  )
}

/** The vendor when all lines are hers; shipping shared by several is nobody's. */
function onlyOneOf(vendor_ids: (string | null)[]): string | null {
  const [first, ...others] = new Set(vendor_ids)
  return others.length === 0 ? (first ?? null) : null
}

async function readVendorOfProduct(
  container: MedusaContainer,
  items: ItemRow[]
): Promise<Map<string, string>> {
  const ids = [...new Set(items.flatMap(({ product_id }) => product_id ?? []))]
  if (ids.length === 0) return new Map()

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "metadata"],
    filters: { id: ids },
    // Taking a product off sale must not take the sale from its vendor.
    withDeleted: true,
  })
  return new Map(
    z
      .array(MetadataRow)
      .parse(data)
      .flatMap(({ id, metadata }): [string, string][] => {
        const vendor_id = textFrom(metadata ?? {}, VENDOR_KEY)
        return vendor_id ? [[id, vendor_id]] : []
      })
  )
}

async function areProductsMarked(container: MedusaContainer): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "metadata"],
    pagination: { take: RECENT, order: { created_at: "DESC" } },
  })
  return z.array(MetadataRow).parse(data).some(isMarked)
}

/** Carts do not count: a customer must not be able to change what this shop is taken for. */
async function areOrdersMarked(container: MedusaContainer): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "metadata", "items.metadata", "cart.id"],
    pagination: { take: RECENT, order: { created_at: "DESC" } },
  })
  return z
    .array(RecentOrderRow)
    .parse(data)
    .filter(({ cart }) => !cart)
    .some((order) => [order, ...(order.items ?? [])].some(isMarked))
}

function isMarked({ metadata }: z.infer<typeof Marked>): boolean {
  return textFrom(metadata ?? {}, VENDOR_KEY) !== null
}
