import { effectOfConfirming } from "../../../domain/action-effects"
import {
  decideAction,
  PAYOUT_ACTIONS,
  type PayoutAction,
} from "../../../domain/actions"
import type { AdminActionResult } from "../../../types/http-statements"
import { type ActionRules, actionTarget } from "./action-facts"
import {
  type Answer,
  answered,
  type Proposal,
  readProposal,
  writeAnswer,
} from "./action-proposals"
import { refusal, refusalOf } from "./action-refusal"
import type { ActionResult } from "./action-requests"
import { perform } from "./action-steps"
import { answerBalanceProposal } from "./adjustment-answers"
import { answerAllocation } from "./allocation-answers"
import { ALLOCATE_REFUND } from "./allocation-requests"
import type { Db, Sql } from "./db"

type AnswerInput = Answer & {
  dry_run: boolean
  tag: string
  rules: ActionRules
}

/**
 * The answer to a proposal: it is done, or it is not. What was allowed when it
 * was proposed is decided again now. Its maker may withdraw it, never confirm
 * it. The same answer again returns what was done; another one is refused. A
 * dry run decides alike and writes nothing.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function answerProposal(
  db: Db,
  input: AnswerInput
): Promise<AdminActionResult> {
  return db.tx((sql) => answer(sql, input))
}

async function answer(
  sql: Sql,
  input: AnswerInput
): Promise<AdminActionResult> {
  const { id, actor, tag, rules, dry_run } = input
  const asked = await readProposal(sql, id, { lock: false })
  if (asked?.action === ALLOCATE_REFUND) return answerAllocation(sql, input)
  if (asked?.payee_id) return answerBalanceProposal(sql, asked.payee_id, input)
  const target =
    asked?.payout_id &&
    (await actionTarget(sql, {
      payout_id: asked.payout_id,
      rules,
      lock: !dry_run,
    }))
  // Read again: whoever answered first held the payout until now.
  const proposal = await readProposal(sql, id, { lock: !dry_run })
  if (!proposal || !target) throw refusal("not_found")
  if (proposal.state !== "proposed") return answered(proposal, input)

  const { maker } = proposal
  const action = payoutActionOf(proposal)
  const outcome = proposal.payload.outcome ?? null
  const isConfirmed = input.answer === "confirm"
  if (isConfirmed && maker === actor) throw refusal("own_proposal")
  const from = target.facts.status
  let effect = "Nothing is done."
  if (isConfirmed) {
    const facts = { ...target.facts, is_proposed: false }
    const verdict = decideAction(action, facts, actor)
    if (!verdict.allowed) throw refusalOf(verdict)
    effect = effectOfConfirming(verdict, { action, outcome })
  }
  const result: ActionResult = {
    ...payoutResultOf(proposal),
    id: dry_run ? null : id,
    state: dry_run ? "preview" : isConfirmed ? "done" : "rejected",
    effect,
    from,
    to: isConfirmed ? (outcome ?? "void") : from,
  }
  if (dry_run) return result
  await writeAnswer(sql, { answer: input, maker, result })
  if (isConfirmed) {
    await perform(sql, { target, action, actor, cause: id, tag, outcome })
  }
  return result
}

function payoutActionOf({ action }: Proposal): PayoutAction {
  const known = PAYOUT_ACTIONS.find((one) => one === action)
  if (!known) throw new Error(`Nothing about a payout is proposed by ${action}`)
  return known
}

function payoutResultOf({ result }: Proposal): ActionResult {
  if (!("payout_id" in result)) {
    throw new Error(`${result.request_id} was not about a payout`)
  }
  return result
}
