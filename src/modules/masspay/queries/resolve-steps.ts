import { type AfterLookup, isBack } from "../../../domain/decide-next"
import {
  isFlippable,
  nextStatus,
  type PayoutEvent,
  type PayoutStatus,
} from "../../../domain/payout-status"
import { closeAttempts } from "./close-attempts"
import { closeTakeBacks, closeUnsent } from "./close-take-backs"
import type { Sql } from "./db"
import { markReturned, unmarkReturned } from "./destination-marks"
import { bookEffect } from "./effects"
import { isComplete, type Listed, type ListedQuote } from "./lookup"
import {
  movePayout,
  notePayout,
  type PayoutColumns,
  PROVEN,
} from "./payout-moves"
import { releaseItems } from "./release-items"
import { type Applying, findOurs, type LockedPayout } from "./resolve-facts"

/** How long a payout that is to be cancelled, and waits for that, is not looked at again. */
const UNSENT_LOOKUP_MS = 60_000

export type AppliedLookup =
  /** Somebody decided meanwhile, or saw something newer: look again. */
  | { did: "nothing" }
  | { did: "wait"; reason: string }
  | {
      did: "move"
      from: PayoutStatus
      to: PayoutStatus
      event: PayoutEvent
      reason: string | null
      /** The key was replaced, because the old one would only be replayed or be forgotten. */
      is_rotated: boolean
      /** MassPay took back what it had said before. */
      is_flip: boolean
    }

export async function applyTruth(
  sql: Sql,
  applying: Applying,
  { to, event, seen }: { to: PayoutStatus; event: PayoutEvent; seen: Listed }
): Promise<AppliedLookup> {
  const { policy, is_funding_short } = applying.input
  await noteRemote(sql, applying, seen)
  const effect = await bookEffect(sql, applying.payout, seen)
  await closeTakeBacks(sql, applying, seen)
  await noteDestination(sql, applying, { to, seen })
  const isReleasing = to === "reversed" && !applying.payout.items_released
  const due_ms = (seen.due_at?.getTime() ?? 0) - applying.payout.now.getTime()
  const next_attempt_in_ms = {
    cancelled: policy.settle_window_ms + 1_000,
    accepted: Math.max(due_ms, 60_000),
  }
  const applied = await move(sql, applying, {
    to,
    event,
    is_flip: isFlippable(applying.payout.status) || effect !== null,
    reason:
      to === "cancelled" && is_funding_short
        ? "funding_short"
        : (effect?.reason ?? null),
    set: {
      ...PROVEN,
      ...effect?.columns,
      remote_status: seen.status,
      ...(isReleasing && { items_released: true }),
      ...(to === "completed" && { completed_at: "now" }),
      ...(to === "cancelled" && { settle_in_ms: policy.settle_window_ms }),
      ...((to === "cancelled" || to === "accepted") && {
        next_attempt_in_ms: next_attempt_in_ms[to],
      }),
    },
  })
  // Taken back by proof: what she was paid for is open again.
  if (isReleasing) await releaseItems(sql, [applying.payout.id])
  return applied
}

/** Money that came back without our asking says something about where it was sent. */
async function noteDestination(
  sql: Sql,
  { payout }: Applying,
  { to, seen }: { to: PayoutStatus; seen: Listed }
): Promise<void> {
  if (payout.operation.kind !== "commit") return
  const payout_id = payout.id
  if (to === "completed") await unmarkReturned(sql, { payout_id })
  const isAskedFor = payout.attempts.is_asked_back || seen.status === "REVERSED"
  const hasComeBack = to === "cancelled" || to === "reversed"
  if (hasComeBack && !isAskedFor) await markReturned(sql, { payout_id })
}

/** What MassPay says is kept beside our own status. */
async function noteRemote(
  sql: Sql,
  { payout }: Applying,
  seen: Listed
): Promise<void> {
  await sql.rows(
    `update masspay_operation
        set remote_token = coalesce(remote_token, ?), remote_status = ?,
            proof = ?, updated_at = masspay_now()
      where id = ?`,
    [
      seen.remote_token,
      seen.status,
      isBack(seen.status) ? "not_executed" : "executed",
      payout.operation.id,
    ]
  )
  if (seen.quote) await noteQuoted(sql, seen.remote_token, seen.quote)
}

