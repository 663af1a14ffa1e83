import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { collectPayoutsStep } from "../steps/collect-payouts"

export type MasspayCollectPayoutsInput = {
  /** Only this vendor's money; everybody's when left out. */
  vendor_id?: string
}

/**
 * Makes payouts of what vendors are owed and is due. They are sent afterwards,
 * by the dispatch job; this moves no money itself.
 *
 * Hook `payoutsCollected`: `{ payouts }`, ids and vendors.
 */
export const masspayCollectPayoutsWorkflow = createWorkflow(
  "masspay-collect-payouts",
  (input: WorkflowData<MasspayCollectPayoutsInput>) => {
    const payouts = collectPayoutsStep(input)
    const payoutsCollected = createHook("payoutsCollected", { payouts })
    return new WorkflowResponse(payouts, { hooks: [payoutsCollected] })
  }
)
