import { type Decision, DecisionRefusedError } from "../../../domain/decisions"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"

/** Who decides, why, and under what id of the caller's. */
export type Deciding = { actor: string; reason: string; request_id: string }

type DecisionInput = Deciding & {
  decision: Decision
  /** Everything that was asked for: the same id may not ask for anything else. */
  payload: Record<string, unknown>
}

/** What is kept of it, and given back when it is asked for again. */
type Decided<Result> = {
  /** The vendor it is about, if it is about one. */
  payee_id: string | null
  result: Result
}

/**
 * Takes one decision once for each request id, in one transaction with what it
 * changes: asking again returns what was done. `work` gets the id under which
 * the decision is kept.
 *
 * Throws `DecisionRefusedError` when `work` does, or when the id was used for
 * something else; then nothing was written.
 */
export async function decideOnce<Result extends { effect: string }>(
  db: Db,
  { decision, payload, actor, reason, request_id }: DecisionInput,
  work: (sql: Sql, id: string) => Promise<Decided<Result>>
): Promise<Result> {
  const asked = JSON.stringify(payload)
  return db.tx(async (sql) => {
    // The same request twice at once: the second finds what the first has done.
    await sql.rows(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
      `masspay:${request_id}`,
    ])
    const [known] = await sql.rows<{ is_same: boolean; result: Result }>(
      `select action = ? and maker = ? and payload = ?::jsonb as is_same, result
         from masspay_action_request where request_id = ?`,
      [decision, actor, asked, request_id]
    )
    if (known?.is_same) return known.result
    if (known) throw new DecisionRefusedError("request_id_used")
    const id = newId("msact")
    const { payee_id, result } = await work(sql, id)
    await sql.rows(
      `insert into masspay_action_request
         (id, request_id, action, payee_id, payload, state, maker, maker_reason,
          decided_at, result)
       values (?, ?, ?, ?, ?::jsonb, 'done', ?, ?, masspay_now(), ?::jsonb)`,
      [
        id,
        request_id,
        decision,
        payee_id,
        asked,
        actor,
        reason,
        JSON.stringify(result),
      ]
    )
    return result
  })
}
