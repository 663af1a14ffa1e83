import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type RedriveWebhookInput,
  redriveWebhookStep,
} from "../steps/redrive-webhook"

export type MasspayRedriveWebhookInput = RedriveWebhookInput

/**
 * Takes a webhook up again that is dead or was ignored: what it names is looked
 * up once more. Once for each `request_id`. Throws `not_allowed` or `not_found`
 * with the reason in plain words.
 *
 * Hook `webhookRedriven`: `{ redriven }`.
 */
export const masspayRedriveWebhookWorkflow = createWorkflow(
  "masspay-redrive-webhook",
  (input: WorkflowData<MasspayRedriveWebhookInput>) => {
    const redriven = redriveWebhookStep(input)
    const webhookRedriven = createHook("webhookRedriven", { redriven })
    return new WorkflowResponse(redriven, { hooks: [webhookRedriven] })
  }
)
