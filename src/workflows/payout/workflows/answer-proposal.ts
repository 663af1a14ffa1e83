import {
  createHook,
  createWorkflow,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import {
  type AnswerProposalInput,
  answerProposalStep,
} from "../steps/act-on-payout"

export type MasspayAnswerProposalInput = AnswerProposalInput

/**
 * The answer to an action that needs two people: it is done, or it is not.
 * Whoever proposed it may withdraw it, never confirm it. The same answer again
 * returns what was done. With `dry_run` it only says what it would do. Throws
 * `not_allowed` with the reason in plain words.
 *
 * Hook `proposalAnswered`: `{ result }`.
 */
export const masspayAnswerProposalWorkflow = createWorkflow(
  "masspay-answer-proposal",
  (input: WorkflowData<MasspayAnswerProposalInput>) => {
    const result = answerProposalStep(input)
    const proposalAnswered = createHook("proposalAnswered", { result })
    return new WorkflowResponse(result, { hooks: [proposalAnswered] })
  }
)
