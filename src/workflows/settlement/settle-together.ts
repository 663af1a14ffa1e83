import type { MedusaContainer } from "@medusajs/framework/types"

import type { OrderFacts } from "../../domain/facts"
import { failureFields } from "../../failure"
import { type Kernel, settlementPolicy } from "../../kernel"
import type { MarketplaceAdapter } from "../../marketplaces/types"
import { recordTogether } from "../../modules/masspay/queries/settle-together"
import { databaseNow } from "../../modules/masspay/queries/settlements"
import { withCategories } from "./product-categories"
import { type SettledVendor, settledVendor } from "./settle-order"

/**
 * `settleOrder` for many orders by one read and one transaction. Returns what
 * was booked by order; one that is missing was not settled here, for whatever
 * reason, and has to be settled alone. Never throws: it only saves work.
 */
export async function settleTogether(
  kernel: Kernel,
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<ReadonlyMap<string, SettledVendor[]>> {
  if (order_ids.length === 0) return new Map()
  try {
    const adapter = await kernel.adapter()
    // Before the facts: whoever applied after this moment may know more.
    const read_at = await databaseNow(kernel.books)
    const policy = settlementPolicy(kernel)
    const facts = await factsFor(adapter, container, order_ids)
    const families: OrderFacts[] = []
    for (const one of new Set(facts.values())) {
      families.push(await withCategories(container, { facts: one, policy }))
    }
    const recorded = await recordTogether(kernel.books, {
      facts: families,
      read_at,
      policy,
      tag: kernel.installation.tag,
    })
    return new Map(
      [...facts].flatMap(([order_id, { root_order_id }]) => {
        const settlements = recorded.get(root_order_id)
        return settlements
          ? [[order_id, settlements.map(settledVendor)] as const]
          : []
      })
    )
  } catch (error) {
    // One alone is settled alone after this, which tells of its trouble.
    if (order_ids.length > 1) {
      kernel.log.warn("orders.not_settled_together", {
        orders: order_ids.length,
        ...failureFields(error),
      })
    }
    return new Map()
  }
}

/** Facts by order; orders of one family share theirs. */
async function factsFor(
  adapter: MarketplaceAdapter,
  container: MedusaContainer,
  order_ids: readonly string[]
): Promise<ReadonlyMap<string, OrderFacts>> {
  if (adapter.factsForOrders) {
    return adapter.factsForOrders(container, order_ids)
  }
  const facts = new Map<string, OrderFacts>()
  for (const order_id of order_ids) {
    // One that cannot be read is told of where it is settled alone.
    const read = adapter.factsForOrder(container, order_id)
    const found = await read.catch(() => null)
    if (found) facts.set(order_id, found)
  }
  return facts
}
