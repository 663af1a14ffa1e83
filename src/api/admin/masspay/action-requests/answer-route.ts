import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminActionAnswerResponse } from "../../../../types/http-statements"
import { masspayAnswerProposalWorkflow } from "../../../../workflows/payout/workflows/answer-proposal"
import { operatorOf } from "../operator"
import type { AnswerProposalBody, PayoutActionQuery } from "../validators"

type AnswerRequest = AuthenticatedMedusaRequest<AnswerProposalBody> & {
  validatedQuery: PayoutActionQuery
}

/**
 * The answer to a proposal: `{ reason }` of the signed-in operator. Whoever
 * proposed it may reject it, never confirm it. `?dry_run=true` says what it
 * would do and changes nothing. The same answer again returns what was done.
 * 400 with the reason in plain words when it is not allowed, 404 when there is
 * no such proposal.
 */
export function answerRoute(answer: "confirm" | "reject") {
  return async (
    req: AnswerRequest,
    res: MedusaResponse<AdminActionAnswerResponse>
  ): Promise<void> => {
    const { result } = await masspayAnswerProposalWorkflow(req.scope).run({
      input: {
        id: req.params.id ?? "",
        answer,
        reason: req.validatedBody.reason,
        actor: operatorOf(req),
        dry_run: req.validatedQuery.dry_run,
      },
    })
    res.json({ action: result })
  }
}