/** What MassPay says of the payout it made of a quote. Texts of banks are redacted. */
async function noteQuoted(
  sql: Sql,
  remote_token: string,
  { trace_code, status_reason, estimated_availability }: ListedQuote
): Promise<void> {
  await sql.rows(
    `update masspay_quote q
        set trace_code = coalesce(?, q.trace_code), status_reason = ?,
            estimated_availability = coalesce(?, q.estimated_availability),
            updated_at = masspay_now()
       from masspay_operation o
      where o.id = q.operation_id and o.kind = 'quote' and o.remote_token = ?`,
    [trace_code, status_reason, estimated_availability, remote_token]
  )
}

/** What came back of it in part is known; what that means for the books is not. */
export async function parkPart(
  sql: Sql,
  applying: Applying,
  seen: Listed
): Promise<AppliedLookup> {
  await noteRemote(sql, applying, seen)
  await closeTakeBacks(sql, applying, seen)
  return park(sql, applying, "partly_reversed", "mismatch")
}

/** The same of a payout that stays where it is: nothing but saying so is left. */
export async function tellPart(
  sql: Sql,
  applying: Applying,
  seen: Listed
): Promise<AppliedLookup> {
  const { id: payout_id, status, version } = applying.payout
  await noteRemote(sql, applying, seen)
  await closeTakeBacks(sql, applying, seen)
  const reason = "partly_reversed"
  const did = await notePayout(sql, {
    payout_id,
    status,
    version,
    set: {
      truth_as_of: "now",
      ...(status === "needs_review" && { review_reason: reason }),
    },
  })
  return did ? { did: "wait", reason } : { did: "nothing" }
}

export async function park(
  sql: Sql,
  applying: Applying,
  reason: string,
  event: "mismatch" | "parked"
): Promise<AppliedLookup> {
  // What is completed or cancelled by truth has no such move: it is only told.
  if (nextStatus(applying.payout.status, event) === null) {
    return waitLonger(sql, applying, { reason, delay_ms: 60 * 60_000 })
  }
  return move(sql, applying, {
    to: "needs_review",
    event,
    reason,
    set: { review_reason: reason },
  })
}

/**
 * The look-up agrees that this may be sent. Rotating replaces the key and
 * closes every attempt as not executed; client id and bytes stay what they are.
 */
export async function allowSending(
  sql: Sql,
  applying: Applying,
  decision: Extract<AfterLookup, { do: "send_first" | "resend" }>
): Promise<AppliedLookup> {
  const { payout } = applying
  const is_rotated = decision.do === "resend" && decision.rotate
  if (is_rotated) await rotateKey(sql, payout)
  // Only quoted so far: whatever became of the quotes, they moved nothing.
  const isOnlyQuoted =
    decision.do === "send_first" && payout.operation.kind === "commit"
  if (isOnlyQuoted) await closeAttempts(sql, payout)
  const set: PayoutColumns = {
    needs_lookup: false,
    // What waited for its wallet is as due as it was: the oldest goes first.
    next_attempt_in_ms:
      payout.block_reason === "funds"
        ? payout.created_at.getTime() - payout.now.getTime()
        : 0,
    block_reason: null,
    block_detail: null,
    not_found_count: 0,
    not_found_at: null,
    // Nothing is unproven any more; how often it came to this still counts.
    ...(is_rotated && { unknown_since: null }),
    ...(is_rotated &&
      payout.status === "unknown" && { rotations: payout.rotations + 1 }),
    ...(isOnlyQuoted && PROVEN),
  }
  const isQuiet =
    payout.status === "ready" && !payout.needs_lookup && !is_rotated
  if (isQuiet) {
    // A routine look before a first send is not a step of the timeline.
    const did = await notePayout(sql, {
      payout_id: payout.id,
      status: payout.status,
      version: payout.version,
      set: { ...set, truth_as_of: "now" },
    })
    return did ? { did: "wait", reason: "may_be_sent" } : { did: "nothing" }
  }
  return move(sql, applying, {
    to: "ready",
    event: eventOfSending(payout.status, decision),
    reason: is_rotated ? "key_rotated" : null,
    is_rotated,
    set,
  })
}

/**
 * The look-up agrees that nothing was executed, and nobody said that what blocks
 * the payout is gone: it stays blocked, and what is known of it is as of now.
 */
