import {
  type AssertedOutcome,
  effectOfConfirming,
} from "../../../domain/action-effects"
import { decideAction, type PayoutAction } from "../../../domain/actions"
import { type ActionRules, actionTarget } from "./action-facts"
import { refusal, refusalOf } from "./action-refusal"
import { type ActionResult, stateOf } from "./action-requests"
import { perform } from "./action-steps"
import type { Db, Sql } from "./db"

type AnswerInput = {
  /** Of the stored request. */
  id: string
  answer: "confirm" | "reject"
  reason: string
  actor: string
  dry_run: boolean
  tag: string
  rules: ActionRules
}

type Proposal = {
  action: PayoutAction
  payout_id: string
  state: string
  maker: string
  checker: string | null
  payload: { outcome: AssertedOutcome | null }
  result: ActionResult
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
): Promise<ActionResult> {
  return db.tx((sql) => answer(sql, input))
}

async function answer(sql: Sql, input: AnswerInput): Promise<ActionResult> {
  const { id, actor, tag, rules, dry_run } = input
  const asked = await readProposal(sql, id, { lock: false })
  const target =
    asked &&
    (await actionTarget(sql, {
      payout_id: asked.payout_id,
      rules,
      lock: !dry_run,
    }))
  // Read again: whoever answered first held the payout until now.
  const proposal = await readProposal(sql, id, { lock: !dry_run })
  if (!proposal || !target) throw refusal("not_found")
  if (proposal.state !== "proposed") return answered(proposal, input)

  const { action, maker } = proposal
  const { outcome } = proposal.payload
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
    ...proposal.result,
    id: dry_run ? null : id,
    state: dry_run ? "preview" : isConfirmed ? "done" : "rejected",
    effect,
    from,
    to: isConfirmed ? (outcome ?? "void") : from,
  }
  if (dry_run) return result
  await writeAnswer(sql, { input, maker, result })
  if (isConfirmed) {
    await perform(sql, { target, action, actor, cause: id, tag, outcome })
  }
  return result
}

async function readProposal(
  sql: Sql,
  id: string,
  { lock }: { lock: boolean }
): Promise<Proposal | null> {
  const [row] = await sql.rows<Proposal>(
    `select action, payout_id, state, maker, checker, payload, result
       from masspay_action_request where id = ? ${lock ? "for update" : ""}`,
    [id]
  )
  return row ?? null
}

/** A checker is a second person; a maker who withdraws is none. */
async function writeAnswer(
  sql: Sql,
  {
    input: { id, actor, reason },
    maker,
    result,
  }: { input: AnswerInput; maker: string; result: ActionResult }
): Promise<void> {
  const written = await sql.rows(
    `update masspay_action_request
        set state = ?, checker = ?, checker_reason = ?,
            decided_at = masspay_now(), result = ?::jsonb,
            updated_at = masspay_now()
      where id = ? and state = 'proposed'
      returning id`,
    [
      result.state,
      actor === maker ? null : actor,
      reason,
      JSON.stringify(result),
      id,
    ]
  )
  if (written.length !== 1) {
    throw new Error(`Proposal ${id} was answered although locked`)
  }
}

/** Whoever gave this answer may give it again. */
function answered(
  { state, maker, checker, result }: Proposal,
  { answer, actor }: AnswerInput
): ActionResult {
  const isSame =
    (checker ?? maker) === actor &&
    state === (answer === "confirm" ? "done" : "rejected")
  if (!isSame) throw refusal("already_answered")
  return { ...result, state: stateOf(state) }
}
