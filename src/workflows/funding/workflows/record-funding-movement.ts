import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type RecordFundingMovementInput,
  recordFundingMovementStep,
} from "../steps/record-funding-movement"

export type MasspayRecordFundingMovementInput = RecordFundingMovementInput

/**
 * Writes down that money came into a funding wallet, or left it, by other ways
 * than payouts, once for each `request_id`. Moves nothing. Throws `invalid_data`
 * or `not_allowed` with the reason in plain words.
 *
 * Hook `fundingMovementRecorded`: `{ recorded }`.
 */
export const masspayRecordFundingMovementWorkflow = createWorkflow(
  "masspay-record-funding-movement",
  (input: WorkflowData<MasspayRecordFundingMovementInput>) => {
    const recorded = recordFundingMovementStep(input)
    const fundingMovementRecorded = createHook("fundingMovementRecorded", {
      recorded,
    })
    return new WorkflowResponse(recorded, { hooks: [fundingMovementRecorded] })
  }
)
