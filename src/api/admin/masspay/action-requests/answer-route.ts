import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { AdminPayoutActionResponse } from "../../../../types/http"
import { masspayAnswerProposalWorkflow } from "../../../../workflows/payout/workflows/answer-proposal"
import type { AnswerProposalBody } from "../validators"

/** The second operator's answer: `{ reason }`. 400 when it comes from whoever proposed it. */
export function answerRoute(answer: "confirm" | "reject") {
  return async (
    req: AuthenticatedMedusaRequest<AnswerProposalBody>,
    res: MedusaResponse<AdminPayoutActionResponse>
  ): Promise<void> => {
    const { result } = await masspayAnswerProposalWorkflow(req.scope).run({
      input: {
        id: req.params.id ?? "",
        answer,
        reason: req.validatedBody.reason,
        actor: req.auth_context.actor_id,
      },
    })
    res.json({ action: result })
  }
}
