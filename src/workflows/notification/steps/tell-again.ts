import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import {
  notifyOfKycRequest,
  resendNotification,
} from "../../../modules/masspay/queries/notification-resend"
import { orRefuse } from "../../refusals"

export type TellAgainInput = {
  /** Of a notification, or of a request for papers. */
  about: "notification" | "kyc_request"
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Writes down that somebody is to be told again; it leaves soon after.
 *
 * Has no undo: a mail cannot be taken back.
 */
export const tellAgainStep = createStep(
  "tell-again",
  async ({ about, ...input }: TellAgainInput, { container }) => {
    const kernel = await kernelFrom(container)
    const tell =
      about === "notification" ? resendNotification : notifyOfKycRequest
    const told = await orRefuse(() => tell(kernel.books, input))
    kernel.nudgeOutbox()
    return new StepResponse(told)
  }
)
