import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { PayoutAction } from "../../../domain/actions"
import { actionRules, type Kernel, kernelFrom } from "../../../kernel"
import type { AssertedOutcome } from "../../../modules/masspay/queries/action-steps"
import {
  ActionRefusedError,
  type ActionResult,
  actOnPayout,
  answerProposal,
} from "../../../modules/masspay/queries/actions"
import { lookUpNow } from "../../../runners/resolve"

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
  /** Id of the operator; never the one who proposed it. */
  actor: string
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
    await follow(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

/** The second person's answer. Has no undo, for the same reason. */
export const answerProposalStep = createStep(
  "answer-proposal",
  async (input: AnswerProposalInput, { container }) => {
    const kernel = await kernelFrom(container)
    const result = await orRefuse(() =>
      answerProposal(kernel.books, {
        ...input,
        tag: kernel.installation.tag,
        rules: actionRules(kernel.options),
      })
    )
    await follow(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

/** Says it, and does at once what the next job would do anyway. */
async function follow(
  kernel: Kernel,
  actor: string,
  { id, state, action, payout_id }: ActionResult
): Promise<void> {
  if (state === "preview") return
  kernel.log.info("payout.action", { action, payout_id, actor, state })
  if (state !== "done") return
  if (action === "resolve" || action === "retry") {
    const { payouts, funding } = kernel.options
    await lookUpNow(
      kernel,
      {
        payout_id,
        asked: {
          by: actor,
          request: id ?? "",
          may_unblock: action === "retry",
        },
      },
      {
        policy: { settle_window_ms: payouts.settleWindowMinutes * 60_000 },
        source_tokens: funding.sourceTokens ?? {},
      }
    )
  }
  kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}

/** A refusal is for the operator to read. */
async function orRefuse<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ActionRefusedError)) throw error
    const type =
      error.code === "not_found"
        ? MedusaError.Types.NOT_FOUND
        : MedusaError.Types.NOT_ALLOWED
    throw new MedusaError(type, error.message, error.code)
  }
}
