import type { AfterAttempt } from "../../../domain/decide-next"
import type { Sql } from "./db"
import { evidenceOf, type RecordInput } from "./dispatch-evidence"
import { moveStatement, type PayoutColumns } from "./payout-moves"

/** Two payouts claim one load or spendback, or one payout two: that is for a person. */
const TOKEN_IS_TAKEN = `exists (
  select 1 from masspay_operation x
   where x.kind = ?
     and ((x.remote_token = ? and x.id <> ?) or (x.id = ? and x.remote_token <> ?)))`

/**
 * The commonest outcome by one statement: MassPay made the load or spendback,
 * and the payout is still this worker's. Writes the payout's move, the token and the
 * attempt's evidence, all of it or nothing. Returns whether it did; where any
 * guard fails the caller takes the long way, which decides under locks.
 *
 * The payout is locked by its update, before anything else, as everywhere. Its
 * version keeps out whatever was decided about it since the claim.
 */
export async function recordExecuted(
  sql: Sql,
  { claimed, worker, report, beforeCommit }: RecordInput,
  decision: AfterAttempt & { set: PayoutColumns }
): Promise<boolean> {
  if (
    report.outcome.kind !== "answered" ||
    report.remote_token === null ||
    decision.attempt_proof !== "executed" ||
    decision.burn_key
  ) {
    return false
  }
  await beforeCommit?.()
  const { operation_id } = claimed
  const token = report.remote_token
  const move = moveStatement(
    {
      payout_id: claimed.payout_id,
      from: "sending",
      to: decision.to,
      event: decision.event,
      version: claimed.version,
      lease_owner: worker,
      set: decision.set,
      cause: claimed.attempt_id,
      detail: report.code === "ok" ? null : report.code,
    },
    {
      text: TOKEN_IS_TAKEN,
      params: [claimed.kind, token, operation_id, operation_id, token],
    }
  )
  const rows = await sql.rows(
    `with ${move.ctes},
     proven as (
       update masspay_operation o
          set remote_token = ?, remote_status = ?, proof = 'executed',
              updated_at = masspay_now()
         from moved where o.id = ?),
     kept as (
       update masspay_attempt a
          set outcome = ?, http_status = ?, evidence = ?::jsonb,
              finished_at = masspay_now(), proof = coalesce(a.proof, 'executed'),
              updated_at = masspay_now()
         from moved where a.id = ? and a.outcome is null)
     select version from moved`,
    [
      ...move.params,
      token,
      report.outcome.status,
      operation_id,
      report.code,
      report.http_status,
      JSON.stringify(evidenceOf(report)),
      claimed.attempt_id,
    ]
  )
  return rows.length === 1
}
