import type { AfterAttempt, AttemptOutcome } from "../../../domain/decide-next"
import type { KycRefusal } from "../../../domain/kyc"
import type { Sql } from "./db"
import type { ClaimedPayout } from "./dispatch"
import type { PaperToStore } from "./kyc-open"

/** What MassPay refused a payment for, where it was for want of papers. */
export type MissingPapers = {
  refusal: KycRefusal
  papers: readonly PaperToStore[]
}

/** What became of one request, and what shows it. Redacted before it comes here. */
export type AttemptReport = {
  outcome: AttemptOutcome
  /** Stable: the code of the failure, or `ok`. */
  code: string
  http_status: number | null
  /** Of the load or spendback that MassPay says it made. */
  remote_token: string | null
  /** MassPay's own words, without anything personal. */
  details: readonly string[]
  /** Of a refusal for want of papers. Links are sealed. */
  missing_papers?: MissingPapers
}

export type RecordInput = {
  claimed: ClaimedPayout
  worker: string
  report: AttemptReport
  /** In [0, 1): spreads retries. */
  jitter: number
  beforeCommit?: () => void | Promise<void>
}

/** The other requests of the same operation. */
export type Attempts = {
  others_unproven: number
  config_refusals: number
  refusals: number
  proof: string | null
}

export async function readAttempts(
  sql: Sql,
  claimed: ClaimedPayout
): Promise<Attempts> {
  const [attempts] = await sql.rows<Attempts>(
    `select count(*) filter (where id <> ? and proof is distinct from 'not_executed'
                               and operation_id = ?)::int as others_unproven,
            count(*) filter (where evidence->>'block' = 'config')::int as config_refusals,
            count(*) filter (where evidence->>'block' is not null)::int as refusals,
            max(proof) filter (where id = ?) as proof
       from masspay_attempt
      where operation_id in (
        select ? union all
        -- A direct payout asks anew under a new name each time: refusals count together.
        select o.id from masspay_operation o
         where ? = 'quote' and o.payout_id = ? and o.kind = 'quote')`,
    [
      claimed.attempt_id,
      claimed.operation_id,
      claimed.attempt_id,
      claimed.operation_id,
      claimed.kind,
      claimed.payout_id,
    ]
  )
  if (!attempts) throw new Error("An aggregate without a row")
  return attempts
}

export function evidenceOf(report: AttemptReport): Record<string, unknown> {
  const { outcome } = report
  return {
    ...(report.remote_token !== null && { remote_token: report.remote_token }),
    ...(outcome.kind === "answered" && { status: outcome.status }),
    ...(outcome.kind === "failed" &&
      outcome.disposition === "stop" && { block: outcome.block ?? "config" }),
    ...(report.details.length > 0 && { details: report.details }),
  }
}

/** Each field of an attempt is written once; a proof that stands is never overwritten. */
export async function keepEvidence(
  sql: Sql,
  {
    claimed,
    report,
  }: {
    claimed: Pick<
      ClaimedPayout,
      "attempt_id" | "operation_id" | "idempotency_key"
    >
    report: AttemptReport
  },
  decision: AfterAttempt
): Promise<void> {
  const evidence = evidenceOf(report)
  await sql.rows(
    `update masspay_attempt
        set outcome = ?, http_status = ?, evidence = ?::jsonb,
            finished_at = masspay_now(), proof = coalesce(proof, ?),
            updated_at = masspay_now()
      where id = ? and outcome is null`,
    [
      report.code,
      report.http_status,
      JSON.stringify(evidence),
      decision.attempt_proof,
      claimed.attempt_id,
    ]
  )
  // A later key of the same operation is not burnt by an answer to an earlier one.
  await sql.rows(
    `update masspay_operation
        set key_burnt = key_burnt or ?, updated_at = masspay_now()
      where id = ? and client_id || '-' || key_seq = ?`,
    [decision.burn_key, claimed.operation_id, claimed.idempotency_key]
  )
}

/** What concerns the whole account is written where every process's claim reads it. */
export async function holdBack(
  sql: Sql,
  { outcome }: AttemptReport,
  decision: AfterAttempt
): Promise<void> {
  if (outcome.kind !== "failed") return
  if (outcome.block === "auth") {
    await sql.rows(
      `insert into masspay_control (key, value)
       values ('dispatch_refused',
               jsonb_build_object('refused', true, 'at', masspay_now()))
       on conflict (key) do update
         set value = excluded.value, updated_at = masspay_now()`
    )
  }
  if (outcome.code === "masspay.throttled") {
    await sql.rows(
      `insert into masspay_control (key, value)
       values ('dispatch_pause', jsonb_build_object(
         'until', masspay_now() + ? * interval '1 millisecond'))
       on conflict (key) do update
         set value = excluded.value, updated_at = masspay_now()
       where (masspay_control.value->>'until')::timestamptz
               < (excluded.value->>'until')::timestamptz`,
      [Math.max(outcome.retry_after_ms ?? 0, decision.delay_ms)]
    )
  }
}

/**
 * Writes the token down where the attempt proves the load or spendback. Returns
 * whether the token is known for another payout already, or another token for
 * this one; then two of them claim one thing, which is for a person.
 */
export async function rememberTruth(
  sql: Sql,
  { claimed, report }: RecordInput,
  decision: AfterAttempt
): Promise<boolean> {
  if (decision.attempt_proof !== "executed" || report.remote_token === null) {
    return false
  }
  const [other] = await sql.rows<{ id: string }>(
    `select id from masspay_operation
      where kind = ?
        and ((remote_token = ? and id <> ?) or (id = ? and remote_token <> ?))`,
    [
      claimed.kind,
      report.remote_token,
      claimed.operation_id,
      claimed.operation_id,
      report.remote_token,
    ]
  )
  if (other) return true
  await sql.rows(
    `update masspay_operation
        set remote_token = ?, remote_status = ?, proof = 'executed',
            updated_at = masspay_now()
      where id = ?`,
    [
      report.remote_token,
      report.outcome.kind === "answered" ? report.outcome.status : null,
      claimed.operation_id,
    ]
  )
  return false
}
