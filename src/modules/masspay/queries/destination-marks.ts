import type { Sql } from "./db"
import {
  markIncomplete as markDestinationIncomplete,
  markReturned as markDestinationReturned,
} from "./destinations"

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
  const destination_id = await lastUsedBy(sql, payout_id)
  if (destination_id === null) return
  const reason = "attributes_required"
  await markDestinationIncomplete(sql, { destination_id, reason })
}

/**
 * Money came back from there: nothing more goes to it before somebody changed
 * it, or an operator said that it is right.
 */
export async function markReturned(
  sql: Sql,
  { payout_id }: { payout_id: string }
): Promise<void> {
  const destination_id = await lastUsedBy(sql, payout_id)
  if (destination_id === null) return
  await markDestinationReturned(sql, { destination_id, payout_id })
}

async function lastUsedBy(sql: Sql, payout_id: string): Promise<string | null> {
  const [used] = await sql.rows<{ destination_id: string | null }>(
    `select ${LAST_USED} as destination_id`,
    [payout_id]
  )
  return used?.destination_id ?? null
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
