import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { resolveDiscrepancy } from "../../../modules/masspay/queries/reconcile-reads"
import { orRefuse } from "../../refusals"

export type ResolveDiscrepancyInput = {
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  /** Why it may rest. */
  reason: string
  /** Id of the operator. */
  actor: string
}

/** Puts a discrepancy at rest. Has no undo: it opens again by itself when its facts change. */
export const resolveDiscrepancyStep = createStep(
  "resolve-discrepancy",
  async (input: ResolveDiscrepancyInput, { container }) => {
    const { books, nudgeOutbox } = await kernelFrom(container)
    const resolved = await orRefuse(() => resolveDiscrepancy(books, input))
    // Its incident may have ended with it.
    nudgeOutbox()
    return new StepResponse(resolved)
  }
)
