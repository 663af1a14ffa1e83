import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ActOnPayoutInput, actOnPayoutStep } from "../steps/act-on-payout"

export type MasspayActOnPayoutInput = ActOnPayoutInput

/**
 * Approve, reject, void, look up, retry, settle elsewhere, reverse, cancel, or
 * propose that a parked payout was not executed: one action of one operator,
 * done once for each `request_id`. With `dry_run` it only says what it would do.
 * Throws `not_allowed` with the reason in plain words.
 *
 * Hook `payoutActedOn`: `{ result }`.
 */
export const masspayActOnPayoutWorkflow = createWorkflow(
  "masspay-act-on-payout",
  (input: WorkflowData<MasspayActOnPayoutInput>) => {
    const result = actOnPayoutStep(input)
    const payoutActedOn = createHook("payoutActedOn", { result })
    return new WorkflowResponse(result, { hooks: [payoutActedOn] })
  }
)
