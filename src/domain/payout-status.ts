import { IllegalMoveError } from "./errors"

/** The states of a payout and every legal move between them. The database's guarded updates enforce the same. */

export const PAYOUT_STATUSES = [
  "pending",
  "ready",
  "sending",
  "accepted",
  "completed",
  "cancelled",
  "unknown",
  "blocked",
  "needs_review",
  "reversing",
  "reversed",
  "netted",
  "void",
] as const
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number]

/** Nothing is expected of MassPay any more in these, and yet its word may change. */
export const FLIPPABLE_STATUSES = [
  "completed",
  "cancelled",
  "void",
  "reversed",
] as const satisfies readonly PayoutStatus[]

export function isFlippable(status: PayoutStatus): boolean {
  return FLIPPABLE_STATUSES.some((flippable) => flippable === status)
}

export const BLOCK_REASONS = [
  "kyc",
  "funds",
  "vendor",
  "auth",
  "config",
  "limit",
] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

export const PAYOUT_METHODS = [
  "wallet",
  "direct",
  "spendback",
  "netting",
] as const
export type PayoutMethod = (typeof PAYOUT_METHODS)[number]

export const OPERATION_KINDS = [
  "load",
  "quote",
  "commit",
  "reverse",
  "cancel",
  "spendback",
] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

export const ENTRY_KINDS = [
  "earning",
  "clawback",
  "correction",
  "adjustment",
  "overpayment",
  "settled_elsewhere",
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

export const PAYEE_STATUSES = [
  "unlinked",
  "linking",
  "active",
  "locked",
  "deactivated",
] as const
export type PayeeStatus = (typeof PAYEE_STATUSES)[number]

/**
 * What can happen to a payout. `found_*`, `not_found` and `mismatch` are what a
 * look-up saw; `accepted` and `completed` are MassPay's own answers to a send.
 */
export const PAYOUT_EVENTS = [
  // Creation.
  "collected",
  "collected_for_approval",
  "netted",
  "adopted",
  // A person, a policy or the clawback ladder.
  "approved",
  "rejected",
  "remade",
  "voided",
  "blocked_at_claim",
  "approval_required",
  "unblocked",
  "resend_confirmed",
  "reversal_started",
  "cancellation_started",
  // One attempt.
  "claimed",
  // Of a direct payout: MassPay's quote was taken, and is to be committed.
  "quoted",
  "not_sent",
  "throttled",
  "refused",
  "accepted",
  "completed",
  "answered_cancelled",
  "outcome_unknown",
  "lease_expired",
  // One look-up.
  "found_accepted",
  "found_completed",
  "found_cancelled",
  "settled_cancelled",
  "mismatch",
  "not_found",
  "resend_allowed",
  "parked",
] as const
export type PayoutEvent = (typeof PAYOUT_EVENTS)[number]

type Moves = Partial<Record<PayoutEvent, PayoutStatus>>

const FOUND = {
  found_accepted: "accepted",
  found_completed: "completed",
  found_cancelled: "cancelled",
} as const satisfies Moves

/**
 * Every legal move, by where it starts and what happened; anything else does
 * not happen. The only ways back to `ready` from a send are an attempt that is
 * proven not executed, and a look-up. No status MassPay can change is final.
 */
const MOVES = {
  pending: {
    approved: "ready",
    rejected: "void",
    remade: "void",
    voided: "void",
    ...FOUND,
    mismatch: "needs_review",
  },
  ready: {
    claimed: "sending",
    blocked_at_claim: "blocked",
    // Today's policy asks for an approval that it never got.
    approval_required: "pending",
    voided: "void",
    remade: "void",
    ...FOUND,
    mismatch: "needs_review",
    parked: "needs_review",
    // A look-up agreed: it stays ready, and the timeline says why it may be sent.
    not_found: "ready",
    resend_allowed: "ready",
  },
  sending: {
    quoted: "sending",
    not_sent: "ready",
    throttled: "ready",
    refused: "blocked",
    accepted: "accepted",
    completed: "completed",
    found_cancelled: "cancelled",
    answered_cancelled: "unknown",
    outcome_unknown: "unknown",
    lease_expired: "unknown",
    mismatch: "needs_review",
    parked: "needs_review",
  },
  accepted: {
    // MassPay is asked to cancel it; until it says so, it stays accepted.
    cancellation_started: "accepted",
    found_completed: "completed",
    found_cancelled: "cancelled",
    mismatch: "needs_review",
  },
  completed: {
    found_cancelled: "cancelled",
    found_accepted: "accepted",
    reversal_started: "reversing",
  },
  cancelled: {
    found_completed: "completed",
    found_accepted: "accepted",
    settled_cancelled: "void",
  },
  unknown: {
    ...FOUND,
    // An answer that came after its lease: late evidence is still evidence.
    accepted: "accepted",
    completed: "completed",
    not_found: "ready",
    resend_allowed: "ready",
    mismatch: "needs_review",
    parked: "needs_review",
  },
  blocked: {
    unblocked: "ready",
    voided: "void",
    remade: "void",
    ...FOUND,
    mismatch: "needs_review",
    parked: "needs_review",
  },
  needs_review: {
    ...FOUND,
    resend_confirmed: "ready",
    voided: "void",
  },
  reversing: {
    found_cancelled: "reversed",
    found_completed: "completed",
    found_accepted: "accepted",
    mismatch: "needs_review",
  },
  reversed: { found_completed: "completed", found_accepted: "accepted" },
  netted: {},
  void: { found_completed: "completed", found_accepted: "accepted" },
} as const satisfies Record<PayoutStatus, Moves>

/** How a payout begins. An adopted one was found at MassPay after a restore. */
const FIRST_MOVES = {
  collected: "ready",
  collected_for_approval: "pending",
  netted: "netted",
  adopted: "void",
} as const satisfies Moves

/** Where `event` leads from `from` (`null`: a new payout), or `null` if nowhere. */
export function nextStatus(
  from: PayoutStatus | null,
  event: PayoutEvent
): PayoutStatus | null {
  const moves: Moves = from === null ? FIRST_MOVES : MOVES[from]
  return moves[event] ?? null
}

export function canMove(
  from: PayoutStatus | null,
  to: PayoutStatus,
  event: PayoutEvent
): boolean {
  return nextStatus(from, event) === to
}

/** Throws `IllegalMoveError` unless the table of moves allows this one. */
export function assertMove(
  from: PayoutStatus | null,
  to: PayoutStatus,
  event: PayoutEvent
): void {
  if (!canMove(from, to, event)) throw new IllegalMoveError(from, to, event)
}