export async function noteAgreement(
  sql: Sql,
  { payout }: Applying
): Promise<AppliedLookup> {
  const did = await notePayout(sql, {
    payout_id: payout.id,
    status: payout.status,
    version: payout.version,
    set: { truth_as_of: "now" },
  })
  return did ? { did: "wait", reason: "still_blocked" } : { did: "nothing" }
}

function eventOfSending(
  status: PayoutStatus,
  decision: Extract<AfterLookup, { do: "send_first" | "resend" }>
): PayoutEvent {
  if (status === "blocked") return "unblocked"
  return decision.do === "resend" && !decision.rotate
    ? "resend_allowed"
    : "not_found"
}

async function rotateKey(sql: Sql, payout: LockedPayout): Promise<void> {
  const { operation } = payout
  await closeAttempts(sql, payout)
  const rotated = await sql.rows(
    `update masspay_operation
        set key_seq = key_seq + 1, key_first_used_at = null, key_burnt = false,
            updated_at = masspay_now()
      where id = ? and key_seq = ?
      returning id`,
    [operation.id, operation.key_seq]
  )
  if (rotated.length !== 1) {
    throw new Error(`The key of ${operation.id} was rotated although locked`)
  }
}

export async function waitLonger(
  sql: Sql,
  { input, payout }: Applying,
  wait: { reason: string; delay_ms: number; count_not_found?: boolean }
): Promise<AppliedLookup> {
  const { lookup } = input
  const ours = findOurs(payout, lookup)
  const isAgreed = ["nothing_new", "settle_window"].includes(wait.reason)
  if (isAgreed && ours && ours !== "several") {
    await noteRemote(sql, { input, payout }, ours)
  }
  const isTruth =
    ours !== null ||
    (isComplete(lookup, payout.operation.kind) &&
      wait.reason !== "not_visible_yet")
  // It exists, so nothing may be sent; what it is has to be told in time.
  const isUntold =
    wait.reason === "unrecognised_status" &&
    nextStatus(payout.status, "parked") !== null
  const { is_take_back_unsent } = payout.attempts
  // It is to be sent when it was: no look-up makes that any later, but for the
  // moment in which the next one would be due as well.
  const next: PayoutColumns =
    is_take_back_unsent && payout.status === "reversing"
      ? {}
      : {
          next_attempt_in_ms: is_take_back_unsent
            ? Math.min(wait.delay_ms, UNSENT_LOOKUP_MS)
            : wait.delay_ms,
        }
  const did = await notePayout(sql, {
    payout_id: payout.id,
    status: payout.status,
    version: payout.version,
    set: {
      ...next,
      // A list that is incomplete, or was read too early, and does not show it
      // has shown nothing.
      ...(isTruth && { truth_as_of: "now" }),
      ...(isUntold && { unknown_since: "keep", needs_lookup: true }),
      ...(wait.count_not_found && {
        not_found_count: payout.not_found_count + 1,
        not_found_at: lookup.began_at,
      }),
    },
  })
  return did ? { did: "wait", reason: wait.reason } : { did: "nothing" }
}

export async function move(
  sql: Sql,
  { input, payout }: Applying,
  step: {
    to: PayoutStatus
    event: PayoutEvent
    reason?: string | null
    is_rotated?: boolean
    is_flip?: boolean
    set: PayoutColumns
  }
): Promise<AppliedLookup> {
  const { to, event, reason = null } = step
  if (payout.attempts.is_take_back_unsent && to !== payout.status) {
    await closeUnsent(sql, payout)
  }
  const { is_rotated = false, is_flip = false } = step
  const version = await movePayout(sql, {
    payout_id: payout.id,
    from: payout.status,
    to,
    event,
    version: payout.version,
    set: {
      truth_as_of: "now",
      needs_lookup: false,
      ...(payout.status === "blocked" && {
        block_reason: null,
        block_detail: null,
      }),
      ...step.set,
    },
    ...(event === "unblocked" && input.asked
      ? { cause: input.asked.request, actor: input.asked.by }
      : { cause: "lookup" }),
    detail: reason,
    run_id: input.run_id ?? null,
  })
  if (version === null) {
    throw new Error(`Payout ${payout.id} moved although locked`)
  }
  return {
    did: "move",
    from: payout.status,
    to,
    event,
    reason,
    is_rotated,
    is_flip,
  }
}
