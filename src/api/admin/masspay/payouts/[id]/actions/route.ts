import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { actionRules, kernelFrom } from "../../../../../../kernel"
import { allowedActions } from "../../../../../../modules/masspay/queries/actions"
import type { AdminPayoutActionsResponse } from "../../../../../../types/http"

/**
 * What the signed-in operator may do to a payout now, and why not the rest.
 *
 * @oas [get] /admin/masspay/payouts/{id}/actions
 * operationId: GetMasspayPayoutsIdActions
 * summary: List What May Be Done to a Payout
 * x-authenticated: true
 * parameters:
 *   - { name: id, in: path, required: true, description: "The payout's ID.", schema: { type: string } }
 * tags:
 *   - MassPay Payouts
 * responses:
 *   "200":
 *     description: Every action, with its effect or why it is not allowed.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 *   "404":
 *     $ref: "#/components/responses/not_found_error"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPayoutActionsResponse>
): Promise<void> => {
  const kernel = await kernelFrom(req.scope)
  const payout_id = req.params.id ?? ""
  const actions = await allowedActions(kernel.books, {
    payout_id,
    actor: req.auth_context.actor_id,
    rules: actionRules(kernel.options),
  })
  if (!actions) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `Payout with id: ${payout_id} was not found`
    )
  }
  res.json({
    actions: actions.map(({ action, verdict }) =>
      verdict.allowed
        ? {
            action,
            allowed: true,
            effect: verdict.effect,
            needs_second: verdict.needs_second,
            why_not: null,
          }
        : {
            action,
            allowed: false,
            effect: null,
            needs_second: false,
            why_not: { code: verdict.code, message: verdict.message },
          }
    ),
  })
}
