import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import type { SettledVendor } from "../settle-order"
import {
  settleOrderStep,
  type SettleOrderStepInput,
} from "../steps/settle-order"

export type MasspaySettleOrderInput = {
  /** The paid order, or any vendor's order made from it. */
  order_id: string
}

/**
 * Looks at one order again and books the difference between what its vendors
 * are due and what is booked. Moves no money; running it twice changes nothing.
 *
 * Hook `orderSettled`: `{ order_id, settlements }`, after the booking.
 */
export const masspaySettleOrderWorkflow = createWorkflow(
  "masspay-settle-order",
  (
    input: WorkflowData<
      MasspaySettleOrderInput & Pick<SettleOrderStepInput, "settled">
    >
  ) => {
    const settlements = settleOrderStep(input)
    const orderSettled = createHook("orderSettled", {
      order_id: input.order_id,
      settlements,
    })
    return new WorkflowResponse(settlements, { hooks: [orderSettled] })
  }
)

const { hooks } = masspaySettleOrderWorkflow
const register = hooks.orderSettled
let isHookUsed = false
hooks.orderSettled = (...handlers) => {
  isHookUsed = true
  register(...handlers)
}

/**
 * Tells the hook's handler of an order that was settled together with others,
 * as settling it alone would have. The engine looks for every run in its table:
 * where nobody listens, there is none.
 */
export async function tellSettled(
  container: MedusaContainer,
  input: { order_id: string; settled: SettledVendor[] }
): Promise<void> {
  if (isHookUsed) await masspaySettleOrderWorkflow(container).run({ input })
}
