import type { Sql } from "./db"
import { SPENDBACK_REFUSED } from "./resolve-void"

/**
 * Those of the entries that were in a spendback which MassPay refused or
 * cancelled, or which a person rejected or gave up, or that were booked because
 * such a one came back again. One that the books gave up before it was sent says
 * nothing.
 */
export async function refusedBefore(
  sql: Sql,
  entry_ids: readonly string[]
): Promise<ReadonlySet<string>> {
  if (entry_ids.length === 0) return new Set()
  const rows = await sql.rows<{ entry_id: string }>(
    `select distinct taken.entry_id
       from (
         select entry_id, payout_id from masspay_payout_item
          where entry_id = any(?) and released_at is not null
         union all
         select id, split_part(source_key, ':', 2) from masspay_ledger_entry
          where id = any(?) and kind = 'overpayment') taken
       join masspay_payout p on p.id = taken.payout_id
       join masspay_payout_event v on v.payout_id = p.id
      where p.method = 'spendback'
        and v.to_status = 'void'
        and (v.event in ('settled_cancelled', 'rejected') or v.detail = ?
             or (v.event = 'voided' and v.actor <> 'system'))`,
    [entry_ids, entry_ids, SPENDBACK_REFUSED]
  )
  return new Set(rows.map((row) => row.entry_id))
}
