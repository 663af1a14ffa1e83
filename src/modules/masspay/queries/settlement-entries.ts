import type {
  BookedSettlement,
  SettlementResult,
} from "../../../domain/settle-types"
import type { Sql } from "./db"
import { newId } from "./new-id"
import type { SettlementRow } from "./settlement-rows"

/** What the ledger holds for each settlement: sums are read, never kept. */
export async function bookedOf(
  sql: Sql,
  rows: readonly SettlementRow[]
): Promise<BookedSettlement[]> {
  if (rows.length === 0) return []
  const sums = await sql.rows<{
    settlement_id: string
    booked: string
    open_available_at: Date | null
  }>(
    `select e.settlement_id, sum(e.amount)::text as booked,
            max(o.available_at) filter (where e.kind = 'earning') as open_available_at
       from masspay_ledger_entry e
       left join masspay_open_entry o on o.entry_id = e.id
      where e.settlement_id = any(?)
      group by e.settlement_id`,
    [rows.map((row) => row.id)]
  )
  const bySettlement = new Map(sums.map((sum) => [sum.settlement_id, sum]))
  return rows.map((row) => {
    const sum = bySettlement.get(row.id)
    return {
      order_id: row.order_id,
      vendor_id: row.vendor_id,
      currency_code: row.currency_code,
      revision: row.revision,
      booked: BigInt(sum?.booked ?? "0"),
      commission_basis_points: row.commission_basis_points,
      commission_fixed: BigInt(row.commission_fixed),
      tax_rule: row.tax_rule,
      lines: row.lines,
      released_at: row.released_at,
      available_at: row.available_at,
      is_earned: sum !== undefined,
      open_available_at: sum?.open_available_at ?? null,
    }
  })
}

/**
 * Books the differences; `actor` is whoever made them necessary. A source key
 * that exists already is an error here: the lock and the revision say it cannot.
 */
export async function insertEntries(
  sql: Sql,
  {
    values,
    actor,
  }: {
    values: readonly {
      id: string
      revision: number
      result: SettlementResult
    }[]
    actor: string
  }
): Promise<void> {
  const entries = values.flatMap(({ id, revision, result }) => {
    if (!result.difference) return []
    const { order_id, vendor_id, currency_code, difference } = result
    return [
      {
        id: newId("mslen"),
        settlement_id: id,
        vendor_id,
        currency_code,
        amount: difference.amount.toString(),
        kind: difference.kind,
        reason: difference.reason,
        available_at: difference.available_at,
        source_key: `settle:${order_id}:${vendor_id}:${currency_code}:${revision}`,
        actor,
      },
    ]
  })
  if (entries.length === 0) return
  await sql.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, settlement_id, source_key,
        reason, available_at, actor)
     select id, vendor_id, currency_code, amount, kind, settlement_id,
            source_key, reason, available_at, actor
       from jsonb_to_recordset(?::jsonb) v
         (id text, vendor_id text, currency_code text, amount bigint, kind text,
          settlement_id text, source_key text, reason text,
          available_at timestamptz, actor text)`,
    [JSON.stringify(entries)]
  )
}
