import {
  AllocationRefusedError,
  type AskedAllocation,
  decideAllocation,
} from "../../../domain/refund-allocation"
import type { AdminRefundAllocation } from "../../../types/http-refunds"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"
import { insertAllocations, type RefundDecision, refundItems } from "./refunds"
import {
  book,
  lockFamily,
  type RecordedSettlement,
  type SettlementsInput,
  whileFresh,
} from "./settlements"

const ACTION = "allocate_refund"

export type AllocateRefundRequest = {
  /** Of the refund's row here. */
  id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  actor: string
  /** Major units; they add up to what is unallocated. */
  allocations: AskedAllocation[]
}

export type AllocateRefundResult =
  | { outcome: "stale"; settlements: [] }
  | {
      outcome: "recorded"
      allocation: AdminRefundAllocation
      settlements: RecordedSettlement[]
    }

/** An order of the family that a refund belongs to. Throws `AllocationRefusedError`. */
export async function orderOfRefund(sql: Sql, id: string): Promise<string> {
  const [row] = await sql.rows<{ order_id: string }>(
    `select order_id from masspay_refund where id = ?`,
    [id]
  )
  if (!row) throw new AllocationRefusedError("refund_not_found")
  return row.order_id
}

/**
 * Says whose a refund is, and books what follows, in one transaction under the
 * locks of the order's settlements: decided on facts just read, written once.
 * The same request again returns what was done; facts that are old are refused
 * as `stale`, as for every settlement.
 *
 * Throws `AllocationRefusedError` when it cannot be so; then nothing was written.
 */
export async function allocateRefund(
  db: Db,
  { request, ...input }: SettlementsInput & { request: AllocateRefundRequest }
): Promise<AllocateRefundResult> {
  const { facts, policy, read_at, tag } = input
  return whileFresh(db, async (sql) => {
    const rows = await lockFamily(sql, { facts, read_at, tag })
    // The same request id for two orders at once: the second waits, then finds it.
    await sql.rows(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
      `masspay:${request.request_id}`,
    ])
    const known = await storedAllocation(sql, request)
    if (known)
      return { outcome: "recorded", allocation: known, settlements: [] }

    const decision = decisionOf(request)
    const settlements = await book(sql, { facts, policy, rows, decision })
    const allocation = await storedAllocation(sql, request)
    if (!allocation) throw new Error(`${request.request_id} was not written`)
    return { outcome: "recorded", allocation, settlements }
  })
}

function decisionOf(request: AllocateRefundRequest): RefundDecision {
  const { id, request_id, reason, actor } = request
  return {
    actor,
    decide: ({ facts, inputs, settled }) => {
      const row = inputs.refunds.find((refund) => refund.id === id)
      if (!row) throw new AllocationRefusedError("refund_not_found")
      const item = refundItems({ facts, inputs, settled }).find(
        ({ refund_id }) => refund_id === row.refund_id
      )
      const unallocated = settled.unallocated > 0n ? (item?.placed ?? 0n) : 0n
      const allocations = decideAllocation({
        unallocated,
        parts: settled.parts,
        asked: request.allocations,
        currency_code: facts.currency_code,
      })
      return {
        refund_id: row.refund_id,
        allocations,
        inputs: {
          ...inputs,
          allocations: [...inputs.allocations, ...allocations],
          refunds: inputs.refunds.map((refund) =>
            refund === row
              ? { ...row, allocated: row.allocated + unallocated }
              : refund
          ),
        },
      }
    },
    write: async (sql, { refund_id, allocations, settlementOf }) => {
      await insertAllocations(
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
      )
      await storeRequest(sql, request)
    },
  }
}

type StoredRequest = { is_same: boolean; result: AdminRefundAllocation }

async function storedAllocation(
  sql: Sql,
  request: AllocateRefundRequest
): Promise<AdminRefundAllocation | null> {
  const [known] = await sql.rows<StoredRequest>(
    `select action = ? and maker = ? and payload = ?::jsonb as is_same, result
       from masspay_action_request where request_id = ?`,
    [ACTION, request.actor, payloadOf(request), request.request_id]
  )
  if (!known) return null
  if (!known.is_same) throw new AllocationRefusedError("request_id_used")
  return known.result
}

async function storeRequest(
  sql: Sql,
  request: AllocateRefundRequest
): Promise<void> {
  const [refund] = await sql.rows<{
    refund_id: string
    order_id: string
    currency_code: string
    amount: string
  }>(
    `select r.refund_id, r.order_id, r.currency_code, sum(a.amount)::text as amount
       from masspay_refund r
       join masspay_refund_allocation a on a.refund_id = r.refund_id
      where r.id = ? and a.request_id = ?
      group by r.id`,
    [request.id, request.request_id]
  )
  if (!refund) throw new Error(`Refund ${request.id} vanished`)
  const { refund_id, order_id, currency_code, amount } = refund
  const id = newId("msact")
  const result: AdminRefundAllocation = {
    id,
    request_id: request.request_id,
    refund: request.id,
    refund_id,
    order_id,
    amount: amountText(amount, currency_code),
    currency_code,
    allocations: request.allocations,
    effect:
      "Each bears her part of the refund; her settlement was computed anew.",
  }
  await sql.rows(
    `insert into masspay_action_request
       (id, request_id, action, payload, state, maker, maker_reason, decided_at, result)
     values (?, ?, ?, ?::jsonb, 'done', ?, ?, masspay_now(), ?::jsonb)`,
    [
      id,
      request.request_id,
      ACTION,
      payloadOf(request),
      request.actor,
      request.reason,
      JSON.stringify(result),
    ]
  )
}

/** Everything that was asked for: the same id may not ask for anything else. */
function payloadOf({ id, allocations }: AllocateRefundRequest): string {
  return JSON.stringify({ refund: id, allocations })
}
