import type { OrderFacts } from "../../../domain/facts"
import {
  AllocationRefusedError,
  type AskedAllocation,
  decideAllocation,
  groundsOf,
} from "../../../domain/refund-allocation"
import type {
  RefundAllocation,
  SettlementPolicy,
} from "../../../domain/settle-types"
import type { AdminRefundAllocation } from "../../../types/http-refunds"
import { ALLOCATE_REFUND } from "./allocation-requests"
import type { Sql } from "./db"
import { amountText } from "./dto"
import { insertAllocations, refundItems } from "./refunds"
import type { SettlementRow } from "./settlement-rows"
import {
  type RecordedSettlement,
  recordSettled,
  type SettledFamily,
  settleFamily,
} from "./settlements"

/** What allocating a refund would write, decided on the facts of its family. */
export type AllocationPlan = {
  refund_id: string
  allocations: RefundAllocation[]
  /** Minor units. */
  unallocated: bigint
  /** Upper case. */
  currency_code: string
  /** What it was decided on. */
  grounds: string
  /** The family as it is settled with the allocation. */
  family: SettledFamily
  now: Date
  /** What of it an operator is told. */
  said: Pick<
    AdminRefundAllocation,
    | "action"
    | "refund"
    | "refund_id"
    | "order_id"
    | "amount"
    | "currency_code"
    | "changes"
  >
}

/** Decides; writes nothing. Throws `AllocationRefusedError` when it cannot be so. */
export async function planAllocation(
  sql: Sql,
  {
    found,
    refund,
    asked,
  }: {
    found: {
      facts: OrderFacts
      policy: SettlementPolicy
      rows: readonly SettlementRow[]
    }
    /** Of the refund's row here. */
    refund: string
    asked: readonly AskedAllocation[]
  }
): Promise<AllocationPlan> {
  const { family, again, now } = await settleFamily(sql, found)
  const { inputs, settled } = family
  const row = inputs.refunds.find(({ id }) => id === refund)
  if (!row) throw new AllocationRefusedError("refund_not_found")
  const item = refundItems(family).find(
    ({ refund_id }) => refund_id === row.refund_id
  )
  const unallocated = settled.unallocated > 0n ? (item?.placed ?? 0n) : 0n
  const currency_code = found.facts.currency_code.toUpperCase()
  const allocations = decideAllocation({
    unallocated,
    parts: settled.parts,
    asked,
    currency_code,
  })
  const after = again({
    ...inputs,
    allocations: [...inputs.allocations, ...allocations],
    refunds: inputs.refunds.map((one) =>
      one === row ? { ...row, allocated: row.allocated + unallocated } : one
    ),
  })
  const [{ order_id } = { order_id: "" }] = await sql.rows<{
    order_id: string
  }>(`select order_id from masspay_refund where id = ?`, [refund])
  return {
    refund_id: row.refund_id,
    allocations,
    unallocated,
    currency_code,
    grounds: groundsOf(unallocated, settled.parts),
    family: after,
    now,
    said: {
      action: ALLOCATE_REFUND,
      refund,
      refund_id: row.refund_id,
      order_id,
      amount: amountText(unallocated, currency_code),
      currency_code,
      changes: changesOf(after),
    },
  }
}

/** What is booked for each vendor, all of her settlements of the family together. */
function changesOf({ settled, facts }: SettledFamily) {
  const currency_code = facts.currency_code.toUpperCase()
  const changes = new Map<string, bigint>()
  for (const { vendor_id, difference } of settled.settlements) {
    const so_far = changes.get(vendor_id) ?? 0n
    changes.set(vendor_id, so_far + (difference?.amount ?? 0n))
  }
  return [...changes].map(([vendor_id, amount]) => ({
    vendor_id,
    amount: amountText(amount, currency_code),
  }))
}

/** Writes the plan: what each bears, and the difference it makes. Call it under the family's locks. */
export async function bookAllocation(
  sql: Sql,
  {
    plan: { refund_id, allocations, family, now },
    request: { request_id, actor, reason },
  }: {
    plan: AllocationPlan
    request: {
      request_id: string
      /** Whoever asked for it: never the one who approves what is paid for it. */
      actor: string
      reason: string
    }
  }
): Promise<RecordedSettlement[]> {
  return recordSettled(sql, [family], {
    now,
    actor,
    alongside: (settlementOf) =>
      insertAllocations(
        sql,
        allocations.map((one) => ({
          ...one,
          refund_id,
          settlement_id: settlementOf(one),
          rule: "operator",
          actor,
          reason,
          request_id,
        }))
      ),
  })
}
