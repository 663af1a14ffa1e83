import type { Sql } from "./db"

/** A quote that this payout asked MassPay for, as far as a look-up needs it. */
export type KnownQuote = {
  operation_id: string
  client_id: string
  /** Of the payout at MassPay; `null`: not answered. */
  remote_token: string | null
  /** Not answered: the latest moment at which it could be. */
  expires_at: Date
  /** MassPay knew its id already, and it is not proven that nothing came of that. */
  is_duplicate: boolean
  /** Whether it may have been committed: here, or by books that were lost since. */
  may_count: boolean
}

/** MassPay knew the id of `qo` already, and it is not proven that nothing came of that, as SQL. */
const IS_DUPLICATE = `exists (
  select 1 from masspay_attempt a
   where a.operation_id = qo.id and a.proof is null
     and a.outcome in ('masspay.duplicate_client_id', 'masspay.key_mismatch'))`

/** Whether the quote `q` of the operation `qo` may have been committed, as SQL. */
export const MAY_COUNT = `(q.commit_attempt_id is not null or ${IS_DUPLICATE})`

/** All of a payout, oldest first. Call it with the payout locked. */
export async function quotesOf(
  sql: Sql,
  payout_id: string
): Promise<KnownQuote[]> {
  return sql.rows<KnownQuote>(
    `select qo.id as operation_id, qo.client_id, qo.remote_token, q.expires_at,
            ${IS_DUPLICATE} as is_duplicate, ${MAY_COUNT} as may_count
       from masspay_quote q
       join masspay_operation qo on qo.id = q.operation_id
      where q.payout_id = ?
      order by q.created_at, q.id`,
    [payout_id]
  )
}
