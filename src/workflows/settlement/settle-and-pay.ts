import type { MedusaContainer } from "@medusajs/framework/types"

import { kernelFrom } from "../../kernel"
import { masspayCollectPayoutsWorkflow } from "../payout/workflows/collect-payouts"
import type { SettledVendor } from "./settle-order"
import { settleSoon } from "./settle-soon"
import {
  masspaySettleOrderWorkflow,
  tellSettled,
} from "./workflows/settle-order"

/**
 * What an event about an order leads to: settle it, collect for the vendors
 * whose money changed and is due, and say that there is something to send.
 * Sending itself is not waited for. Whatever fails here is found again by the sweep.
 */
export async function settleAndPay(
  container: MedusaContainer,
  order_id: string
): Promise<void> {
  const kernel = await kernelFrom(container)
  const settlements = await settle(container, order_id)

  // Money that is not due is not collected yet, and asking for it costs as much
  // as settling. What is taken back may have to stop a payout, due or not.
  const vendors = new Set(
    settlements
      .filter(({ difference, is_due }) => is_due || difference.startsWith("-"))
      .map(({ vendor_id }) => vendor_id)
  )
  for (const vendor_id of vendors) {
    await masspayCollectPayoutsWorkflow(container).run({ input: { vendor_id } })
  }
  if (vendors.size > 0) kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}

async function settle(
  container: MedusaContainer,
  order_id: string
): Promise<SettledVendor[]> {
  const settled = await settleSoon(container, order_id)
  if (settled) {
    await tellSettled(container, { order_id, settled })
    return settled
  }
  const { result } = await masspaySettleOrderWorkflow(container).run({
    input: { order_id },
  })
  return result
}
