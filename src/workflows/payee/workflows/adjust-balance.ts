import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type AdjustBalanceInput,
  adjustBalanceStep,
} from "../steps/act-on-balance"

export type MasspayAdjustBalanceInput = AdjustBalanceInput

/**
 * Books a signed amount for a vendor by hand, with who and why, once for each
 * `request_id`. Where `payouts.approval` asks for two people at this amount, of
 * either sign, it is a proposal and nothing is booked yet. With `dry_run` it
 * only says what it would do. Throws `not_allowed` with the reason in plain
 * words.
 *
 * Hook `balanceAdjusted`: `{ result }`.
 */
export const masspayAdjustBalanceWorkflow = createWorkflow(
  "masspay-adjust-balance",
  (input: WorkflowData<MasspayAdjustBalanceInput>) => {
    const result = adjustBalanceStep(input)
    const balanceAdjusted = createHook("balanceAdjusted", { result })
    return new WorkflowResponse(result, { hooks: [balanceAdjusted] })
  }
)
