import type { Sql } from "./db"

/** Of a payout: the destination that it was last sent to, as SQL. */
const LAST_USED = `(
  select q.destination_id from masspay_quote q
   where q.payout_id = ? and q.commit_attempt_id is not null
   order by q.created_at desc, q.id desc limit 1)`

/** MassPay wants more details than its set has: nothing goes there until they are given. */
export async function markIncomplete(
  sql: Sql,
  { payout_id }: { payout_id: string }
): Promise<void> {
  await sql.rows(
    `update masspay_destination
        set status = 'incomplete', status_reason = 'attributes_required',
            check_at = masspay_now(), updated_at = masspay_now()
      where id = ${LAST_USED} and status = 'ready'`,
    [payout_id]
  )
}

/**
 * Money came back from there: nothing more goes to it before somebody changed
 * it, or an operator said that it is right.
 */
export async function markReturned(
  sql: Sql,
  { payout_id }: { payout_id: string }
): Promise<void> {
  await sql.rows(
    `update masspay_destination
        set status = 'returned', status_reason = 'returned',
            returned_payout_id = ?, updated_at = masspay_now()
      where id = ${LAST_USED} and status in ('ready', 'incomplete', 'gone')`,
    [payout_id, payout_id]
  )
}

/** The money is there after all. */
export async function unmarkReturned(
  sql: Sql,
  { payout_id }: { payout_id: string }
): Promise<void> {
  await sql.rows(
    `update masspay_destination
        set status = 'ready', status_reason = null, returned_payout_id = null,
            updated_at = masspay_now()
      where returned_payout_id = ? and status = 'returned'
        and attr_set_token is not null`,
    [payout_id]
  )
}
