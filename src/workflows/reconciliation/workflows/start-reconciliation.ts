import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type StartReconciliationInput,
  startReconciliationStep,
} from "../steps/start-reconciliation"

export type MasspayStartReconciliationInput = StartReconciliationInput

/**
 * Begins a comparison of the books with MassPay over some days, once for each
 * `request_id`; it is carried out at once, or within a minute by the job of another
 * process. Sends nothing. Throws `not_allowed` with the reason in plain words.
 *
 * Hook `reconciliationStarted`: `{ started }`.
 */
export const masspayStartReconciliationWorkflow = createWorkflow(
  "masspay-start-reconciliation",
  (input: WorkflowData<MasspayStartReconciliationInput>) => {
    const started = startReconciliationStep(input)
    const reconciliationStarted = createHook("reconciliationStarted", {
      started,
    })
    return new WorkflowResponse(started, { hooks: [reconciliationStarted] })
  }
)
