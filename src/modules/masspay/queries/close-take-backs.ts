import { isBack } from "../../../domain/decide-next"
import type { Sql } from "./db"
import type { Listed } from "./lookup"
import type { Applying, LockedPayout } from "./resolve-facts"
import { TAKE_BACK_IS_UNSENT } from "./take-back-reads"

/** The load's status says what came of asking it back. While it is still scheduled, it does not. */
export async function closeTakeBacks(
  sql: Sql,
  { payout }: Applying,
  seen: Listed
): Promise<void> {
  if (!payout.attempts.is_asked_back) return
  const hasCome = isBack(seen.status) || seen.status === "PARTLY_REVERSED"
  const isOver = hasCome || seen.status === "COMPLETED"
  if (payout.status === "accepted" && !isOver) return
  await sql.rows(
    `update masspay_operation set proof = ?, updated_at = masspay_now()
      where payout_id = ? and kind in ('reverse', 'cancel') and proof = 'none'`,
    [hasCome ? "executed" : "not_executed", payout.id]
  )
}

/**
 * What was not sent yet is never sent once the payout has moved on: it was asked
 * for by somebody who knew it as it was.
 */
export async function closeUnsent(
  sql: Sql,
  { id }: LockedPayout
): Promise<void> {
  await sql.rows(
    `update masspay_operation t
        set proof = 'not_executed', updated_at = masspay_now()
      where t.payout_id = ? and t.kind in ('reverse', 'cancel')
        and ${TAKE_BACK_IS_UNSENT}`,
    [id]
  )
}
