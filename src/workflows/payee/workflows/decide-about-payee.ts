import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type DecideAboutPayeeInput,
  decideAboutPayeeStep,
} from "../steps/decide-about-payee"

export type MasspayDecideAboutPayeeInput = DecideAboutPayeeInput

/**
 * Pauses or resumes one vendor's payouts, or sets when and from what sum on she
 * is paid: one decision of one operator, taken once for each `request_id`.
 * Throws `not_allowed` or `not_found` with the reason in plain words.
 *
 * Hook `payeeDecided`: `{ decision }`.
 */
export const masspayDecideAboutPayeeWorkflow = createWorkflow(
  "masspay-decide-about-payee",
  (input: WorkflowData<MasspayDecideAboutPayeeInput>) => {
    const decision = decideAboutPayeeStep(input)
    const payeeDecided = createHook("payeeDecided", { decision })
    return new WorkflowResponse(decision, { hooks: [payeeDecided] })
  }
)
