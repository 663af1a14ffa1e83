import { openShop, type Shop } from "../support/payout-shop"
import { DEADLINE_MS } from "./children"

/** A shop of its own for one round. */
export async function withShop(
  play: (shop: Shop) => Promise<string[]>
): Promise<string[]> {
  const shop = await openShop({ deadline_ms: DEADLINE_MS })
  try {
    return await play(shop)
  } finally {
    await shop.close()
  }
}
