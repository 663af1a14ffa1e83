import type { Sql } from "./db"
import { MAIN_KINDS } from "./main-operation"

/** Nothing came of whatever was sent for a payout, quotes included; requests to take it back are not asked about. */
export async function closeAttempts(
  sql: Sql,
  { id }: { id: string }
): Promise<void> {
  await sql.rows(
    `update masspay_attempt
        set proof = 'not_executed', updated_at = masspay_now()
      where proof is null
        and operation_id in (
          select o.id from masspay_operation o
           where o.payout_id = ? and (o.kind in ${MAIN_KINDS} or o.kind = 'quote'))`,
    [id]
  )
}
