import type { Sql } from "./db"

/**
 * Whether the operation `t` is still to be sent, as SQL: as long as every
 * request so far is proven not to have been acted on. After one that may have
 * been, the list decides, never a second try.
 */
export const TAKE_BACK_IS_UNSENT = `(
  t.proof = 'none'
  and not exists (
    select 1 from masspay_attempt a
     where a.operation_id = t.id and a.proof is distinct from 'not_executed'))`

/**
 * Whether the operation `t` counts as the one try, as SQL. One that was closed
 * before any request for it was written, because MassPay's word had changed, asked
 * nothing of anybody.
 */
export const TAKE_BACK_WAS_TRIED = `(
  t.proof <> 'not_executed'
  or exists (select 1 from masspay_attempt a where a.operation_id = t.id))`

/**
 * Of MassPay's payouts, by token: those that these books asked back, or may have
 * asked, those that were seen to have come back, whoever asked, and those of
 * `payout_ids`. Only what these books know as theirs is among them.
 */
export async function payoutsAskedBack(
  sql: Sql,
  {
    payout_tokens,
    payout_ids,
  }: {
    payout_tokens: readonly string[]
    payout_ids: readonly string[]
  }
): Promise<string[]> {
  if (payout_tokens.length === 0) return []
  const rows = await sql.rows<{ remote_token: string }>(
    `select o.remote_token from masspay_operation o
      where o.kind = 'commit' and o.remote_token = any(?::text[])
        and (o.payout_id = any(?::text[])
             or o.remote_status in ('REVERSED', 'PARTLY_REVERSED')
             or exists (select 1 from masspay_operation t
                          join masspay_attempt a on a.operation_id = t.id
                         where t.payout_id = o.payout_id and t.kind = 'reverse'))`,
    [payout_tokens, payout_ids]
  )
  return rows.map(({ remote_token }) => remote_token)
}
