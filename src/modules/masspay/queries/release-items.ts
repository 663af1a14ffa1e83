import type { Sql } from "./db"

/**
 * Opens the entries of payouts again, all of them or none. Call it in the
 * transaction that sets `items_released`. What was released before stays.
 */
export async function releaseItems(
  sql: Sql,
  payout_ids: readonly string[]
): Promise<void> {
  if (payout_ids.length === 0) return
  await sql.rows(
    `update masspay_payout_item
        set released_at = masspay_now(), updated_at = masspay_now()
      where payout_id = any(?) and released_at is null`,
    [payout_ids]
  )
}
