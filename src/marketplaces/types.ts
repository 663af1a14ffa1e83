import type { MedusaContainer } from "@medusajs/framework/types"

import type { OrderFacts, VendorFacts } from "../domain/facts"
import type { Actor } from "./actors"

/** `after`: the last id of the page before; `null`: from the first. */
export type VendorPage = { after: string | null; limit: number }

/**
 * How one marketplace model says who sold what. Pure reads: an adapter never
 * writes, and the same facts give the same answer.
 */
export interface MarketplaceAdapter {
  readonly id: string
  /** Whether this shop uses the model; asked once when `marketplace: "auto"`. */
  detect(container: MedusaContainer): Promise<boolean>
  /**
   * Throws, with what to do about it, when the model cannot work in this shop.
   * Asked once, before anything else, when the options name the adapter.
   */
  assertUsable?(container: MedusaContainer): Promise<void>
  /**
   * Facts of the family of `order_id` (the paid order and the vendor orders
   * made from it, whichever of them is given), or `null` when the order does
   * not exist. Lines without a vendor are returned with `vendor_id: null`.
   * Throws when the shop contradicts itself; the order then waits.
   */
  factsForOrder(
    container: MedusaContainer,
    order_id: string
  ): Promise<OrderFacts | null>
  /**
   * The same for many orders at once, by order id, with as few reads as for one:
   * what the sweep asks for where an adapter has it. An order that is missing
   * from the answer, or all of them when this throws, is asked for alone.
   */
  factsForOrders?(
    container: MedusaContainer,
    order_ids: readonly string[]
  ): Promise<ReadonlyMap<string, OrderFacts>>
  /** The vendor as the host describes her now, or `null` when there is none of that id. */
  getVendor(
    container: MedusaContainer,
    vendor_id: string
  ): Promise<VendorFacts | null>
  /**
   * Every vendor of the shop, page by page, whatever she has sold: the next
   * `limit` of those whose id comes after `after`, by id ascending; fewer mean
   * the end. Without it, vendors are known once one of their orders was seen.
   */
  listVendors?(
    container: MedusaContainer,
    page: VendorPage
  ): Promise<VendorFacts[]>
  /**
   * The vendor whom somebody who is signed in belongs to, by what Medusa's
   * authentication says of her, or `null` when she belongs to none. Without it
   * the vendor API answers 403. It is asked only about the actor types of
   * option `vendors.actorTypes`; whoever it names sees that vendor's money. May throw
   * `forbidden` when it cannot be known for which of several she is signed in.
   */
  vendorOfActor?(
    container: MedusaContainer,
    actor: Actor
  ): Promise<string | null>
}
