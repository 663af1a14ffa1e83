import {
  createHook,
  createWorkflow,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ActOnPayoutInput, actOnPayoutStep } from "../steps/act-on-payout"

export type MasspayVoidPayoutInput = Omit<
  ActOnPayoutInput,
  "action" | "outcome"
>

/**
 * Gives up a payout that nothing was ever sent for; its entries are open again.
 * Once for each `request_id`. With `dry_run` it only says what it would do.
 * Throws `not_allowed` with the reason in plain words.
 *
 * Hook `payoutVoided`: `{ result }`.
 */
export const masspayVoidPayoutWorkflow = createWorkflow(
  "masspay-void-payout",
  (input: WorkflowData<MasspayVoidPayoutInput>) => {
    const result = actOnPayoutStep(
      transform({ input }, ({ input }) => ({
        ...input,
        action: "void" as const,
      }))
    )
    const payoutVoided = createHook("payoutVoided", { result })
    return new WorkflowResponse(result, { hooks: [payoutVoided] })
  }
)
