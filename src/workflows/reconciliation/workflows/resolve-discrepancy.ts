import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type ResolveDiscrepancyInput,
  resolveDiscrepancyStep,
} from "../steps/resolve-discrepancy"

export type MasspayResolveDiscrepancyInput = ResolveDiscrepancyInput

/**
 * Puts a discrepancy at rest, once for each `request_id`. Moves no money and
 * resumes no vendor. Throws `not_allowed` or `not_found` with the reason in plain
 * words.
 *
 * Hook `discrepancyResolved`: `{ resolved }`.
 */
export const masspayResolveDiscrepancyWorkflow = createWorkflow(
  "masspay-resolve-discrepancy",
  (input: WorkflowData<MasspayResolveDiscrepancyInput>) => {
    const resolved = resolveDiscrepancyStep(input)
    const discrepancyResolved = createHook("discrepancyResolved", { resolved })
    return new WorkflowResponse(resolved, { hooks: [discrepancyResolved] })
  }
)
