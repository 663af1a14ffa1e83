import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { redriveWebhook } from "../../../modules/masspay/queries/webhook-reads"
import { orRefuse } from "../../refusals"

export type RedriveWebhookInput = {
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Takes a webhook up again. Writes the books only. Has no undo: it leads to
 * nothing but a look-up.
 */
export const redriveWebhookStep = createStep(
  "redrive-webhook",
  async (input: RedriveWebhookInput, { container }) => {
    const kernel = await kernelFrom(container)
    const redriven = await orRefuse(() => redriveWebhook(kernel.books, input))
    const { id, actor } = input
    kernel.log.info("webhook.redriven", { webhook_id: id, actor })
    kernel.nudgeWebhooks()
    return new StepResponse(redriven)
  }
)
