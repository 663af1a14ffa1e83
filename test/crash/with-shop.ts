import { openShop, type Shop } from "../support/payout-shop"
import { CHILD_DEADLINE } from "./children"

/** A shop of its own for one round. An error is a problem like any other. */
export async function withShop(
  play: (shop: Shop) => Promise<string[]>
): Promise<string[]> {
  const shop = await openShop({ deadline_ms: CHILD_DEADLINE.deadline_ms })
  try {
    return await play(shop)
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : "error"]
  } finally {
    await shop.close()
  }
}
