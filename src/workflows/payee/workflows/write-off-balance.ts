import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type WriteOffBalanceInput,
  writeOffBalanceStep,
} from "../steps/act-on-balance"

export type MasspayWriteOffBalanceInput = WriteOffBalanceInput

/**
 * Writes off what a vendor owes in one currency: all of it, and never more.
 * Once for each `request_id`; where `payouts.approval` asks for two people, a
 * proposal. With `dry_run` it only says what it would do. Throws `not_allowed`
 * with the reason in plain words.
 *
 * Hook `balanceWrittenOff`: `{ result }`.
 */
export const masspayWriteOffBalanceWorkflow = createWorkflow(
  "masspay-write-off-balance",
  (input: WorkflowData<MasspayWriteOffBalanceInput>) => {
    const result = writeOffBalanceStep(input)
    const balanceWrittenOff = createHook("balanceWrittenOff", { result })
    return new WorkflowResponse(result, { hooks: [balanceWrittenOff] })
  }
)
