import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type LinkPayeeInput, linkPayeeStep } from "../steps/link-payee"

export type MasspayLinkPayeeInput = LinkPayeeInput

/**
 * Links one vendor to her MassPay user now, whatever she is owed, and says what
 * came of it: looked up, created where MassPay does not know her, looked up
 * again. Also ends an operator's unlinking. Throws `not_found`.
 *
 * Hook `payeeLinked`: `{ outcome }`.
 */
export const masspayLinkPayeeWorkflow = createWorkflow(
  "masspay-link-payee",
  (input: WorkflowData<MasspayLinkPayeeInput>) => {
    const outcome = linkPayeeStep(input)
    const payeeLinked = createHook("payeeLinked", { outcome })
    return new WorkflowResponse(outcome, { hooks: [payeeLinked] })
  }
)
