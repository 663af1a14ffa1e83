import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type PlaceHoldInput, placeHoldStep } from "../steps/place-hold"

export type MasspayPlaceHoldInput = PlaceHoldInput

/**
 * Keeps money of an order or a vendor back until the hold is released or its
 * time is over, once for each `request_id`. Payouts that took the money already
 * wait; what is on the wire is not called back. Throws `not_allowed` or
 * `not_found` with the reason in plain words.
 *
 * Hook `holdPlaced`: `{ placed }`.
 */
export const masspayPlaceHoldWorkflow = createWorkflow(
  "masspay-place-hold",
  (input: WorkflowData<MasspayPlaceHoldInput>) => {
    const placed = placeHoldStep(input)
    const holdPlaced = createHook("holdPlaced", { placed })
    return new WorkflowResponse(placed, { hooks: [holdPlaced] })
  }
)
