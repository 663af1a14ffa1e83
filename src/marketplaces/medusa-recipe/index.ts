import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { isLinked } from "../links"
import { balancedFacts, paidOf, paymentsOf, stateOf } from "../order-facts"
import { type OrderRow, readOrders, textFrom } from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { linesOfFamily } from "./lines"
import { totalOfFamily } from "./total"
import { productsWithoutVendor, readVendors, vendorOfAdmin } from "./vendors"

const MARKETPLACE_MODULE = "marketplace"
const PARENT_KEY = "parent_order_id"

/**
 * Medusa's official marketplace recipe: module `marketplace` with `vendor` and
 * `vendor_admin`, linked to products and orders.
 *
 * The customer pays one parent order. With one vendor in the cart the parent
 * itself is linked to her; with several, each gets a child order that names its
 * parent in `metadata.parent_order_id`. What was checked out is paid and refunded
 * on the parent, fulfilled and returned on the children; only what is added to a
 * child later is paid there. Every child repeats the parent's whole shipping, so
 * shipping is read from the parent alone.
 */
export const medusaRecipeAdapter: MarketplaceAdapter = {
  id: "medusa-recipe",

  async detect(container) {
    if (!container.hasRegistration(MARKETPLACE_MODULE)) return false
    const vendor = { module_key: MARKETPLACE_MODULE, id_key: "vendor_id" }
    return [
      { module_key: Modules.ORDER, id_key: "order_id" },
      { module_key: Modules.PRODUCT, id_key: "product_id" },
    ].every((place) => isLinked(container, vendor, place))
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

    const family_lines = linesOfFamily({ root, children, platform_products })
    return balancedFacts(root, {
      ...paidOf(paymentsOf(orders), [root]),
      total: totalOfFamily(root, family_lines),
      lines: family_lines.lines,
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
    links: ["vendor.id"],
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
    links: ["vendor.id"],
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
