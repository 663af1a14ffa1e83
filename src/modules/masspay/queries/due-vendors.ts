import type { Sql } from "./db"

/**
 * Those of `vendor_ids` who have an open entry that is due, by id: whom
 * collecting could do anything for. Answered from an index, without a lock.
 */
export async function vendorsWithDueEntries(
  sql: Sql,
  vendor_ids: readonly string[]
): Promise<string[]> {
  const rows = await sql.rows<{ vendor_id: string }>(
    `select distinct vendor_id from masspay_open_entry
      where vendor_id = any(?) and available_at <= (select masspay_now())
      order by vendor_id`,
    [vendor_ids]
  )
  return rows.map(({ vendor_id }) => vendor_id)
}
