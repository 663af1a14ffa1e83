import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { type SettledVendor, settleOrder } from "../settle-order"

export type SettleOrderStepInput = {
  order_id: string
  /** What was booked for it just now, together with others: nothing is left to do. */
  settled?: SettledVendor[]
}

/**
 * Books what the order's vendors are due now.
 *
 * Has no undo: the entries follow from the order alone. If what caused them is
 * rolled back, the next look at the order books the opposite difference.
 */
export const settleOrderStep = createStep(
  "settle-order",
  async ({ order_id, settled }: SettleOrderStepInput, { container }) => {
    if (settled) return new StepResponse(settled)
    const kernel = await kernelFrom(container)
    return new StepResponse(await settleOrder(kernel, container, order_id))
  }
)
