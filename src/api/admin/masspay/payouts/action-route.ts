import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import type { PayoutAction } from "../../../../domain/actions"
import type { AdminPayoutActionResponse } from "../../../../types/http"
import { masspayActOnPayoutWorkflow } from "../../../../workflows/payout/workflows/act-on-payout"
import type {
  AssertNotExecutedBody,
  PayoutActionBody,
  PayoutActionQuery,
} from "../validators"

type ActionRequest = AuthenticatedMedusaRequest<
  PayoutActionBody | AssertNotExecutedBody
> & { validatedQuery: PayoutActionQuery }

/**
 * The route of one action: `{ request_id, reason }` of the signed-in operator.
 * `?dry_run=true` says what it would do and changes nothing. The same
 * `request_id` again answers with what was done. 400 with the reason in plain
 * words when it is not allowed, 404 when there is no such payout.
 */
export function actionRoute(action: PayoutAction) {
  return async (
    req: ActionRequest,
    res: MedusaResponse<AdminPayoutActionResponse>
  ): Promise<void> => {
    const { result } = await masspayActOnPayoutWorkflow(req.scope).run({
      input: {
        ...req.validatedBody,
        action,
        payout_id: req.params.id ?? "",
        actor: req.auth_context.actor_id,
        dry_run: req.validatedQuery.dry_run,
      },
    })
    res.json({ action: result })
  }
}
