import { parseDecimal } from "../../../domain/decimal"
import type { OrderFacts } from "../../../domain/facts"
import { factsHash } from "../../../domain/facts-hash"
import { settleOrder } from "../../../domain/settle"
import type {
  SettleInput,
  SettlementPolicy,
} from "../../../domain/settle-types"
import type { Db, Sql } from "./db"
import { upsertPayees } from "./payee-contact"
import { bookedOf } from "./settlement-entries"
import { type SettlementInputs, settlementInputs } from "./settlement-inputs"
import {
  familiesOf,
  lockedFamiliesOf,
  lockOrders,
  lockPayees,
  type SettlementRow,
} from "./settlement-rows"
import {
  type RecordedSettlement,
  recordSettled,
  type SettledFamily,
  StaleFacts,
  vendorsOf,
} from "./settlements"

/**
 * `recordSettlements` for several paid orders in one transaction: the same
 * locks in the same order, the same rows, a dozen statements for all of them.
 *
 * Returns what was recorded by root order. An order is missing when its facts
 * are stale, when money went back, when the rules refuse them, or when it shares
 * orders with another one here: nothing was written for it, and settling it alone says why. When
 * somebody booked one of them at the same moment, all are missing.
 *
 * `read_at` is `databaseNow()` from before the first of the facts was read.
 */
export async function recordTogether(
  db: Db,
  input: {
    facts: readonly OrderFacts[]
    read_at: Date
    policy: SettlementPolicy
    tag: string
  }
): Promise<Map<string, RecordedSettlement[]>> {
  const facts = unrelated(input.facts)
  if (facts.length === 0) return new Map()
  try {
    return await db.tx((sql) => applyAll(sql, { ...input, facts }))
  } catch (error) {
    if (!(error instanceof StaleFacts)) throw error
    return new Map()
  }
}

async function applyAll(
  sql: Sql,
  {
    facts,
    read_at,
    policy,
    tag,
  }: {
    facts: readonly OrderFacts[]
    read_at: Date
    policy: SettlementPolicy
    tag: string
  }
): Promise<Map<string, RecordedSettlement[]>> {
  await lockOrders(sql, facts)
  const known = await familiesOf(sql, facts)
  const before = byFamily(facts, known)
  const isBooked = new Set(
    facts.filter((one) => before.of(one).some((row) => row.revision > 0))
  )
  if (isBooked.size > 0) {
    await lockPayees(
      sql,
      [...isBooked].flatMap((one) => [
        ...before.of(one).map((row) => row.vendor_id),
        ...vendorsOf(one).map((vendor) => vendor.id),
      ])
    )
  }
  const vendors = new Map(
    facts.flatMap(vendorsOf).map((vendor) => [vendor.id, vendor])
  )
  await upsertPayees(sql, { vendors: [...vendors.values()], tag })

  const rows = byFamily(
    facts,
    await lockedFamiliesOf(sql, { families: facts, known, read_at })
  )
  // As for one order: whoever applied newer facts, or booked without our lock
  // on the payees, leaves nothing to do here.
  const fresh = facts.filter(
    (one) =>
      !rows.isShared(one) &&
      rows
        .of(one)
        .every(
          (row) => !row.is_newer && (row.revision === 0 || isBooked.has(one))
        )
  )
  const { inputsOf, now } = await settlementInputs(sql, fresh)
  const plain = fresh.filter((one) => !hasRefunds(one, inputsOf(one)))
  const booked = await bookedOf(sql, plain.flatMap(rows.of))
  const families = plain.flatMap((one): SettledFamily[] => {
    const inputs = inputsOf(one)
    const found = settledOrNull({
      facts: one,
      // In the order of their rows, which were given family by family.
      booked: booked.splice(0, rows.of(one).length),
      policy,
      now,
      allocations: [],
      platform_lines: inputs.platform_lines,
    })
    return found ? [{ facts: one, rows: rows.of(one), inputs, ...found }] : []
  })
  const recorded = await recordSettled(sql, families, { now })
  return new Map(
    families.map(({ facts: one }) => {
      const ids = idsOf(one)
      return [
        one.root_order_id,
        recorded.filter(({ order_id }) => ids.has(order_id)),
      ]
    })
  )
}

/** Whose each row is: by its root order, or by its own order where that was settled before it was known to belong. */
function byFamily(
  facts: readonly OrderFacts[],
  rows: readonly SettlementRow[]
): {
  of: (one: OrderFacts) => readonly SettlementRow[]
  /** One of its rows is another family's too. */
  isShared: (one: OrderFacts) => boolean
} {
  const families = new Map(
    facts.flatMap((one) => [...idsOf(one)].map((id) => [id, one] as const))
  )
  const found = new Map<OrderFacts, SettlementRow[]>()
  const shared = new Set<OrderFacts>()
  for (const row of rows) {
    const owners = new Set(
      [row.root_order_id, row.order_id].flatMap((id) => families.get(id) ?? [])
    )
    for (const owner of owners) {
      found.set(owner, [...(found.get(owner) ?? []), row])
      if (owners.size > 1) shared.add(owner)
    }
  }
  return {
    of: (one) => found.get(one) ?? [],
    isShared: (one) => shared.has(one),
  }
}

/** Refunds are told of one by one, which is done where an order is settled alone. */
function hasRefunds(one: OrderFacts, inputs: SettlementInputs): boolean {
  return (
    parseDecimal(one.payment.refunded_total).units !== 0n ||
    (one.payment.refunds ?? []).length > 0 ||
    inputs.refunds.length > 0
  )
}

/**
 * `null` for an order that the rules refuse, which does not keep the others and
 * is told of where it is settled alone; and for money back that somebody has to
 * bear, whatever it came by.
 */
function settledOrNull(
  input: SettleInput
): Pick<SettledFamily, "settled" | "facts_hash"> | null {
  try {
    const settled = settleOrder(input)
    const { allocations, unallocated } = settled
    if (allocations.length > 0 || unallocated !== 0n) return null
    return { settled, facts_hash: factsHash(input.facts, input.policy) }
  } catch {
    return null
  }
}

/** Without orders of one family that were read as two: each would be settled as if it were all of it. */
function unrelated(facts: readonly OrderFacts[]): OrderFacts[] {
  const times = new Map<string, number>()
  const families = new Map(facts.map((one) => [one.root_order_id, one]))
  for (const one of families.values()) {
    for (const id of idsOf(one)) times.set(id, (times.get(id) ?? 0) + 1)
  }
  return [...families.values()].filter((one) =>
    [...idsOf(one)].every((id) => times.get(id) === 1)
  )
}

function idsOf({ root_order_id, orders }: OrderFacts): Set<string> {
  return new Set([root_order_id, ...orders.map(({ order_id }) => order_id)])
}
