import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type AllocateRefundInput,
  allocateRefundStep,
} from "../steps/allocate-refund"

export type MasspayAllocateRefundInput = AllocateRefundInput

/**
 * Says whose a refund is that no line of its order explains: `allocations` name
 * vendors, or `null` for the platform, and add up to what is unallocated. Each
 * settlement of the order is computed anew and the difference is booked. Where
 * `payouts.approval` asks for two people at this amount, it is a proposal and
 * nothing is booked yet. With `dry_run` it only says what it would do. Moves
 * no money; done once for each `request_id`. Throws `not_allowed` with the
 * reason in plain words.
 *
 * Hook `refundAllocated`: `{ allocation, settlements }`; see `allocation.state`.
 */
export const masspayAllocateRefundWorkflow = createWorkflow(
  "masspay-allocate-refund",
  (input: WorkflowData<MasspayAllocateRefundInput>) => {
    const done = allocateRefundStep(input)
    const refundAllocated = createHook("refundAllocated", {
      allocation: done.allocation,
      settlements: done.settlements,
    })
    return new WorkflowResponse(done, { hooks: [refundAllocated] })
  }
)
