import {
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type AcknowledgeIncidentInput,
  acknowledgeIncidentStep,
} from "../steps/acknowledge-incident"

export type MasspayAcknowledgeIncidentInput = AcknowledgeIncidentInput

/**
 * Notes that somebody looks after an incident: no reminders of it are sent any
 * more. Once for each `request_id`. Throws `not_allowed` or `not_found` with the
 * reason in plain words.
 */
export const masspayAcknowledgeIncidentWorkflow = createWorkflow(
  "masspay-acknowledge-incident",
  (input: WorkflowData<MasspayAcknowledgeIncidentInput>) =>
    new WorkflowResponse(acknowledgeIncidentStep(input))
)
