import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { OrderFacts, VendorFacts } from "../../domain/facts"
import { vendorAmong } from "../actors"
import { isLinked } from "../links"
import { balancedFacts, paidOf, paymentsOf, stateOf } from "../order-facts"
import { type OrderRow, readOrders, textFrom } from "../order-rows"
import type { MarketplaceAdapter } from "../types"
import { linesOfFamily } from "./lines"
import { totalOfFamily } from "./total"
import {
  listVendors,
  productsWithoutVendor,
  readVendors,
  vendorOfAdmin,
} from "./vendors"

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
    return (await readFacts(container, [order_id])).get(order_id) ?? null
  },

  factsForOrders: readFacts,

  listVendors,

  async getVendor(container, vendor_id) {
    const [vendor] = await readVendors(container, [vendor_id])
    return vendor ?? null
  },

  // Vendors sign in as their admins, whatever a host calls that actor type.
  async vendorOfActor(container, actor) {
    const vendor_id = await vendorOfAdmin(container, actor.actor_id)
    return vendorAmong(vendor_id === null ? [] : [vendor_id], actor)
  },
}

async function readFacts(
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<Map<string, OrderFacts>> {
  const families = await readFamilies(container, order_ids)
  const roots = [...new Set(families.values())]
  const platform_products = await productsWithoutVendor(
    container,
    roots.flatMap(({ root }) => (root.vendor ? root.items : []))
  )
  const vendors = await readVendors(
    container,
    [...new Set(roots.flatMap(vendorsOf))].sort()
  )
  const facts = new Map(
    roots.map((family) => {
      const own = new Set(vendorsOf(family))
      return [
        family,
        factsOfFamily(family, {
          platform_products,
          vendors: vendors.filter(({ id }) => own.has(id)),
        }),
      ]
    })
  )
  return new Map(
    [...families].flatMap(([order_id, family]) => {
      const found = facts.get(family)
      return found ? [[order_id, found] as const] : []
    })
  )
}

function factsOfFamily(
  { root, children }: OrderFamily,
  {
    platform_products,
    vendors,
  }: {
    platform_products: ReadonlySet<string>
    vendors: VendorFacts[]
  }
): OrderFacts {
  const orders = [root, ...children]
  const family_lines = linesOfFamily({ root, children, platform_products })
  return balancedFacts(root, {
    ...paidOf(paymentsOf(orders), [root]),
    total: totalOfFamily(root, family_lines),
    lines: family_lines.lines,
    orders: orders.map(stateOf),
    vendors,
  })
}

type OrderFamily = { root: OrderRow; children: OrderRow[] }

function vendorsOf({ root, children }: OrderFamily): string[] {
  return [root, ...children].flatMap(({ vendor }) => vendor?.id ?? [])
}

/** By the order asked for; members of one family get the same one. */
async function readFamilies(
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<Map<string, OrderFamily>> {
  const given = await readByIds(container, order_ids)
  const missing = given
    .flatMap((order) => parentIdOf(order) ?? [])
    .filter((id) => !given.some((order) => order.id === id))
  const parents = await readByIds(container, [...new Set(missing)])
  const known = new Map([...given, ...parents].map((row) => [row.id, row]))
  const rootOf = (order: OrderRow): OrderRow =>
    known.get(parentIdOf(order) ?? "") ?? order

  const roots = new Map(given.map(rootOf).map((root) => [root.id, root]))
  const children = await readChildren(container, [...roots.values()])
  const families = new Map<string, OrderFamily>(
    [...roots].map(([id, root]) => [
      id,
      { root, children: children.get(id) ?? [] },
    ])
  )
  return new Map(
    given.flatMap((order) => {
      const family = families.get(rootOf(order).id)
      return family ? [[order.id, family] as const] : []
    })
  )
}

async function readByIds(
  container: MedusaContainer,
  ids: readonly string[]
): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  return readOrders(container, {
    filters: { id: [...ids] },
    links: ["vendor.id"],
  })
}

/** By the id of their parent, each oldest first. */
async function readChildren(
  container: MedusaContainer,
  roots: readonly OrderRow[]
): Promise<Map<string, OrderRow[]>> {
  if (roots.length === 0) return new Map()
  // Children are made after their parent. Metadata has no index, the display
  // id has one: it spares fresh orders the walk through all older ones.
  const first = Math.min(...roots.map(({ display_id }) => display_id ?? 0))
  const named = await readOrders(container, {
    filters: {
      metadata: { [PARENT_KEY]: roots.map(({ id }) => id) },
      display_id: { $gt: first },
    },
    links: ["vendor.id"],
  })
  const children = new Map<string, OrderRow[]>()
  for (const order of named) {
    const parent_id = parentIdOf(order)
    const parent = roots.find(({ id }) => id === parent_id)
    if (!parent || !isLater(order, parent)) continue
    children.set(parent.id, [...(children.get(parent.id) ?? []), order])
  }
  return children
}

function isLater(a: OrderRow, b: OrderRow): boolean {
  return (a.display_id ?? 0) > (b.display_id ?? 0)
}

/**
 * The parent a child names. An order that was checked out from a cart is never
 * a child: a cart's metadata is written by the customer, who could otherwise
 * have her own order paid out of somebody else's payment.
 */
function parentIdOf(order: OrderRow): string | null {
  return order.cart_link ? null : textFrom(order.metadata, PARENT_KEY)
}
