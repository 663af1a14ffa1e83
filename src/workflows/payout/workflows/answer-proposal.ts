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
 * The second person's answer to an action that needs two: it is done, or it is
 * not. Whoever proposed it may not answer. Answering again returns what was
 * decided.
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
