import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type PayNowInput, payNowStep } from "../steps/pay-now"

export type MasspayPayNowInput = PayNowInput

/**
 * Pays one vendor what is due to her now, whatever her schedule: as payouts that
 * dispatch sends, after an approval where the policy asks for one. Once for each
 * `request_id`. With `dry_run` it only says what it would do. Throws
 * `not_allowed` with the reasons in plain words when nothing can be paid.
 *
 * Hook `vendorPaid`: `{ pay_now }`.
 */
export const masspayPayNowWorkflow = createWorkflow(
  "masspay-pay-now",
  (input: WorkflowData<MasspayPayNowInput>) => {
    const pay_now = payNowStep(input)
    const vendorPaid = createHook("vendorPaid", { pay_now })
    return new WorkflowResponse(pay_now, { hooks: [vendorPaid] })
  }
)
