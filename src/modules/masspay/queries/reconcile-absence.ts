import { isMissing } from "../../../domain/compare"
import type { Sql } from "./db"

/**
 * A complete reading of a payee did not show this operation. Counts for the run,
 * once. A first miss in a run that came to nothing begins anew.
 */
export async function noteAbsence(
  sql: Sql,
  { operation_id, run_id }: { operation_id: string; run_id: string }
): Promise<void> {
  await sql.rows(
    `insert into masspay_remote_absence as a
       (operation_id, first_run_id, last_run_id, first_missed_at)
     values (?, ?, ?, masspay_now())
     on conflict (operation_id) do update set
       first_run_id = case when exists (
           select 1 from masspay_reconciliation_run r
            where r.id = a.first_run_id and r.status = 'complete')
         then a.first_run_id else excluded.first_run_id end,
       first_missed_at = case when exists (
           select 1 from masspay_reconciliation_run r
            where r.id = a.first_run_id and r.status = 'complete')
         then a.first_missed_at else excluded.first_missed_at end,
       last_run_id = excluded.last_run_id, updated_at = masspay_now()`,
    [operation_id, run_id, run_id]
  )
}

/** What a payee's list shows again was not missing. */
export async function forgetAbsences(
  sql: Sql,
  { user_token, began_at }: { user_token: string; began_at: Date }
): Promise<void> {
  await sql.rows(
    `delete from masspay_remote_absence a
      using masspay_operation o, masspay_remote_transaction r
      where o.id = a.operation_id and r.type = o.kind
        and (r.token = o.remote_token or r.client_id = o.client_id)
        and r.user_token = ? and r.last_seen_at >= ?::timestamptz`,
    [user_token, began_at]
  )
}

/** Nor was what MassPay's history shows, although nobody had to ask for a list. */
export async function forgetSeen(
  sql: Sql,
  { started_at }: { started_at: Date }
): Promise<void> {
  await sql.rows(
    `delete from masspay_remote_absence a
      using masspay_operation o, masspay_remote_transaction r
      where o.id = a.operation_id and r.type = o.kind
        and r.token = o.remote_token and r.last_seen_at >= ?::timestamptz`,
    [started_at]
  )
}

export type MissingOperation = {
  operation_id: string
  payout_id: string
  payee_id: string
  vendor_id: string
  method: string
  amount: string
  currency_code: string
  remote_token: string | null
  user_token: string | null
  completed_at: Date
}

/**
 * Completed payouts that this run did not find and an earlier complete run did
 * not either, and that are old enough to have to show. For a run that read
 * everything only.
 */
export async function missingIn(
  sql: Sql,
  run_id: string
): Promise<MissingOperation[]> {
  const rows = await sql.rows<
    MissingOperation & { completed_for_ms: number; missed_for_ms: number }
  >(
    `select o.id as operation_id, p.id as payout_id, p.payee_id, p.vendor_id,
            p.method, p.amount::text as amount, p.currency_code, o.remote_token,
            p.user_token, p.completed_at,
            (extract(epoch from (select masspay_now()) - p.completed_at) * 1000)::float8
              as completed_for_ms,
            (extract(epoch from (select masspay_now()) - a.first_missed_at) * 1000)::float8
              as missed_for_ms
       from masspay_remote_absence a
       join masspay_reconciliation_run f on f.id = a.first_run_id
       join masspay_operation o on o.id = a.operation_id
       join masspay_payout p on p.id = o.payout_id
      where a.last_run_id = ? and a.first_run_id <> a.last_run_id
        and f.status = 'complete' and p.status = 'completed'
        and p.completed_at is not null
      order by o.id`,
    [run_id]
  )
  return rows.filter(isMissing)
}
