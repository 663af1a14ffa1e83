import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { AllocationRefusedError } from "../../../domain/refund-allocation"
import { kernelFrom } from "../../../kernel"
import type { AllocateRefundRequest } from "../../../modules/masspay/queries/allocate-refund"
import { allocateAndSettle, type AllocatedRefund } from "../settle-order"

export type AllocateRefundInput = AllocateRefundRequest

/**
 * An operator's word on whose a refund is, and what follows from it in the books.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const allocateRefundStep = createStep(
  "allocate-refund",
  async (input: AllocateRefundInput, { container }) => {
    const kernel = await kernelFrom(container)
    const done = await orRefuse(() =>
      allocateAndSettle(kernel, container, input)
    )
    const { refund_id, order_id } = done.allocation
    kernel.log.info("refund.allocated", {
      refund_id,
      order_id,
      actor: input.actor,
    })
    kernel.nudgeOutbox()
    return new StepResponse(done)
  }
)

/** A refusal is for the operator to read. */
async function orRefuse(
  work: () => Promise<AllocatedRefund>
): Promise<AllocatedRefund> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AllocationRefusedError)) throw error
    const { NOT_FOUND, NOT_ALLOWED } = MedusaError.Types
    throw new MedusaError(
      error.is_not_found ? NOT_FOUND : NOT_ALLOWED,
      error.message,
      error.code
    )
  }
}
