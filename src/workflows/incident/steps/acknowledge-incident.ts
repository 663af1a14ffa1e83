import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { acknowledgeIncident } from "../../../modules/masspay/queries/incident-reads"
import { orRefuse } from "../../refusals"

export type AcknowledgeIncidentInput = {
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  /** What is being done about it. */
  reason: string
  /** Id of the operator. */
  actor: string
}

/** Notes who looks after an incident. Has no undo: nothing follows but silence. */
export const acknowledgeIncidentStep = createStep(
  "acknowledge-incident",
  async (input: AcknowledgeIncidentInput, { container }) => {
    const { books, log } = await kernelFrom(container)
    const acknowledged = await orRefuse(() => acknowledgeIncident(books, input))
    const { id, actor } = input
    log.info("incident.acknowledged", { incident_id: id, actor })
    return new StepResponse(acknowledged)
  }
)
