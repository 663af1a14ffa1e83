import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { useDestinationAgain } from "../../../modules/masspay/queries/destination-changes"
import { orRefuse } from "../../refusals"

export type UseDestinationAgainInput = {
  payee_id: string
  destination_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Lets money go to a destination again that it came back from. Writes the books
 * only.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const useDestinationAgainStep = createStep(
  "use-destination-again",
  async (input: UseDestinationAgainInput, { container }) => {
    const kernel = await kernelFrom(container)
    const result = await orRefuse(() =>
      useDestinationAgain(kernel.books, input)
    )
    const { payee_id, destination_id, actor } = input
    kernel.log.info("destination.used_again", {
      destination_id,
      payee_id,
      actor,
    })
    kernel.nudgeOutbox()
    kernel.nudgeDispatch()
    return new StepResponse({ ...result, payee_id })
  }
)
