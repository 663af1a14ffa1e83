import { setTimeout as sleep } from "node:timers/promises"

import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { type Kernel, settlementPolicy } from "../../kernel"
import {
  databaseNow,
  type RecordedSettlement,
  recordSettlements,
} from "../../modules/masspay/queries/settlements"

const READS_MAX = 5
/** Longer than one of us takes, so that those who look at one order together part. */
const PAUSE_MS_MAX = 200

/** What was booked for one vendor of the order. Safe to serialise: the difference is text. */
export type SettledVendor = {
  settlement_id: string
  vendor_id: string
  currency_code: string
  /** Booked now, signed minor units; "0" when nothing changed. */
  difference: string
  held_reason: string | null
}

/**
 * Computes what every vendor is due for the order's family as it stands now,
 * and books the difference to what is booked. Doing it twice, or twice at once,
 * books once: when somebody booked newer facts meanwhile, the facts are read
 * again.
 *
 * An unknown order settles nobody. Throws what the adapter throws, and
 * `conflict` when the order kept changing under our hands.
 */
export async function settleOrder(
  kernel: Kernel,
  container: MedusaContainer,
  order_id: string
): Promise<SettledVendor[]> {
  const adapter = await kernel.adapter()
  for (let read = 0; read < READS_MAX; read += 1) {
    if (read > 0) await sleep(Math.random() * PAUSE_MS_MAX * read)
    // Before the facts: whoever applied after this moment may know more.
    const read_at = await databaseNow(kernel.books)
    const facts = await adapter.factsForOrder(container, order_id)
    if (!facts) return []

    const { outcome, settlements } = await recordSettlements(kernel.books, {
      facts,
      read_at,
      policy: settlementPolicy(kernel),
      tag: kernel.installation.tag,
    })
    if (outcome === "recorded") return settlements.map(settledVendor)
  }
  throw new MedusaError(
    MedusaError.Types.CONFLICT,
    `Order ${order_id} was settled by others ${READS_MAX} times in a row`,
    "masspay.order_busy"
  )
}

export function settledVendor({
  id,
  vendor_id,
  currency_code,
  difference,
  held_reason,
}: RecordedSettlement): SettledVendor {
  return {
    settlement_id: id,
    vendor_id,
    currency_code,
    difference: difference.toString(),
    held_reason,
  }
}
