import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { AssertedOutcome } from "../../../domain/action-effects"
import type { PayoutAction } from "../../../domain/actions"
import { actionRules, type Kernel, kernelFrom } from "../../../kernel"
import { answerProposal } from "../../../modules/masspay/queries/action-answers"
import { ActionRefusedError } from "../../../modules/masspay/queries/action-refusal"
import {
  type ActionResult,
  isLookupDue,
} from "../../../modules/masspay/queries/action-requests"
import { actOnPayout } from "../../../modules/masspay/queries/actions"
import { refundToAllocate } from "../../../modules/masspay/queries/allocation-answers"
import { lookUpNow } from "../../../runners/resolve"
import type { AdminActionResult } from "../../../types/http-statements"
import { answerAboutPayee, followPayeeAction } from "../../payee/act-on-payee"
import { followBalanceAction } from "../../payee/follow-balance"
import { orRefuseAllocation } from "../../refusals"
import { followAllocation } from "../../settlement/follow-allocation"
import { confirmAndSettle } from "../../settlement/settle-order"

export type ActOnPayoutInput = {
  action: PayoutAction
  payout_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
  /** Only says what it would do. */
  dry_run?: boolean
  /** Of `assert_not_executed`: where the payout shall go. */
  outcome?: AssertedOutcome
}

export type AnswerProposalInput = {
  id: string
  answer: "confirm" | "reject"
  reason: string
  /** Id of the operator; whoever proposed it may only reject it. */
  actor: string
  /** Only says what it would do. */
  dry_run?: boolean
}

/**
 * One operator's action on one payout. Writes the books; what it asks of
 * MassPay are look-ups. Moves no money itself: dispatch does.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const actOnPayoutStep = createStep(
  "act-on-payout",
  async (input: ActOnPayoutInput, { container }) => {
    const kernel = await kernelFrom(container)
    const result = await orRefuse(() =>
      actOnPayout(kernel.books, {
        ...input,
        dry_run: input.dry_run ?? false,
        outcome: input.outcome ?? null,
        tag: kernel.installation.tag,
        rules: actionRules(kernel.options),
      })
    )
    if (!input.dry_run) await follow(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

/** The second person's answer. Has no undo, for the same reason. */
export const answerProposalStep = createStep(
  "answer-proposal",
  async (input: AnswerProposalInput, { container }) => {
    const kernel = await kernelFrom(container)
    const result = await orRefuse(() =>
      orRefuseAllocation(() => answer(kernel, container, input))
    )
    if (!input.dry_run) await followAnswer(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

/** Whose a refund is, is decided on its order as it stands now; everything else on the books alone. */
async function answer(
  kernel: Kernel,
  container: MedusaContainer,
  { dry_run = false, ...given }: AnswerProposalInput
): Promise<AdminActionResult> {
  const refund =
    given.answer === "confirm"
      ? await refundToAllocate(kernel.books, given.id)
      : null
  if (refund !== null) {
    const { allocation } = await confirmAndSettle(kernel, container, {
      refund,
      answer: { ...given, dry_run },
    })
    return allocation
  }
  const about_payee = await answerAboutPayee(kernel, { ...given, dry_run })
  if (about_payee !== null) return about_payee
  return answerProposal(kernel.books, {
    ...given,
    dry_run,
    tag: kernel.installation.tag,
    rules: actionRules(kernel.options),
  })
}

async function followAnswer(
  kernel: Kernel,
  actor: string,
  result: AdminActionResult
): Promise<void> {
  if ("allocations" in result) followAllocation(kernel, actor, result)
  else if ("payout_id" in result) await follow(kernel, actor, result)
  else if ("entry_id" in result) {
    await followBalanceAction(kernel, actor, result)
  } else followPayeeAction(kernel, actor, result)
}

/** Says it, and does at once what the next job would do anyway. */
async function follow(
  kernel: Kernel,
  actor: string,
  { id, state, action, payout_id }: ActionResult
): Promise<void> {
  kernel.log.info("payout.action", { action, payout_id, actor, state })
  if (state !== "done") return
  if (id !== null && (action === "resolve" || action === "retry")) {
    await lookUp(kernel, { id, action, payout_id, actor })
  }
  kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}

/** Once for each request; what was not answered is asked again by the same request. */
async function lookUp(
  kernel: Kernel,
  asked: {
    id: string
    action: "resolve" | "retry"
    payout_id: string
    actor: string
  }
): Promise<void> {
  const { id, action, payout_id, actor } = asked
  if (!(await isLookupDue(kernel.books, id))) return
  const { payouts, funding } = kernel.options
  const { unanswered } = await lookUpNow(
    kernel,
    {
      payout_id,
      asked: { by: actor, request: id, may_unblock: action === "retry" },
    },
    {
      policy: { settle_window_ms: payouts.settleWindowMinutes * 60_000 },
      source_tokens: funding.sourceTokens ?? {},
    }
  )
  if (unanswered === 0) return
  throw new MedusaError(
    MedusaError.Types.UNEXPECTED_STATE,
    "MassPay did not answer, so nothing has changed. Send the same request again.",
    "no_answer"
  )
}

/** A refusal is for the operator to read. */
export async function orRefuse<Result>(
  work: () => Promise<Result>
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ActionRefusedError)) throw error
    const type = error.code.endsWith("not_found")
      ? MedusaError.Types.NOT_FOUND
      : MedusaError.Types.NOT_ALLOWED
    throw new MedusaError(type, error.message, error.code)
  }
}
