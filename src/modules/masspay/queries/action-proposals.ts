import type { AssertedOutcome } from "../../../domain/action-effects"
import type { AdminActionResult } from "../../../types/http-statements"
import { refusal } from "./action-refusal"
import { stateOf } from "./action-requests"
import type { Sql } from "./db"

/** The answer of one person to one proposal. */
export type Answer = {
  /** Of the stored request. */
  id: string
  answer: "confirm" | "reject"
  reason: string
  actor: string
}

/** A stored request as whoever answers it finds it. */
export type Proposal = {
  action: string
  payout_id: string | null
  payee_id: string | null
  state: string
  maker: string
  maker_reason: string
  checker: string | null
  payload: {
    /** Of an assertion about a payout. */
    outcome?: AssertedOutcome | null
    /** Of an entry to book: minor units, signed. */
    amount?: string
    currency_code?: string
    available_at?: string | null
    /** Of a decision about a payee's user: whom it is about. */
    user_token?: string
    /** Of the allocation of a refund: its row here, and what was decided on. */
    refund?: string
    grounds?: string
  }
  result: AdminActionResult
}

export async function readProposal(
  sql: Sql,
  id: string,
  { lock }: { lock: boolean }
): Promise<Proposal | null> {
  const [row] = await sql.rows<Proposal>(
    `select action, payout_id, payee_id, state, maker, maker_reason, checker,
            payload, result
       from masspay_action_request where id = ? ${lock ? "for update" : ""}`,
    [id]
  )
  return row ?? null
}

/** A checker is a second person; a maker who withdraws is none. */
export async function writeAnswer(
  sql: Sql,
  {
    answer: { id, actor, reason },
    maker,
    result,
  }: { answer: Answer; maker: string; result: AdminActionResult }
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
export function answered(
  { state, maker, checker, result }: Proposal,
  { answer, actor }: Answer
): AdminActionResult {
  const isSame =
    (checker ?? maker) === actor &&
    state === (answer === "confirm" ? "done" : "rejected")
  if (!isSame) throw refusal("already_answered")
  return { ...result, state: stateOf(state) }
}
