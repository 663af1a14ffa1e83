import { isKnownCurrency } from "../../../domain/currency"
import type { OrderFacts } from "../../../domain/facts"
import { suggestSplit } from "../../../domain/refund-allocation"
import {
  placeOnRefunds,
  type RefundItem,
  shopRefunds,
} from "../../../domain/refund-items"
import type {
  OrderSettlement,
  RefundAllocation,
} from "../../../domain/settle-types"
import type { Sql } from "./db"
import { newId } from "./new-id"
import type { SettlementInputs } from "./settlement-inputs"

type Settled = {
  facts: OrderFacts
  inputs: SettlementInputs
  settled: OrderSettlement
}

/** Finds the settlement of an allocation; `null` of the platform. */
export type SettlementOf = (allocation: RefundAllocation) => string | null

/**
 * Writes down the refunds of a family as they were found, what a rule allocated
 * of them, and what is nobody's yet, with a suggestion. The caller holds the
 * locks of the family's settlements, and has written them.
 */
export async function recordRefunds(
  sql: Sql,
  { settlementOf, ...found }: Settled & { settlementOf: SettlementOf }
): Promise<void> {
  const { facts, settled } = found
  const items = refundItems(found)
  const byRule = sumOf(settled.allocations)
  await upsertRefunds(sql, {
    facts,
    items: items.map((item) => ({
      ...item,
      unallocated: byRule > 0n ? 0n : item.placed,
    })),
    parts: settled.parts,
  })
  if (byRule === 0n) return
  await insertAllocations(
    sql,
    spread(settled.allocations, items).map((one) => ({
      ...one,
      settlement_id: settlementOf(one),
      rule: "sole_vendor",
      actor: "system",
      reason: null,
      request_id: null,
    }))
  )
}

/** The refunds of a family, each with what a rule allocated of it just now or nobody has to bear yet. */
export function refundItems({ facts, inputs, settled }: Settled): RefundItem[] {
  return placeOnRefunds({
    refunds: isKnownCurrency(facts.currency_code) ? shopRefunds(facts) : [],
    known: inputs.refunds,
    // One of the two is nothing: where a rule allocates, nothing is left over.
    amount: settled.unallocated + sumOf(settled.allocations),
  })
}

function sumOf(allocations: readonly RefundAllocation[]): bigint {
  return allocations.reduce((sum, { amount }) => sum + amount, 0n)
}

/** Every allocation says of which refund it is a part, in the order of both. */
function spread(
  allocations: readonly RefundAllocation[],
  items: readonly RefundItem[]
): (RefundAllocation & { refund_id: string })[] {
  const left = items.map(({ refund_id, placed }) => ({ refund_id, placed }))
  return allocations.flatMap((allocation) => {
    let missing = allocation.amount
    return left.flatMap((item) => {
      const amount = missing < item.placed ? missing : item.placed
      if (amount === 0n) return []
      missing -= amount
      item.placed -= amount
      return [{ ...allocation, amount, refund_id: item.refund_id }]
    })
  })
}

async function upsertRefunds(
  sql: Sql,
  {
    facts,
    items,
    parts,
  }: {
    facts: OrderFacts
    items: readonly (RefundItem & { unallocated: bigint })[]
    parts: OrderSettlement["parts"]
  }
): Promise<void> {
  if (items.length === 0) return
  const { root_order_id, currency_code, orders } = facts
  const [first] = orders
  const isOrder = orders.some((order) => order.order_id === root_order_id)
  const rows = items.map(({ unallocated, ...item }) => ({
    id: newId("msref"),
    refund_id: item.refund_id,
    shop_refund_id: item.shop_refund_id,
    // The adapter may know the family by its orders only.
    order_id: isOrder ? root_order_id : (first?.order_id ?? root_order_id),
    root_order_id,
    currency_code: currency_code.toUpperCase(),
    amount: item.amount.toString(),
    unallocated: unallocated.toString(),
    suggestion: unallocated > 0n ? suggestionOf(unallocated, parts) : [],
    refunded_at: item.refunded_at,
  }))
  await sql.rows(
    `insert into masspay_refund as r
       (id, refund_id, shop_refund_id, order_id, root_order_id, currency_code,
        amount, unallocated, suggestion, refunded_at)
     select v.id, v.refund_id, v.shop_refund_id, v.order_id, v.root_order_id,
            v.currency_code, v.amount, v.unallocated, v.suggestion, v.refunded_at
       from jsonb_to_recordset(?::jsonb) v
         (id text, refund_id text, shop_refund_id text, order_id text,
          root_order_id text, currency_code text, amount bigint,
          unallocated bigint, suggestion jsonb, refunded_at timestamptz)
      order by v.refund_id
     on conflict (refund_id) do update
        set amount = greatest(r.amount, excluded.amount),
            unallocated = excluded.unallocated,
            suggestion = excluded.suggestion,
            updated_at = masspay_now()
      where (r.amount, r.unallocated, r.suggestion) is distinct from
            (greatest(r.amount, excluded.amount), excluded.unallocated, excluded.suggestion)`,
    [JSON.stringify(rows)]
  )
}

/** Minor units as texts; `most` of the platform is everything. */
export type StoredSuggestion = {
  vendor_id: string | null
  amount: string
  most: string | null
}

function suggestionOf(
  unallocated: bigint,
  parts: OrderSettlement["parts"]
): StoredSuggestion[] {
  return suggestSplit(unallocated, parts).map(
    ({ vendor_id, amount, most }) => ({
      vendor_id,
      amount: amount.toString(),
      most: most === null ? null : most.toString(),
    })
  )
}

/** Written once: a second allocation of one refund to one settlement is an error. */
export async function insertAllocations(
  sql: Sql,
  allocations: readonly {
    refund_id: string
    settlement_id: string | null
    amount: bigint
    basis: bigint
    rule: "sole_vendor" | "operator"
    actor: string
    reason: string | null
    request_id: string | null
  }[]
): Promise<void> {
  if (allocations.length === 0) return
  await sql.rows(
    `insert into masspay_refund_allocation
       (id, refund_id, settlement_id, amount, basis, rule, actor, reason, request_id)
     select id, refund_id, settlement_id, amount, basis, rule, actor, reason, request_id
       from jsonb_to_recordset(?::jsonb) v
         (id text, refund_id text, settlement_id text, amount bigint, basis bigint,
          rule text, actor text, reason text, request_id text)`,
    [
      JSON.stringify(
        allocations.map((one) => ({
          id: newId("msral"),
          refund_id: one.refund_id,
          settlement_id: one.settlement_id,
          amount: one.amount.toString(),
          basis: one.basis.toString(),
          rule: one.rule,
          actor: one.actor,
          reason: one.reason,
          request_id: one.request_id,
        }))
      ),
    ]
  )
}
