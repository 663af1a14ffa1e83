import type { RemoteType } from "../../../domain/discrepancies"
import { commitIdOf } from "../../../domain/ids"
import type { Db, Sql } from "./db"
import { everythingListed, type Listed, type Lookup } from "./lookup"
import { newIds } from "./new-id"

/** A transaction as MassPay told it just now; amounts in minor units, never negative. */
export type ToldTransaction = {
  token: string
  type: RemoteType
  remote_type: string
  status: string
  user_token: string | null
  source_amount: bigint | null
  source_currency_code: string | null
  destination_amount: bigint | null
  destination_currency_code: string | null
  fee: bigint | null
  time_of_txn: Date | null
  source_token: string | null
  destination_token: string | null
  delivery_type: string | null
  client_transfer_id: string | null
  status_reason: string | null
  /** Only a payee's own list tells it. */
  client_id?: string | null
}

export type Staged = {
  /** Rows that this run had seen before, in an earlier page or an earlier reading of this one. */
  seen_before: number
  /** Distinct rows. */
  rows: number
}

/**
 * Keeps what MassPay told, by token: a row that moved to a later page while we
 * read shows up twice and is kept once. `read_at` is the books' time from before
 * the request; what was read later by somebody else stays. A word that is not
 * known does not take the place of one that is.
 */
export async function stageTransactions(
  sql: Sql,
  {
    told,
    read_at,
    run_id,
  }: { told: readonly ToldTransaction[]; read_at: Date; run_id: string }
): Promise<Staged> {
  const rows = [...new Map(told.map((row) => [row.token, named(row)])).values()]
  if (rows.length === 0) return { seen_before: 0, rows: 0 }
  const texts = (valueOf: (row: ToldTransaction) => string | null) =>
    rows.map(valueOf)
  const [known] = await sql.rows<{ count: number }>(
    `with told as materialized (
       select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[])
              t (id, token, type, remote_type, remote_status, user_token,
                 source_amount, source_currency_code, destination_amount,
                 destination_currency_code, fee, time_of_txn, source_token,
                 destination_token, delivery_type, client_transfer_id,
                 status_reason, client_id)),
     users as materialized (
       select distinct on (user_token) user_token, payee_id
         from masspay_payee_user where user_token = any(?)
        order by user_token, unlinked_at desc nulls first),
     -- Each by its token: of a table that grows while it is read, statistics say
     -- that it is small, and a join would read all of it for every page.
     known as materialized (
       select count(*)::int as count from told
        where ? = (select r.last_run_id from masspay_remote_transaction r
                    where r.token = told.token)),
     kept as (
       insert into masspay_remote_transaction as r
         (id, token, type, remote_type, remote_status, user_token, payee_id,
          source_amount, source_currency_code, destination_amount,
          destination_currency_code, fee, time_of_txn, source_token,
          destination_token, delivery_type, client_transfer_id, status_reason,
          client_id, last_seen_at, last_run_id, first_seen_at, created_at,
          updated_at)
       select id, token, type, remote_type, remote_status, told.user_token,
              payee_id, source_amount, source_currency_code, destination_amount,
              destination_currency_code, fee, time_of_txn, source_token,
              destination_token, delivery_type, client_transfer_id,
              status_reason, client_id, ?::timestamptz, ?, now, now, now
         from told left join users on users.user_token = told.user_token
              cross join (select masspay_now() as now offset 0) clock
        order by token
       on conflict (token) do update set
         remote_status = case when excluded.remote_status = 'UNRECOGNISED'
           then r.remote_status else excluded.remote_status end,
         previous_status = case when excluded.remote_status in (r.remote_status, 'UNRECOGNISED')
           then r.previous_status else r.remote_status end,
         changed_at = case when excluded.remote_status in (r.remote_status, 'UNRECOGNISED')
           then r.changed_at else excluded.updated_at end,
         user_token = coalesce(excluded.user_token, r.user_token),
         payee_id = coalesce(excluded.payee_id, r.payee_id),
         source_amount = coalesce(excluded.source_amount, r.source_amount),
         source_currency_code = coalesce(excluded.source_currency_code, r.source_currency_code),
         destination_amount = coalesce(excluded.destination_amount, r.destination_amount),
         destination_currency_code = coalesce(excluded.destination_currency_code, r.destination_currency_code),
         fee = coalesce(excluded.fee, r.fee),
         time_of_txn = coalesce(excluded.time_of_txn, r.time_of_txn),
         status_reason = coalesce(excluded.status_reason, r.status_reason),
         client_id = coalesce(excluded.client_id, r.client_id),
         last_seen_at = excluded.last_seen_at, last_run_id = excluded.last_run_id,
         updated_at = excluded.updated_at
       where r.last_seen_at <= excluded.last_seen_at)
     select count from known`,
    [
      newIds("msrtx", rows.length),
      texts((row) => row.token),
      texts((row) => row.type),
      texts((row) => row.remote_type),
      texts((row) => row.status),
      texts((row) => row.user_token),
      texts((row) => row.source_amount?.toString() ?? null),
      texts((row) => row.source_currency_code),
      texts((row) => row.destination_amount?.toString() ?? null),
      texts((row) => row.destination_currency_code),
      texts((row) => row.fee?.toString() ?? null),
      rows.map((row) => row.time_of_txn),
      texts((row) => row.source_token),
      texts((row) => row.destination_token),
      texts((row) => row.delivery_type),
      texts((row) => row.client_transfer_id),
      texts((row) => row.status_reason),
      texts((row) => row.client_id ?? null),
      [...new Set(texts((row) => row.user_token))],
      run_id,
      read_at,
      run_id,
    ]
  )
  return { seen_before: known?.count ?? 0, rows: rows.length }
}

/** A payout's own id tells which commit of ours it is of. */
function named(row: ToldTransaction): ToldTransaction {
  if (row.type !== "payout" || row.client_id) return row
  return { ...row, client_id: commitIdOf(row.client_transfer_id ?? "") }
}

/** What a payee's own lists show, client ids included. */
export async function stageListed(
  db: Db,
  {
    user_token,
    lookup,
    run_id,
  }: { user_token: string; lookup: Lookup; run_id: string }
): Promise<void> {
  const told = everythingListed(lookup).map((one): ToldTransaction => ({
    ...UNTOLD,
    token: one.remote_token,
    type: one.kind === "commit" ? "payout" : one.kind,
    remote_type: one.kind === "commit" ? "payout" : one.kind,
    status: wordOf(one),
    user_token,
    source_amount: one.amount < 0n ? -one.amount : one.amount,
    source_currency_code: one.currency_code,
    time_of_txn: one.due_at,
    client_id: one.client_id,
    ...(one.quote && {
      fee: one.quote.fee,
      client_transfer_id: one.quote.client_id,
      status_reason: one.quote.status_reason,
    }),
  }))
  for (let from = 0; from < told.length; from += STAGED_AT_ONCE) {
    await stageTransactions(db, {
      told: told.slice(from, from + STAGED_AT_ONCE),
      read_at: lookup.began_at,
      run_id,
    })
  }
}

/** MassPay's own word, as its history has it: there, what was reversed stays completed. */
function wordOf({ status }: Listed): string {
  const isOurWord = status === "REVERSED" || status === "PARTLY_REVERSED"
  return isOurWord ? "COMPLETED" : status
}

const STAGED_AT_ONCE = 500

const UNTOLD = {
  destination_amount: null,
  destination_currency_code: null,
  fee: null,
  source_token: null,
  destination_token: null,
  delivery_type: null,
  client_transfer_id: null,
  status_reason: null,
} as const
