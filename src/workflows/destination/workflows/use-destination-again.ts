import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type UseDestinationAgainInput,
  useDestinationAgainStep,
} from "../steps/use-destination-again"

export type MasspayUseDestinationAgainInput = UseDestinationAgainInput

/**
 * An operator knows that a destination is right although money came back from
 * it: payouts go there again. Once for each `request_id`. Throws `not_allowed`
 * or `not_found` with the reason in plain words.
 *
 * Hook `destinationUsedAgain`: `{ destination }`.
 */
export const masspayUseDestinationAgainWorkflow = createWorkflow(
  "masspay-use-destination-again",
  (input: WorkflowData<MasspayUseDestinationAgainInput>) => {
    const destination = useDestinationAgainStep(input)
    const destinationUsedAgain = createHook("destinationUsedAgain", {
      destination,
    })
    return new WorkflowResponse(destination, { hooks: [destinationUsedAgain] })
  }
)
