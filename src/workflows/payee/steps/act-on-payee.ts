import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { kernelFrom } from "../../../kernel"
import { orRefuse } from "../../payout/steps/act-on-payout"
import { decideAboutUser, followPayeeAction } from "../act-on-payee"

export type ActOnPayeeInput = {
  payee_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
  /** Only says what it would do. */
  dry_run?: boolean
} & (
  | { action: "unlink" }
  | {
      action: "confirm_user"
      /** The `found_user_token` that the operator was shown; compared, never adopted. */
      found_user_token: string
    }
)

/**
 * Decides whose MassPay user a vendor has. Moves no money.
 *
 * Has no undo: what a person decided, with a reason, stays decided; the other
 * way round is another decision.
 */
export const actOnPayeeStep = createStep(
  "act-on-payee",
  async (input: ActOnPayeeInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { payee_id, request_id, reason, actor, action } = input
    const result = await orRefuse(() =>
      decideAboutUser(kernel, {
        action,
        payee_id,
        request_id,
        reason,
        actor,
        dry_run: input.dry_run ?? false,
        ...(input.action === "confirm_user" && {
          shown_user_token: input.found_user_token,
        }),
      })
    )
    followPayeeAction(kernel, actor, result)
    return new StepResponse(result)
  }
)
