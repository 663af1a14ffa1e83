import { MedusaError } from "@medusajs/framework/utils"

import { balancedFacts, stateOf, vendorIdsOf } from "../order-facts"
import type { MarketplaceAdapter } from "../types"
import { readCommissions } from "./commission"
import { readGroup } from "./group"
import { linesOfGroup } from "./lines"
import { sellerOfMember } from "./members"
import { listSellers, readSellers } from "./sellers"
import { totalsOf } from "./totals"
import { assertMercur2, isMercur2 } from "./version"

/**
 * Mercur 2.x: one checkout makes an order group with one order for each seller,
 * paid by one payment.
 *
 * The group is the family, and its id stands where other models have the order
 * that was paid: no seller's order decides about another's. What was paid is
 * read from the cart's payment, because the orders say it wrongly (until 2.2)
 * or not at all (since 2.3). Shipping is its order's seller's. A refund that no
 * order's lines explain is a vendor's only where she is the only one. Mercur's
 * commission goes along with each line.
 */
export const mercur2Adapter: MarketplaceAdapter = {
  id: "mercur2",

  async detect(container) {
    return isMercur2(container)
  },

  async assertUsable(container) {
    assertMercur2(container)
  },

  async factsForOrder(container, order_id) {
    const group = await readGroup(container, order_id)
    if (!group) return null

    const { orders } = group
    const [oldest] = orders
    if (orders.some((order) => order.currency_code !== oldest.currency_code)) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `The orders of the group ${group.id} are in different currencies`,
        "masspay.mixed_currencies"
      )
    }
    const commissions = await readCommissions(container, orders)
    const lines = await linesOfGroup(container, orders, commissions)
    return balancedFacts(
      { ...oldest, id: group.id },
      {
        ...totalsOf(group),
        lines,
        orders: orders.map(stateOf),
        vendors: await readSellers(container, vendorIdsOf(lines)),
      }
    )
  },

  listVendors: listSellers,

  async getVendor(container, vendor_id) {
    const [seller] = await readSellers(container, [vendor_id])
    return seller ?? null
  },

  // Vendors sign in as members of a seller, whatever the actor type is called.
  vendorOfActor: sellerOfMember,
}
