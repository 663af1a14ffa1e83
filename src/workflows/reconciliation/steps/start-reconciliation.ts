import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { startReconciliation } from "../../../modules/masspay/queries/reconcile-reads"
import { orRefuse } from "../../refusals"

export type StartReconciliationInput = {
  /** Whole UTC days, both included, as YYYY-MM-DD; 366 at most. */
  from_date: string
  to_date: string
  /** Made by the caller: asking again with the same one starts nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Begins a comparison. It is carried out at once where this process does jobs,
 * else by the job of one that does. Has no undo: it moves no money, and reads on
 * in any case.
 */
export const startReconciliationStep = createStep(
  "start-reconciliation",
  async (input: StartReconciliationInput, { container }) => {
    const { books, options, nudgeReconcile } = await kernelFrom(container)
    const started = await orRefuse(() => startReconciliation(books, input))
    if (options.jobs.enabled) nudgeReconcile()
    return new StepResponse(started)
  }
)
