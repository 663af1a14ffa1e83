import {
  createHook,
  createWorkflow,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ActOnPayoutInput, actOnPayoutStep } from "../steps/act-on-payout"

export type MasspayApprovePayoutInput = Omit<
  ActOnPayoutInput,
  "action" | "outcome"
>

/**
 * Lets a payout that waits for approval be sent; whoever caused it may not. Once
 * for each `request_id`. With `dry_run` it only says what it would do.
 * Throws `not_allowed` with the reason in plain words.
 *
 * Hook `payoutApproved`: `{ result }`.
 */
export const masspayApprovePayoutWorkflow = createWorkflow(
  "masspay-approve-payout",
  (input: WorkflowData<MasspayApprovePayoutInput>) => {
    const result = actOnPayoutStep(
      transform({ input }, ({ input }) => ({
        ...input,
        action: "approve" as const,
      }))
    )
    const payoutApproved = createHook("payoutApproved", { result })
    return new WorkflowResponse(result, { hooks: [payoutApproved] })
  }
)
