import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { MarketplaceNotFoundError } from "../errors"
import { isLinked, modelsLinkedTo } from "../links"

const ORDER = { module_key: Modules.ORDER, id_key: "order_id" }
const SELLER = { module_key: "seller", id_key: "seller_id" }
const ORDER_GROUP = { module_key: "seller", id_key: "order_group_id" }
const LINE_ITEM = { module_key: Modules.ORDER, id_key: "order_line_item_id" }
const OFFER = { module_key: "offer", id_key: "offer_id" }
const PRODUCT = { module_key: Modules.PRODUCT, id_key: "product_id" }

/** Names under which Mercur 1.x links things to orders; 2.x has none of them. */
const ONLY_IN_1 = ["order_set", "split_order_payment"]

/** Mercur 2.x links its sellers and its groups of orders to orders. */
export function isMercur2(container: MedusaContainer): boolean {
  return (
    isLinked(container, ORDER, SELLER) &&
    isLinked(container, ORDER, ORDER_GROUP)
  )
}

/** Since 2.2 a line is bought from a seller's offer; before, from her product. */
export function hasOffers(container: MedusaContainer): boolean {
  return isLinked(container, LINE_ITEM, OFFER)
}

/** How sellers are linked to products, in the versions that do. */
export function productSellerLink(container: MedusaContainer) {
  return modelsLinkedTo(container, PRODUCT).find(
    ({ module_key, id_key }) =>
      module_key === SELLER.module_key && id_key === SELLER.id_key
  )
}

/** Throws `MarketplaceNotFoundError` in a shop that runs Mercur 1.x; it names what gives it away. */
export function refuseMercur1(container: MedusaContainer): void {
  const linked = modelsLinkedTo(container, ORDER)
    .filter(({ name }) => ONLY_IN_1.includes(name))
    .map(({ name }) => `"${name}" linked to orders`)
  const registered = ONLY_IN_1.filter((key) =>
    container.hasRegistration(key)
  ).map((key) => `module "${key}"`)
  const found = [...registered, ...linked]
  if (found.length === 0) return

  throw new MarketplaceNotFoundError(
    `This shop runs Mercur 1.x (found: ${found.join(", ")}), which is not supported: ` +
      "it needs Medusa 2.11 and pays its vendors through its own nightly job, " +
      "so that both would pay. Move to Mercur 2.x, or give an adapter of your " +
      "own as { resolve } and turn off Mercur's job `daily-payouts`."
  )
}

/** Throws `MarketplaceNotFoundError` in a shop without Mercur 2.x. */
export function assertMercur2(container: MedusaContainer): void {
  refuseMercur1(container)
  if (isMercur2(container)) return
  throw new MarketplaceNotFoundError(
    "This shop does not run Mercur 2.x: no `seller` module whose sellers and " +
      "order groups are linked to orders was found."
  )
}
