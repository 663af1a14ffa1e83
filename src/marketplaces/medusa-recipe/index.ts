import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { factsOf, stateOf } from "../order-facts"
import { type OrderRow, readOrders, textFrom } from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { linesOfFamily } from "./lines"
import { productsWithoutVendor, readVendors, vendorOfAdmin } from "./vendors"

const MARKETPLACE_MODULE = "marketplace"
const PARENT_KEY = "parent_order_id"

/**
 * Medusa's official marketplace recipe: module `marketplace` with `vendor` and
 * `vendor_admin`, linked to products and orders.
 *
 * The customer pays one parent order. With one vendor in the cart the parent
 * itself is linked to her; with several, each gets a child order that names its
 * parent in `metadata.parent_order_id`. Payments and refunds are on the parent
 * only, fulfilments and returns on the children. Every child repeats the
 * parent's whole shipping, so shipping is read from the parent alone.
 */
export const medusaRecipeAdapter: MarketplaceAdapter = {
  id: "medusa-recipe",

  async detect(container) {
    if (!container.hasRegistration(MARKETPLACE_MODULE)) return false
    return (
      isLinked(container, Modules.ORDER, "order_id") &&
      isLinked(container, Modules.PRODUCT, "product_id")
    )
  },

  async factsForOrder(container, order_id) {
    const family = await readFamily(container, order_id)
    if (!family) return null

    const { root, children } = family
    const orders = [root, ...children]
    const vendor_ids = orders.flatMap(({ vendor }) => vendor?.id ?? [])
    const platform_products = root.vendor
      ? await productsWithoutVendor(container, root.items)
      : new Set<string>()

    return factsOf(root, {
      lines: linesOfFamily({ root, children, platform_products }),
      orders: orders.map(stateOf),
      vendors: await readVendors(container, [...new Set(vendor_ids)].sort()),
    })
  },

  async getVendor(container, vendor_id) {
    const [vendor] = await readVendors(container, [vendor_id])
    return vendor ?? null
  },

  // Vendors sign in as their admins, whatever a host calls that actor type.
  vendorOfActor: (container, { actor_id }) =>
    vendorOfAdmin(container, actor_id),
}

async function readFamily(
  container: MedusaContainer,
  order_id: string
): Promise<{ root: OrderRow; children: OrderRow[] } | null> {
  const given = await readOne(container, order_id)
  if (!given) return null

  const parent_id = parentIdOf(given)
  const parent = parent_id ? await readOne(container, parent_id) : null
  const root = parent ?? given
  return { root, children: await readChildren(container, root) }
}

async function readOne(
  container: MedusaContainer,
  id: string
): Promise<OrderRow | null> {
  const [order] = await readOrders(container, {
    filters: { id },
    with_vendor: true,
  })
  return order ?? null
}

async function readChildren(
  container: MedusaContainer,
  root: OrderRow
): Promise<OrderRow[]> {
  // Children are made after their parent. Metadata has no index, the display
  // id has one: it spares a fresh order the walk through all older ones.
  const later =
    root.display_id == null ? {} : { display_id: { $gt: root.display_id } }
  const named = await readOrders(container, {
    filters: { metadata: { [PARENT_KEY]: root.id }, ...later },
    with_vendor: true,
  })
  return named.filter((order) => parentIdOf(order) === root.id)
}

/**
 * The parent a child names. An order that was checked out from a cart is never
 * a child: a cart's metadata is written by the customer, who could otherwise
 * have her own order paid out of somebody else's payment.
 */
function parentIdOf(order: OrderRow): string | null {
  return order.cart ? null : textFrom(order.metadata, PARENT_KEY)
}

function isLinked(
  container: MedusaContainer,
  module_key: string,
  field: string
): boolean {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const vendor = [MARKETPLACE_MODULE, "vendor_id"] as const
  return Boolean(
    link.getLinkModule(...vendor, module_key, field) ??
    link.getLinkModule(module_key, field, ...vendor)
  )
}
