import {
  assertMove,
  type PayoutEvent,
  type PayoutStatus,
} from "../../../domain/payout-status"
import type { Sql } from "./db"
import { newId } from "./new-id"

/**
 * Columns that a move may set beside the status. Values are data; times are
 * milliseconds from the database's now, because only its clock decides.
 */
export type PayoutColumns = {
  block_reason?: string | null
  block_detail?: string | null
  review_reason?: string | null
  remote_status?: string | null
  needs_lookup?: boolean
  items_released?: boolean
  counted?: boolean
  effect_seq?: number
  not_found_count?: number
  ambiguous_count?: number
  rotations?: number
  next_attempt_in_ms?: number
  settle_in_ms?: number | null
  unknown_since?: "now" | "keep" | null
  /** When the GET began that did not find it. */
  not_found_at?: Date | null
  completed_at?: "now" | null
  truth_as_of?: "now"
}

/** An unknown period ends where the outcome is proven. */
export const PROVEN = {
  unknown_since: null,
  not_found_count: 0,
  not_found_at: null,
  ambiguous_count: 0,
  rotations: 0,
} as const satisfies PayoutColumns

type PayoutMove = {
  payout_id: string
  from: PayoutStatus
  to: PayoutStatus
  event: PayoutEvent
  /** The version the decision was taken on. */
  version: number
  /** Only the holder of this lease may make the move. */
  lease_owner?: string
  set?: PayoutColumns
  cause?: string | null
  detail?: string | null
  actor?: string
  run_id?: string | null
}

/** What others may want to hear of. The payload carries ids only. */
const ANNOUNCED: Partial<Record<PayoutStatus, string>> = {
  pending: "masspay.payout.approval_required",
  accepted: "masspay.payout.accepted",
  completed: "masspay.payout.completed",
  cancelled: "masspay.payout.cancelled",
  blocked: "masspay.payout.blocked",
  needs_review: "masspay.payout.needs_review",
  void: "masspay.payout.voided",
}

/**
 * Makes one move of one payout, or none: the state, its timeline row and the
 * event to publish are written by one statement. Returns the new version, or
 * `null` when the payout is no longer what the decision was taken on; then
 * nothing was written and the caller looks again. Throws `IllegalMoveError` for
 * a move that the table of states does not have.
 */
export async function movePayout(
  sql: Sql,
  move: PayoutMove
): Promise<number | null> {
  const { ctes, params } = moveStatement(move)
  const [moved] = await sql.rows<{ version: number }>(
    `with ${ctes} select version from moved`,
    params
  )
  return moved?.version ?? null
}

/**
 * The move as parts of a `with`: `moved` has a row (`id`, `version`) when the
 * payout moved, and what else hangs on the move joins it. `unless` is one more
 * guard, over `p`.
 */
export function moveStatement(
  move: PayoutMove,
  unless?: { text: string; params: readonly unknown[] }
): { ctes: string; params: unknown[] } {
  assertMove(move.from, move.to, move.event)
  const set = assignments(move.set ?? {})
  const lease = move.lease_owner === undefined ? "" : "and lease_owner = ?"
  const guard = unless ? `and not ${unless.text}` : ""
  const name = ANNOUNCED[move.to]
  const announced = `, announced as (
       insert into masspay_outbox_event (id, name, payload, cause_key)
       select ?, ?, jsonb_build_object('id', id, 'vendor_id', vendor_id),
              'payout:' || id || ':' || version
         from moved
       on conflict (cause_key) do nothing)`
  return {
    ctes: `moved as (
       update masspay_payout p
          set status = ?, version = version + 1, lease_owner = null,
              lease_until = null, updated_at = masspay_now()${set.text}
        where id = ? and status = ? and version = ? ${lease} ${guard}
       returning id, version, vendor_id),
     told as (
       insert into masspay_payout_event
         (id, payout_id, version, from_status, to_status, event, cause, detail,
          actor, run_id)
       select ?, id, version, ?, ?, ?, ?, ?, ?, ? from moved)${name ? announced : ""}`,
    params: [
      move.to,
      ...set.params,
      move.payout_id,
      move.from,
      move.version,
      ...(move.lease_owner === undefined ? [] : [move.lease_owner]),
      ...(unless?.params ?? []),
      newId("mspev"),
      move.from,
      move.to,
      move.event,
      move.cause ?? null,
      move.detail ?? null,
      move.actor ?? "system",
      move.run_id ?? null,
      ...(name ? [newId("msout"), name] : []),
    ],
  }
}

/** Changes columns of a payout that stays where it is, under the same guard. Returns whether it did. */
export async function notePayout(
  sql: Sql,
  note: {
    payout_id: string
    status: PayoutStatus
    version: number
    set: PayoutColumns
  }
): Promise<boolean> {
  const set = assignments(note.set)
  const rows = await sql.rows(
    `update masspay_payout
        set lease_owner = null, lease_until = null,
            updated_at = masspay_now()${set.text}
      where id = ? and status = ? and version = ?
      returning id`,
    [...set.params, note.payout_id, note.status, note.version]
  )
  return rows.length === 1
}

const PLAIN_COLUMNS = [
  "block_reason",
  "block_detail",
  "review_reason",
  "remote_status",
  "needs_lookup",
  "items_released",
  "counted",
  "effect_seq",
  "not_found_count",
  "ambiguous_count",
  "rotations",
  "not_found_at",
] as const
const TIMES_IN_MS = {
  next_attempt_in_ms: "next_attempt_at",
  settle_in_ms: "settle_until",
} as const
const STAMPS = ["unknown_since", "completed_at", "truth_as_of"] as const

function assignments(set: PayoutColumns): { text: string; params: unknown[] } {
  const parts: string[] = []
  const params: unknown[] = []
  for (const column of PLAIN_COLUMNS) {
    if (set[column] === undefined) continue
    parts.push(`${column} = ?`)
    params.push(set[column])
  }
  for (const [key, column] of Object.entries(TIMES_IN_MS)) {
    const ms = set[key as keyof typeof TIMES_IN_MS]
    if (ms === undefined) continue
    parts.push(`${column} = masspay_now() + ? * interval '1 millisecond'`)
    params.push(ms)
  }
  for (const column of STAMPS) {
    const stamp = set[column]
    if (stamp === undefined) continue
    // "keep" leaves the start of a period that is already running.
    if (stamp === "keep") {
      parts.push(`${column} = coalesce(${column}, masspay_now())`)
    } else {
      parts.push(`${column} = ${stamp === "now" ? "masspay_now()" : "null"}`)
    }
  }
  return { text: parts.map((part) => `, ${part}`).join(""), params }
}
