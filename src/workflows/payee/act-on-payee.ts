import { needsSecondForPayee } from "../../domain/payee-action"
import { actionRules, type Kernel } from "../../kernel"
import type { Answer } from "../../modules/masspay/queries/action-proposals"
import {
  type Acted,
  actOnPayee,
  answerPayeeProposal,
  type PayeeActionInput,
} from "../../modules/masspay/queries/payee-actions"
import { confirmUser } from "../../runners/confirm-user"
import type { AdminPayeeAction } from "../../types/http-linking"

/**
 * Confirms a found user or unlinks a vendor, or proposes it where the approval
 * policy asks for two people. Throws `ActionRefusedError`.
 */
export async function decideAboutUser(
  kernel: Kernel,
  input: Omit<PayeeActionInput, "needs_second">
): Promise<AdminPayeeAction> {
  const { approval } = actionRules(kernel.options)
  const acted = await actOnPayee(kernel.books, {
    ...input,
    needs_second: needsSecondForPayee(approval),
  })
  return carryOut(kernel, acted)
}

/** `null` when the proposal is about something else. Throws `ActionRefusedError`. */
export async function answerAboutPayee(
  kernel: Kernel,
  input: Answer & { dry_run: boolean }
): Promise<AdminPayeeAction | null> {
  const acted = await answerPayeeProposal(kernel.books, input)
  return acted && carryOut(kernel, acted)
}

async function carryOut(
  kernel: Kernel,
  acted: Acted
): Promise<AdminPayeeAction> {
  if ("result" in acted) return acted.result
  await confirmUser(kernel, acted.to_confirm)
  return acted.to_confirm.result
}

/** Says it, and lets others hear of it. */
export function followPayeeAction(
  kernel: Kernel,
  actor: string,
  { action, payee_id, state }: AdminPayeeAction
): void {
  if (state === "preview") return
  kernel.log.info("payee.action", { action, payee_id, actor, state })
  kernel.nudgeOutbox()
}
