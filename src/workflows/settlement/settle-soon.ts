import type { MedusaContainer } from "@medusajs/framework/types"

import { kernelFrom } from "../../kernel"
import type { Db } from "../../modules/masspay/queries/db"
import { createGather, type Gather } from "../../runners/gather"
import type { SettledVendor } from "./settle-order"
import { settleTogether } from "./settle-together"

/** So many that reading them together pays, so few that nobody waits for long. */
const TOGETHER_MAX = 25

// By books, because a process may hold more than one shop (tests do).
const gathers = new WeakMap<Db, Gather<SettledVendor[]>>()

/**
 * Settles the order together with those that other events ask for meanwhile.
 * One order alone leads to several events within a moment, and reading some
 * orders costs Medusa little more than reading one.
 *
 * Returns `undefined` when the order has to be settled alone.
 */
export async function settleSoon(
  container: MedusaContainer,
  order_id: string
): Promise<SettledVendor[] | undefined> {
  const { books } = await kernelFrom(container)
  let gather = gathers.get(books)
  if (!gather) {
    gather = createGather(
      async (order_ids) =>
        settleTogether(await kernelFrom(container), container, order_ids),
      { limit: TOGETHER_MAX }
    )
    gathers.set(books, gather)
  }
  return gather(order_id)
}
