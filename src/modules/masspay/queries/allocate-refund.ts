import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import {
  AllocationRefusedError,
  EFFECT_OF_ALLOCATING,
} from "../../../domain/refund-allocation"
import type { AdminRefundAllocation } from "../../../types/http-refunds"
import {
  type AllocateRefundRequest,
  isAllocationProposed,
  newAllocationId,
  storeAllocation,
  storedAllocation,
} from "./allocation-requests"
import { bookAllocation, planAllocation } from "./allocation-steps"
import type { Db, Sql } from "./db"
import { familiesOf } from "./settlement-rows"
import {
  lockFamily,
  type RecordedSettlement,
  type SettlementsInput,
  whileFresh,
} from "./settlements"

export type { AllocateRefundRequest } from "./allocation-requests"

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
 * Where the approval policy asks for two people at this amount, nothing is
 * allocated until a second one confirms. The same request again returns what
 * was done; facts that are old are refused as `stale`, as for every settlement.
 * A dry run decides alike, locks nothing and writes nothing.
 *
 * Throws `AllocationRefusedError` when it cannot be so; then nothing was written.
 */
export async function allocateRefund(
  db: Db,
  {
    request,
    approval,
    dry_run,
    ...input
  }: SettlementsInput & {
    request: AllocateRefundRequest
    /** From which amounts on a second person has to agree. */
    approval: ApprovalPolicy
    dry_run: boolean
  }
): Promise<AllocateRefundResult> {
  const { facts, policy, read_at, tag } = input
  return whileFresh(db, async (sql) => {
    const rows = dry_run
      ? await familiesOf(sql, [facts])
      : await lockFamily(sql, { facts, read_at, tag })
    if (!dry_run) {
      // The same request id for two orders at once: the second waits, then finds it.
      await sql.rows(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
        `masspay:${request.request_id}`,
      ])
    }
    const known = await storedAllocation(sql, request)
    if (known) {
      return { outcome: "recorded", allocation: known, settlements: [] }
    }
    const { id: refund, allocations } = request
    const plan = await planAllocation(sql, {
      found: { facts, policy, rows },
      refund,
      asked: allocations,
    })
    if (await isAllocationProposed(sql, refund)) {
      throw new AllocationRefusedError("already_proposed")
    }
    const { unallocated, currency_code } = plan
    const needs_second = needsApproval(approval, {
      amount: unallocated,
      currency_code,
    })
    const state = dry_run ? "preview" : needs_second ? "proposed" : "done"
    const result = {
      ...plan.said,
      id: newAllocationId(),
      request_id: request.request_id,
      state,
      allocations,
      effect: dry_run
        ? previewOf(needs_second)
        : EFFECT_OF_ALLOCATING[needs_second ? "proposed" : "done"],
    } satisfies AdminRefundAllocation
    if (dry_run) {
      const allocation = { ...result, id: null }
      return { outcome: "recorded", allocation, settlements: [] }
    }
    await storeAllocation(sql, {
      request,
      grounds: needs_second ? plan.grounds : null,
      result,
    })
    const settlements = needs_second
      ? []
      : await bookAllocation(sql, { plan, request })
    return { outcome: "recorded", allocation: result, settlements }
  })
}

function previewOf(needs_second: boolean): string {
  return EFFECT_OF_ALLOCATING[needs_second ? "proposed" : "preview"]
}
