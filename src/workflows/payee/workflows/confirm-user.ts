import {
  createHook,
  createWorkflow,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ActOnPayeeInput, actOnPayeeStep } from "../steps/act-on-payee"

export type MasspayConfirmUserInput = Omit<
  Extract<ActOnPayeeInput, { action: "confirm_user" }>,
  "action"
>

/**
 * Says that the user whom MassPay's look-up found is this vendor's, once for
 * each `request_id`: MassPay is asked again, and the user has to be the one that
 * was shown, not closed and nobody else's. Where `payouts.approval` asks for
 * approvals it is a proposal and nothing is linked yet. With `dry_run` it only
 * says what it would do. Throws `not_allowed` with the reason in plain words.
 *
 * Hook `userConfirmed`: `{ result }`.
 */
export const masspayConfirmUserWorkflow = createWorkflow(
  "masspay-confirm-user",
  (input: WorkflowData<MasspayConfirmUserInput>) => {
    const asked = transform({ input }, ({ input }) => ({
      ...input,
      action: "confirm_user" as const,
    }))
    const result = actOnPayeeStep(asked)
    const userConfirmed = createHook("userConfirmed", { result })
    return new WorkflowResponse(result, { hooks: [userConfirmed] })
  }
)
