import type { Sql } from "./db"

/** A quote that this payout asked MassPay for, as far as a look-up needs it. */
export type KnownQuote = {
  operation_id: string
  client_id: string
  /** Of the payout at MassPay; `null`: not answered. */
  remote_token: string | null
  /** Not answered: the latest moment at which it could be. */
  expires_at: Date
  /** Of the request to commit it; `null`: none ever left. */
  commit_attempt_id: string | null
  /** MassPay knew its id already, and it is not proven that nothing came of that. */
  is_duplicate: boolean
}

/** All of a payout, oldest first. Call it with the payout locked. */
export async function quotesOf(
  sql: Sql,
  payout_id: string
): Promise<KnownQuote[]> {
  return sql.rows<KnownQuote>(
    `select o.id as operation_id, o.client_id, o.remote_token, q.expires_at,
            q.commit_attempt_id,
            exists (select 1 from masspay_attempt a
                     where a.operation_id = o.id and a.proof is null
                       and a.outcome in ('masspay.duplicate_client_id', 'masspay.key_mismatch'))
              as is_duplicate
       from masspay_quote q
       join masspay_operation o on o.id = q.operation_id
      where q.payout_id = ?
      order by q.created_at, q.id`,
    [payout_id]
  )
}
