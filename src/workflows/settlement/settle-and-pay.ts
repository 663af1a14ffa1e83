import type { MedusaContainer } from "@medusajs/framework/types"

import { kernelFrom } from "../../kernel"
import { masspayCollectPayoutsWorkflow } from "../payout/workflows/collect-payouts"
import { masspaySettleOrderWorkflow } from "./workflows/settle-order"

/**
 * What an event about an order leads to: settle it, collect for the vendors
 * whose money changed, and say that there is something to send. Sending itself
 * is not waited for. Whatever fails here is found again by the sweep.
 */
export async function settleAndPay(
  container: MedusaContainer,
  order_id: string
): Promise<void> {
  const kernel = await kernelFrom(container)
  const { result: settlements } = await masspaySettleOrderWorkflow(
    container
  ).run({ input: { order_id } })

  const changed = settlements.filter(({ difference }) => difference !== "0")
  for (const vendor_id of new Set(changed.map(({ vendor_id }) => vendor_id))) {
    await masspayCollectPayoutsWorkflow(container).run({ input: { vendor_id } })
  }
  if (changed.length > 0) kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}
