import type { OrderFacts, VendorFacts } from "../../../domain/facts"
import { factsHash } from "../../../domain/facts-hash"
import { settleOrder } from "../../../domain/settle"
import type {
  HeldReason,
  OrderSettlement,
  SettlementPolicy,
  SettlementResult,
} from "../../../domain/settle-types"
import { MasspayEvents } from "../../../types/events"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"
import { upsertPayees } from "./payee-contact"
import { recordRefunds, type SettlementOf } from "./refunds"
import { bookedOf, insertEntries } from "./settlement-entries"
import {
  addPlatformLines,
  type SettlementInputs,
  settlementInputs,
} from "./settlement-inputs"
import {
  familiesOf,
  insertSettlements,
  lockedFamiliesOf,
  lockOrders,
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
  /** Whether what was booked now may be collected now, as far as it is hers. */
  is_due: boolean
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
 * Locks, in the order that all of the books' statements keep: the orders of the
 * family, payees by vendor id, then settlements by (order, vendor, currency), then payouts. Payees are
 * locked only where something is booked already: only then can a negative come
 * out, which a collector must not miss.
 */
export async function recordSettlements(
  db: Db,
  input: SettlementsInput
): Promise<RecordSettlementsResult> {
  const { facts, read_at } = input
  return whileFresh(db, async (sql) => ({
    outcome: "recorded",
    settlements: await book(sql, {
      ...input,
      rows: await lockFamily(sql, { facts, read_at, tag: input.tag }),
    }),
  }))
}

export type SettlementsInput = {
  facts: OrderFacts
  read_at: Date
  policy: SettlementPolicy
  tag: string
}

/** Does `work` in one transaction, or says that its facts are old and leaves nothing of it. */
export async function whileFresh<Result>(
  db: Db,
  work: (sql: Sql) => Promise<Result>
): Promise<Result | { outcome: "stale"; settlements: [] }> {
  try {
    return await db.tx(work)
  } catch (error) {
    if (!(error instanceof StaleFacts)) throw error
    return { outcome: "stale", settlements: [] }
  }
}

/** The settlements of an order's family, locked. Throws when newer facts were applied. */
export async function lockFamily(
  sql: Sql,
  { facts, read_at, tag }: Omit<SettlementsInput, "policy">
): Promise<SettlementRow[]> {
  const vendors = vendorsOf(facts)
  await lockOrders(sql, [facts])
  const before = await familiesOf(sql, [facts])
  const isBooked = before.some((row) => row.revision > 0)
  if (isBooked) {
    await lockPayees(sql, [
      ...before.map((row) => row.vendor_id),
      ...vendors.map((vendor) => vendor.id),
    ])
  }
  await upsertPayees(sql, { vendors, tag })

  const rows = await lockedFamiliesOf(sql, {
    families: [facts],
    known: before,
    read_at,
  })
  // The second test is for what was booked between the two reads without our
  // lock on the payees; its time of applying makes the facts stale anyway.
  if (rows.some((row) => row.is_newer || (row.revision > 0 && !isBooked))) {
    throw new StaleFacts()
  }
  return rows
}

/** Books what the facts make due for a family that the caller has locked. */
async function book(
  sql: Sql,
  found: FoundFamily
): Promise<RecordedSettlement[]> {
  const { family, now } = await settleFamily(sql, found)
  return recordSettled(sql, [family], { now })
}

type FoundFamily = Pick<SettlementsInput, "facts" | "policy"> & {
  rows: readonly SettlementRow[]
}

/**
 * What the facts make due for a family, as `recordSettled` books it; writes
 * nothing. `again` says what other inputs would make of the same facts.
 */
export async function settleFamily(
  sql: Sql,
  { facts, policy, rows }: FoundFamily
): Promise<{
  family: SettledFamily
  again: (inputs: SettlementInputs) => SettledFamily
  now: Date
}> {
  const { inputsOf, now } = await settlementInputs(sql, [facts])
  const booked = await bookedOf(sql, rows)
  const facts_hash = factsHash(facts, policy)
  const again = (inputs: SettlementInputs): SettledFamily => {
    const { allocations, platform_lines } = inputs
    const settled = settleOrder({
      facts,
      policy,
      booked,
      platform_lines,
      now,
      allocations,
    })
    return { facts, facts_hash, rows, inputs, settled }
  }
  return { family: again(inputsOf(facts)), again, now }
}

/** One order's family as it was settled, with everything that was an input of it. */
export type SettledFamily = {
  facts: OrderFacts
  /** Of the facts and the policy, see `factsHash`. */
  facts_hash: string
  /** Its settlements as they are locked. */
  rows: readonly SettlementRow[]
  inputs: SettlementInputs
  settled: OrderSettlement
}

/**
 * Writes everything that settling gave: settlements, entries, refunds with what
 * a rule allocated of them, and lines that are the platform's from now on.
 * `actor` is whoever made the entries necessary; `alongside` writes what has to
 * stand between the settlements and their refunds.
 */
export async function recordSettled(
  sql: Sql,
  families: readonly SettledFamily[],
  {
    now,
    actor = "system",
    alongside,
  }: {
    /** The time that the families were settled at. */
    now: Date
    actor?: string
    alongside?: (settlementOf: SettlementOf) => Promise<void>
  }
): Promise<RecordedSettlement[]> {
  const planned = families.flatMap((family) =>
    family.settled.settlements.map((result) => plan(result, family))
  )
  await write(sql, planned, actor)
  const settlementOf: SettlementOf = ({ order_id, vendor_id }) =>
    planned.find(
      ({ result }) =>
        result.order_id === order_id && result.vendor_id === vendor_id
    )?.row.id ?? null
  await alongside?.(settlementOf)
  for (const { facts, inputs, settled } of families) {
    // An order in which no vendor has anything is the platform's own affair.
    if (settled.settlements.length === 0) continue
    await recordRefunds(sql, { facts, inputs, settled, settlementOf })
  }
  await addPlatformLines(
    sql,
    families.flatMap(({ facts: { root_order_id }, settled }) =>
      settled.platform_lines.map((line) => ({ ...line, root_order_id }))
    )
  )
  return planned.map(({ row, result }) => ({
    id: row.id,
    order_id: result.order_id,
    vendor_id: result.vendor_id,
    currency_code: result.currency_code,
    difference: result.difference?.amount ?? 0n,
    is_due: result.difference !== null && result.difference.available_at <= now,
    held_reason: result.held_reason,
  }))
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

export type PlannedSettlement = {
  row: { id: string; revision: number; root_order_id: string }
  is_new: boolean
  facts_hash: string
  result: SettlementResult
}

function plan(
  result: SettlementResult,
  { facts, facts_hash, rows }: SettledFamily
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
    facts_hash,
    result,
  }
}

async function write(
  sql: Sql,
  planned: readonly PlannedSettlement[],
  actor: string
): Promise<void> {
  const values = planned.map(({ row, facts_hash, result }) => ({
    id: row.id,
    root_order_id: row.root_order_id,
    old_revision: row.revision,
    revision: row.revision + (result.difference ? 1 : 0),
    facts_hash,
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
  await insertEntries(sql, { values, actor })
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
