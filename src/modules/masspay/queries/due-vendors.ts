import type { Sql } from "./db"

/**
 * The vendors of those accounts that have an open entry that is due, by id:
 * whom collecting could pay. Reads one index entry for each, and locks nothing.
 */
export async function vendorsWithDueEntries(
  sql: Sql,
  accounts: readonly { vendor_id: string; currency_code: string }[]
): Promise<string[]> {
  if (accounts.length === 0) return []
  const rows = await sql.rows<{ vendor_id: string }>(
    `select distinct v.vendor_id
       from unnest(?::text[], ?::text[]) v(vendor_id, currency_code)
      where exists (
        select 1 from masspay_open_entry o
         where o.vendor_id = v.vendor_id and o.currency_code = v.currency_code
           and o.available_at <= (select masspay_now()))
      order by v.vendor_id`,
    [
      accounts.map(({ vendor_id }) => vendor_id),
      accounts.map(({ currency_code }) => currency_code),
    ]
  )
  return rows.map(({ vendor_id }) => vendor_id)
}
