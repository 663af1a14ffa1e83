import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { clearKycRequest } from "../../../modules/masspay/queries/kyc-decisions"
import { orRefuse } from "../../refusals"

export type ClearKycRequestInput = {
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Closes a request for papers. Writes the books only.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const clearKycRequestStep = createStep(
  "clear-kyc-request",
  async (input: ClearKycRequestInput, { container }) => {
    const kernel = await kernelFrom(container)
    const cleared = await orRefuse(() => clearKycRequest(kernel.books, input))
    const { id: kyc_request_id, actor } = input
    kernel.log.info("kyc.cleared", { kyc_request_id, actor })
    kernel.nudgeOutbox()
    return new StepResponse(cleared)
  }
)
