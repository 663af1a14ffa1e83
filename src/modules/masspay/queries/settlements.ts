import type { OrderFacts, VendorFacts } from "../../../domain/facts"
import { settle } from "../../../domain/settle"
import type {
  BookedSettlement,
  HeldReason,
  SettlementPolicy,
  SettlementResult,
} from "../../../domain/settle-types"
import { MasspayEvents } from "../../../types/events"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"
import { upsertPayees } from "./payee-contact"
import {
  familiesOf,
  insertSettlements,
  lockPayees,
  type SettlementRow,
  updateSettlements,
} from "./settlement-rows"

export type RecordedSettlement = {
  id: string
  order_id: string
  vendor_id: string
  currency_code: string
  /** What was booked now, in minor units; zero when nothing was. */
  difference: bigint
  held_reason: HeldReason | null
}

export type RecordSettlementsResult = {
  /** `stale`: somebody applied facts meanwhile; nothing was written, read again. */
  outcome: "recorded" | "stale"
  settlements: RecordedSettlement[]
}

/** The books' time, to be noted before facts are read. */
export async function databaseNow(sql: Sql): Promise<Date> {
  const [row] = await sql.rows<{ now: Date }>(`select masspay_now() as now`)
  if (!row) throw new Error("masspay_now() gave no row")
  return row.now
}

/** Thrown inside the transaction so that nothing of it stays. */
export class StaleFacts extends Error {}

/**
 * Books what an order's facts make due, as the difference to what is booked:
 * run twice, or by two processes at once, it changes nothing the second time.
 *
 * `read_at` is `databaseNow()` from before the facts were read. Facts that
 * were read before the last ones were applied are refused as `stale`, so older
 * facts never win. Every settlement of the family is stamped, changed or not,
 * because a flip of the facts and back must not look like nothing.
 *
 * Locks, in the order that all of the books' statements keep: payees by vendor
 * id, then settlements by (order, vendor, currency), then payouts. Payees are
 * locked only where something is booked already: only then can a negative come
 * out, which a collector must not miss.
 */
export async function recordSettlements(
  db: Db,
  input: {
    facts: OrderFacts
    read_at: Date
    policy: SettlementPolicy
    tag: string
  }
): Promise<RecordSettlementsResult> {
  try {
    return await db.tx(async (sql) => ({
      outcome: "recorded",
      settlements: await apply(sql, input),
    }))
  } catch (error) {
    if (!(error instanceof StaleFacts)) throw error
    return { outcome: "stale", settlements: [] }
  }
}

async function apply(
  sql: Sql,
  {
    facts,
    read_at,
    policy,
    tag,
  }: {
    facts: OrderFacts
    read_at: Date
    policy: SettlementPolicy
    tag: string
  }
): Promise<RecordedSettlement[]> {
  const vendors = vendorsOf(facts)
  const before = await familiesOf(sql, [facts])
  const isBooked = before.some((row) => row.revision > 0)
  if (isBooked) {
    await lockPayees(sql, [
      ...before.map((row) => row.vendor_id),
      ...vendors.map((vendor) => vendor.id),
    ])
  }
  await upsertPayees(sql, { vendors, tag })

  const rows = await familiesOf(sql, [facts], { lock: true, read_at })
  // The second test is for what was booked between the two reads without our
  // lock on the payees; its time of applying makes the facts stale anyway.
  if (rows.some((row) => row.is_newer || (row.revision > 0 && !isBooked))) {
    throw new StaleFacts()
  }
  const now = await databaseNow(sql)
  const settlements = settle({
    facts,
    booked: await bookedOf(sql, rows),
    policy,
    now,
  })
  const planned = settlements.map((result) => plan(result, rows, facts))
  await write(sql, planned)
  return planned.map(recorded)
}

export function recorded({
  row,
  result,
}: PlannedSettlement): RecordedSettlement {
  return {
    id: row.id,
    order_id: result.order_id,
    vendor_id: result.vendor_id,
    currency_code: result.currency_code,
    difference: result.difference?.amount ?? 0n,
    held_reason: result.held_reason,
  }
}

/** Every vendor that the facts name, by id; one whose record is gone is known by her id alone. */
export function vendorsOf(facts: OrderFacts): VendorFacts[] {
  const vendors = new Map(facts.vendors.map((vendor) => [vendor.id, vendor]))
  for (const { vendor_id } of facts.lines) {
    if (vendor_id === null || vendors.has(vendor_id)) continue
    vendors.set(vendor_id, {
      id: vendor_id,
      name: null,
      email: null,
      first_name: null,
      last_name: null,
      business_name: null,
      country_code: null,
    })
  }
  return [...vendors.values()]
}

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
      tax_rule: row.tax_rule,
      lines: row.lines,
      released_at: row.released_at,
      available_at: row.available_at,
      is_earned: sum !== undefined,
      open_available_at: sum?.open_available_at ?? null,
    }
  })
}

export type PlannedSettlement = {
  row: { id: string; revision: number; root_order_id: string }
  is_new: boolean
  result: SettlementResult
}

export function plan(
  result: SettlementResult,
  rows: readonly SettlementRow[],
  facts: OrderFacts
): PlannedSettlement {
  const known = rows.find(
    (row) =>
      row.order_id === result.order_id &&
      row.vendor_id === result.vendor_id &&
      row.currency_code === result.currency_code
  )
  return {
    row: known ?? {
      id: newId("msset"),
      revision: 0,
      root_order_id: facts.root_order_id,
    },
    is_new: known === undefined,
    result,
  }
}

export async function write(
  sql: Sql,
  planned: readonly PlannedSettlement[]
): Promise<void> {
  const values = planned.map(({ row, result }) => ({
    id: row.id,
    root_order_id: row.root_order_id,
    old_revision: row.revision,
    revision: row.revision + (result.difference ? 1 : 0),
    result,
  }))
  const isNew = (id: string) =>
    planned.some((one) => one.row.id === id && one.is_new)
  const inserted = values.filter((value) => isNew(value.id))
  // Fewer rows than asked for: somebody made one of them since our read.
  if (!(await insertSettlements(sql, inserted))) throw new StaleFacts()
  await updateSettlements(
    sql,
    values.filter((value) => !isNew(value.id))
  )
  await insertEntries(sql, values)
  await addOutboxEvents(
    sql,
    values
      .filter((value) => isNew(value.id) || value.result.difference)
      .map(({ id, revision, result }) => ({
        name: MasspayEvents.SETTLEMENT_RECORDED,
        payload: {
          id,
          order_id: result.order_id,
          vendor_id: result.vendor_id,
        },
        cause_key: `settlement:${id}:${revision}`,
      }))
  )
}

/** A source key that exists already is an error here: the lock and the revision say it cannot. */
async function insertEntries(
  sql: Sql,
  values: readonly { id: string; revision: number; result: SettlementResult }[]
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
      },
    ]
  })
  if (entries.length === 0) return
  await sql.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, settlement_id, source_key,
        reason, available_at)
     select id, vendor_id, currency_code, amount, kind, settlement_id,
            source_key, reason, available_at
       from jsonb_to_recordset(?::jsonb) v
         (id text, vendor_id text, currency_code text, amount bigint, kind text,
          settlement_id text, source_key text, reason text,
          available_at timestamptz)`,
    [JSON.stringify(entries)]
  )
}
