import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import type { AllocateRefundRequest } from "../../../modules/masspay/queries/allocate-refund"
import { orRefuseAllocation } from "../../refusals"
import { followAllocation } from "../follow-allocation"
import { allocateAndSettle } from "../settle-order"

export type AllocateRefundInput = AllocateRefundRequest & {
  /** Only says what it would do. */
  dry_run?: boolean
}

/**
 * An operator's word on whose a refund is, and what follows from it in the
 * books; or a proposal, where two people have to agree.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const allocateRefundStep = createStep(
  "allocate-refund",
  async (input: AllocateRefundInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { dry_run = false, ...request } = input
    const done = await orRefuseAllocation(() =>
      allocateAndSettle(kernel, container, { ...request, dry_run })
    )
    followAllocation(kernel, input.actor, done.allocation)
    return new StepResponse(done)
  }
)
