import {
  type ActionRefusal,
  type ActionVerdict,
  decideAction,
  PAYOUT_ACTIONS,
  type PayoutAction,
  refused,
} from "../../../domain/actions"
import type { AdminPayoutAction } from "../../../types/http"
import { type ActionRules, actionTarget } from "./action-facts"
import { type AssertedOutcome, perform } from "./action-steps"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"

const UNIQUE_VIOLATION = "23505"

/** Why nothing was done. The message is for the operator. */
export class ActionRefusedError extends Error {
  constructor(
    readonly code: ActionRefusal | "request_id_used",
    message: string
  ) {
    super(message)
    this.name = "ActionRefusedError"
  }
}

export type ActionResult = AdminPayoutAction

type ActionInput = {
  action: PayoutAction
  payout_id: string
  request_id: string
  reason: string
  actor: string
  dry_run: boolean
  /** Of an assertion: where the payout shall go. */
  outcome: AssertedOutcome | null
  tag: string
  rules: ActionRules
}

/**
 * Does one action to one payout, once for each request id: asking again returns
 * what was done. Decision and deed are one transaction under the locks of the
 * payee and the payout. A dry run decides alike and writes nothing.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function actOnPayout(
  db: Db,
  input: ActionInput
): Promise<ActionResult> {
  try {
    return await db.tx((sql) => act(sql, input))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // The same request came twice at once: by now the other one is written.
    return db.tx((sql) => act(sql, input))
  }
}

async function act(sql: Sql, input: ActionInput): Promise<ActionResult> {
  const { action, payout_id, request_id, actor, dry_run } = input
  const target = await actionTarget(sql, {
    payout_id,
    rules: input.rules,
    lock: !dry_run,
  })
  // Under the lock: the same request that came first is written by now.
  const known = await storedRequest(sql, request_id)
  if (known) {
    const isSame =
      known.action === action &&
      known.payout_id === payout_id &&
      known.maker === actor
    if (isSame) return known.result
    throw new ActionRefusedError(
      "request_id_used",
      `request_id "${request_id}" was used for something else. Use a new one for each action.`
    )
  }
  const verdict = target
    ? decideAction(action, target.facts, actor)
    : refused("not_found")
  if (!target || !verdict.allowed) throw refusalOf(verdict)

  const id = newId("msact")
  const state = verdict.needs_second ? "proposed" : "done"
  const result: ActionResult = {
    id: dry_run ? null : id,
    request_id,
    action,
    payout_id,
    state: dry_run ? "preview" : state,
    effect: effectOf(verdict.effect, state, action),
    from: target.facts.status,
    to: verdict.needs_second
      ? target.facts.status
      : (verdict.to ?? target.facts.status),
    amount: amountText(target.amount, target.currency_code),
    currency_code: target.currency_code,
  }
  if (dry_run) return result
  await sql.rows(
    `insert into masspay_action_request
       (id, request_id, action, payout_id, payload, state, maker, maker_reason,
        decided_at, result)
     values (?, ?, ?, ?, ?::jsonb, ?, ?, ?,
             case when ? = 'done' then masspay_now() end, ?::jsonb)`,
    [
      id,
      request_id,
      action,
      payout_id,
      JSON.stringify({ outcome: input.outcome }),
      state,
      actor,
      input.reason,
      state,
      JSON.stringify(result),
    ]
  )
  if (state === "done") {
    const { tag, outcome } = input
    await perform(sql, { target, action, actor, cause: id, tag, outcome })
  }
  return result
}

function effectOf(
  effect: string,
  state: "proposed" | "done",
  action: PayoutAction
): string {
  return state === "proposed" && action !== "assert_not_executed"
    ? `A second person is asked to confirm. Then: ${effect}`
    : effect
}

/**
 * The second person's answer to a proposal: it is done, or it is not. What was
 * allowed when it was proposed is decided again now. The maker may not answer.
 */
export async function answerProposal(
  db: Db,
  input: {
    id: string
    answer: "confirm" | "reject"
    reason: string
    actor: string
    tag: string
    rules: ActionRules
  }
): Promise<ActionResult> {
  const { id, answer, reason, actor, tag, rules } = input
  return db.tx(async (sql) => {
    const [found] = await sql.rows<{ payout_id: string }>(
      `select payout_id from masspay_action_request where id = ?`,
      [id]
    )
    if (!found) throw refusalOf(refused("not_found"))
    const target = await actionTarget(sql, {
      payout_id: found.payout_id,
      rules,
      lock: true,
    })
    const [proposal] = await sql.rows<{
      action: PayoutAction
      state: string
      maker: string
      payload: { outcome: AssertedOutcome | null }
      result: ActionResult
    }>(
      `select action, state, maker, payload, result from masspay_action_request
        where id = ? for update`,
      [id]
    )
    if (!proposal || !target) throw refusalOf(refused("not_found"))
    if (proposal.state !== "proposed") {
      return { ...proposal.result, state: stateOf(proposal.state) }
    }
    if (proposal.maker === actor) throw refusalOf(refused("own_proposal"))

    const { action, payload } = proposal
    const isConfirmed = answer === "confirm"
    if (isConfirmed) {
      const verdict = decideAction(
        action,
        { ...target.facts, is_proposed: false },
        actor
      )
      if (!verdict.allowed) throw refusalOf(verdict)
    }
    const result: ActionResult = {
      ...proposal.result,
      state: isConfirmed ? "done" : "rejected",
      from: target.facts.status,
      to: isConfirmed ? (payload.outcome ?? "void") : target.facts.status,
    }
    await sql.rows(
      `update masspay_action_request
          set state = ?, checker = ?, checker_reason = ?,
              decided_at = masspay_now(), result = ?::jsonb,
              updated_at = masspay_now()
        where id = ? and state = 'proposed'`,
      [result.state, actor, reason, JSON.stringify(result), id]
    )
    if (isConfirmed) {
      const { outcome } = payload
      await perform(sql, { target, action, actor, cause: id, tag, outcome })
    }
    return result
  })
}

/** Every action with whether it is allowed now, and what it would do or why not. */
export async function allowedActions(
  db: Db,
  {
    payout_id,
    actor,
    rules,
  }: { payout_id: string; actor: string; rules: ActionRules }
): Promise<{ action: PayoutAction; verdict: ActionVerdict }[] | null> {
  const target = await db.tx((sql) =>
    actionTarget(sql, { payout_id, rules, lock: false })
  )
  if (!target) return null
  return PAYOUT_ACTIONS.map((action) => ({
    action,
    verdict: decideAction(action, target.facts, actor),
  }))
}

async function storedRequest(
  sql: Sql,
  request_id: string
): Promise<{
  action: string
  payout_id: string | null
  maker: string
  result: ActionResult
} | null> {
  const [row] = await sql.rows<{
    action: string
    payout_id: string | null
    maker: string
    state: string
    result: ActionResult
  }>(
    `select action, payout_id, maker, state, result
       from masspay_action_request where request_id = ?`,
    [request_id]
  )
  if (!row) return null
  return { ...row, result: { ...row.result, state: stateOf(row.state) } }
}

function stateOf(state: string): ActionResult["state"] {
  return state === "proposed" || state === "rejected" ? state : "done"
}

function refusalOf(verdict: ActionVerdict): ActionRefusedError {
  if (verdict.allowed) throw new Error("An allowed action was refused")
  return new ActionRefusedError(verdict.code, verdict.message)
}

function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION
  )
}
