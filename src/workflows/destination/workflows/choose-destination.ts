import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type ChooseDestinationInput,
  chooseDestinationStep,
} from "../steps/choose-destination"

export type MasspayChooseDestinationInput = ChooseDestinationInput

/**
 * Chooses where one vendor's money of one currency goes, once for each
 * `request_id`, on the terms that she was shown and no worse. Account details
 * never go through a workflow: its engine keeps what its steps are given. Throws
 * `not_allowed` or `not_found` with the reason in plain words.
 *
 * Hook `destinationChosen`: `{ destination }`.
 */
export const masspayChooseDestinationWorkflow = createWorkflow(
  "masspay-choose-destination",
  (input: WorkflowData<MasspayChooseDestinationInput>) => {
    const destination = chooseDestinationStep(input)
    const destinationChosen = createHook("destinationChosen", { destination })
    return new WorkflowResponse(destination, { hooks: [destinationChosen] })
  }
)
