import {
  AllocationRefusedError,
  type AskedAllocation,
} from "../../../domain/refund-allocation"
import type { AdminRefundAllocation } from "../../../types/http-refunds"
import { stateOf } from "./action-requests"
import type { Sql } from "./db"
import { newId } from "./new-id"

export const ALLOCATE_REFUND = "allocate_refund"

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

/** What is asked for. Nothing else of the request may differ when it is asked again. */
type Asked = { refund: string; allocations: AskedAllocation[] }

/** Of an allocation as it was stored; `grounds` of one that waited for a second person. */
export type AllocationPayload = Asked & { grounds?: string }

type Stored = { is_same: boolean; state: string; result: AdminRefundAllocation }

/** What was asked for under this id before, with what came of it by now. Throws when it was something else. */
export async function storedAllocation(
  sql: Sql,
  request: AllocateRefundRequest
): Promise<AdminRefundAllocation | null> {
  const [known] = await sql.rows<Stored>(
    `select action = ? and maker = ? and payload - 'grounds' = ?::jsonb as is_same,
            state, result
       from masspay_action_request where request_id = ?`,
    [
      ALLOCATE_REFUND,
      request.actor,
      JSON.stringify(askedOf(request)),
      request.request_id,
    ]
  )
  if (!known) return null
  if (!known.is_same) throw new AllocationRefusedError("request_id_used")
  return { ...known.result, state: stateOf(known.state) }
}

/** Whether a second person has been asked about this refund and has not answered. */
export async function isAllocationProposed(
  sql: Sql,
  refund: string
): Promise<boolean> {
  const rows = await sql.rows(
    `select id from masspay_action_request
      where action = '${ALLOCATE_REFUND}' and state = 'proposed'
        and payload->>'refund' = ?`,
    [refund]
  )
  return rows.length > 0
}

/** Call it under the locks of the refund's family. */
export async function storeAllocation(
  sql: Sql,
  {
    request,
    grounds,
    result,
  }: {
    request: AllocateRefundRequest
    /** Of a proposal: what the second person agrees to. */
    grounds: string | null
    result: AdminRefundAllocation & { id: string }
  }
): Promise<void> {
  const payload: AllocationPayload = {
    ...askedOf(request),
    ...(grounds !== null && { grounds }),
  }
  await sql.rows(
    `insert into masspay_action_request
       (id, request_id, action, payload, state, maker, maker_reason, decided_at, result)
     values (?, ?, ?, ?::jsonb, ?, ?, ?,
             case when ? = 'done' then masspay_now() end, ?::jsonb)`,
    [
      result.id,
      request.request_id,
      ALLOCATE_REFUND,
      JSON.stringify(payload),
      result.state,
      request.actor,
      request.reason,
      result.state,
      JSON.stringify(result),
    ]
  )
}

export function newAllocationId(): string {
  return newId("msact")
}

function askedOf({ id, allocations }: AllocateRefundRequest): Asked {
  return { refund: id, allocations }
}
