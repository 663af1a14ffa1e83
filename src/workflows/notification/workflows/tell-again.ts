import {
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type TellAgainInput, tellAgainStep } from "../steps/tell-again"

export type MasspayTellAgainInput = TellAgainInput

/**
 * Sends a notification again, or mails a vendor what MassPay wants of her. Once
 * for each `request_id`. Throws `not_allowed` or `not_found` with the reason in
 * plain words.
 */
export const masspayTellAgainWorkflow = createWorkflow(
  "masspay-tell-again",
  (input: WorkflowData<MasspayTellAgainInput>) =>
    new WorkflowResponse(tellAgainStep(input))
)
