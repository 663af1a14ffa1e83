import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type ClearKycRequestInput,
  clearKycRequestStep,
} from "../steps/clear-kyc-request"

export type MasspayClearKycRequestInput = ClearKycRequestInput

/**
 * Closes a request for papers that an operator knows to be settled; payouts of
 * the vendor that it kept back go on after a look-up. Once for each
 * `request_id`. Throws `not_allowed` or `not_found` with the reason in plain
 * words.
 *
 * Hook `kycRequestCleared`: `{ cleared }`.
 */
export const masspayClearKycRequestWorkflow = createWorkflow(
  "masspay-clear-kyc-request",
  (input: WorkflowData<MasspayClearKycRequestInput>) => {
    const cleared = clearKycRequestStep(input)
    const kycRequestCleared = createHook("kycRequestCleared", { cleared })
    return new WorkflowResponse(cleared, { hooks: [kycRequestCleared] })
  }
)
