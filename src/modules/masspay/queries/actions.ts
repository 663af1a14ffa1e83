import {
  type AssertedOutcome,
  effectOfAsking,
} from "../../../domain/action-effects"
import {
  type ActionVerdict,
  decideAction,
  PAYOUT_ACTIONS,
  type PayoutAction,
} from "../../../domain/actions"
import { type ActionRules, actionTarget } from "./action-facts"
import { refusal, refusalOf } from "./action-refusal"
import { type ActionResult, storedRequest } from "./action-requests"
import { perform } from "./action-steps"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"

const UNIQUE_VIOLATION = "23505"

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
      known.maker === actor &&
      known.outcome === input.outcome
    if (isSame) return known.result
    throw refusal("request_id_used")
  }
  if (!target) throw refusal("not_found")
  const verdict = decideAction(action, target.facts, actor)
  if (!verdict.allowed) throw refusalOf(verdict)

  const id = newId("msact")
  const state = verdict.needs_second ? "proposed" : "done"
  const result: ActionResult = {
    id: dry_run ? null : id,
    request_id,
    action,
    payout_id,
    state: dry_run ? "preview" : state,
    effect: effectOfAsking(verdict, input),
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

export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION
  )
}
