import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { OrderFacts } from "../../domain/facts"
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
    return (await readFacts(container, [order_id])).get(order_id) ?? null
  },

  factsForOrders: readFacts,

  async getVendor(container, vendor_id) {
    const [vendor] = await readVendors(container, [vendor_id])
    return vendor ?? null
  },

  // Vendors sign in as their admins, whatever a host calls that actor type.
  vendorOfActor: (container, { actor_id }) =>
    vendorOfAdmin(container, actor_id),
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
      const { root, children } = family
      const own = new Set(vendorsOf(family))
      return [
        family,
        factsOf(root, {
          lines: linesOfFamily({ root, children, platform_products }),
          orders: [root, ...children].map(stateOf),
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
  return readOrders(container, { filters: { id: [...ids] }, with_vendor: true })
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
    with_vendor: true,
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
