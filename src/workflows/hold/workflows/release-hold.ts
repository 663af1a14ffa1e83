import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ReleaseHoldInput, releaseHoldStep } from "../steps/place-hold"

export type MasspayReleaseHoldInput = ReleaseHoldInput

/**
 * Ends a hold before its time; what it kept back goes on with the next run. Once
 * for each `request_id`. Throws `not_allowed` or `not_found` with the reason in
 * plain words.
 *
 * Hook `holdReleased`: `{ released }`.
 */
export const masspayReleaseHoldWorkflow = createWorkflow(
  "masspay-release-hold",
  (input: WorkflowData<MasspayReleaseHoldInput>) => {
    const released = releaseHoldStep(input)
    const holdReleased = createHook("holdReleased", { released })
    return new WorkflowResponse(released, { hooks: [holdReleased] })
  }
)
