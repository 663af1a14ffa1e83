import { compareKeys } from "./allocate"
import type { PayoutMethod, PayoutStatus } from "./payout-status"

/** How money that a vendor has too much of may come back, gentlest first. */
export const CLAWBACK_RUNGS = [
  "void",
  "cancel-scheduled",
  "reverse",
  "spendback",
  "carry",
] as const
export type ClawbackRung = (typeof CLAWBACK_RUNGS)[number]

/** Takes nothing out of a vendor's wallet: what was not sent yet is made anew, the rest meets her next earnings. */
export const DEFAULT_LADDER: readonly ClawbackRung[] = [
  "void",
  "cancel-scheduled",
  "carry",
]

/** A payout of the vendor that has not ended, or that paid for what is taken back. */
export type ClawbackPayout = {
  id: string
  method: PayoutMethod
  status: PayoutStatus
  /** Minor units, signed. */
  amount: bigint
  remote_status: string | null
  /** Nothing was ever sent for it, or all of it is proven not executed and a look-up agrees. */
  is_unsent: boolean
  was_reversed: boolean
  was_cancelled: boolean
  /** It paid for an order that something is taken off, or is itself what was paid too much. */
  is_related: boolean
  created_at: Date
}

/** One open entry below zero. */
export type NegativeEntry = {
  id: string
  amount: bigint
  created_at: Date
  is_held: boolean
  /** MassPay refused to take it out of her wallet before. */
  was_refused: boolean
}

export type ClawbackFacts = {
  /** Sum of everything of hers that is open, due or not. */
  open: bigint
  /** Sum of what is due and not held. */
  due: bigint
  negatives: readonly NegativeEntry[]
  payouts: readonly ClawbackPayout[]
  /** Whether these books know of every refund: not so until all orders were read after a restore. */
  are_orders_swept: boolean
  /** Whether her wallet may be debited: she is active, not paused, and what she has is known. */
  may_be_debited: boolean
  /** What her wallet holds; `null` where she has none, `undefined` before MassPay was asked. */
  wallet?: bigint | null
}

export type ClawbackStep =
  /** She has nothing too much. */
  | { do: "nothing" }
  /** What was not sent is given up and made anew, with what is taken off. */
  | { do: "remake" }
  /** What became of a payout has to be known first. */
  | { do: "wait"; reason: "unproven" | "taking_back" }
  | { do: "cancel" | "reverse"; payout_id: string }
  /** Ask MassPay what her wallet holds, and decide again. */
  | { do: "read_wallet" }
  | { do: "spend_back"; entry_ids: string[]; amount: bigint }
  /** It stays open and meets her next earnings. */
  | { do: "carry" }

/**
 * The next step towards taking back what a vendor has too much of, by the rungs
 * that the shop allows, in their order. Takes at most what she owes on the
 * whole, due or not, and nothing while it is not known what she has.
 */
export function decideClawback(
  facts: ClawbackFacts,
  ladder: readonly ClawbackRung[]
): ClawbackStep {
  const { open, due, payouts } = facts
  if (open >= 0n && due >= 0n) return { do: "nothing" }
  // Only what is due joins a new payout; else it would be made the same again.
  const mayRemake = due < 0n && ladder.includes("void")
  if (mayRemake && payouts.some(isUnsent)) return { do: "remake" }
  if (open >= 0n) return { do: "carry" }
  if (payouts.some(isUnproven)) return { do: "wait", reason: "unproven" }
  if (payouts.some(isComingBack)) return { do: "wait", reason: "taking_back" }
  for (const rung of ladder) {
    const step = stepOf(rung, facts)
    if (step) return step
  }
  return { do: "carry" }
}

function stepOf(rung: ClawbackRung, facts: ClawbackFacts): ClawbackStep | null {
  switch (rung) {
    case "void":
      return null
    case "cancel-scheduled": {
      const [payout] = facts.payouts.filter(isCancellable).sort(relatedFirst)
      return payout ? { do: "cancel", payout_id: payout.id } : null
    }
    case "reverse": {
      if (!facts.are_orders_swept) return null
      const [payout] = facts.payouts
        .filter((each) => isReversible(each) && each.amount <= -facts.open)
        .sort(relatedFirst)
      return payout ? { do: "reverse", payout_id: payout.id } : null
    }
    case "spendback":
      return spendBack(facts)
    case "carry":
      return { do: "carry" }
  }
}

function spendBack(facts: ClawbackFacts): ClawbackStep | null {
  const { open, wallet, negatives } = facts
  if (!facts.are_orders_swept || !facts.may_be_debited) return null
  const owed = negatives.filter((each) => !each.is_held && !each.was_refused)
  if (takeUpTo(-open, owed).entry_ids.length === 0) return null
  if (wallet === undefined) return { do: "read_wallet" }
  // MassPay refuses what her wallet does not hold, and a refusal is for good.
  const most = wallet !== null && wallet < -open ? wallet : -open
  const { entry_ids, amount } = takeUpTo(wallet === null ? 0n : most, owed)
  if (entry_ids.length === 0) return null
  return { do: "spend_back", entry_ids, amount: -amount }
}

/** Whole entries, the largest first, as many as fit. */
function takeUpTo(
  most: bigint,
  owed: readonly NegativeEntry[]
): { entry_ids: string[]; amount: bigint } {
  const entry_ids: string[] = []
  let amount = 0n
  for (const entry of [...owed].sort(largestFirst)) {
    if (amount - entry.amount > most) continue
    amount -= entry.amount
    entry_ids.push(entry.id)
  }
  return { entry_ids, amount }
}

function isWaiting({ status }: ClawbackPayout): boolean {
  return status === "pending" || status === "ready" || status === "blocked"
}

function isUnsent(payout: ClawbackPayout): boolean {
  return isWaiting(payout) && payout.is_unsent && payout.amount > 0n
}

/** Where the money is, is not known. */
function isUnproven(payout: ClawbackPayout): boolean {
  if (isWaiting(payout)) return !payout.is_unsent
  return ["sending", "unknown", "needs_review"].includes(payout.status)
}

/** Its money is on the way back, or may be: what is open afterwards is another sum. */
function isComingBack(payout: ClawbackPayout): boolean {
  return (
    payout.status === "reversing" ||
    payout.status === "cancelled" ||
    (payout.status === "accepted" && payout.was_cancelled)
  )
}

function isCancellable(payout: ClawbackPayout): boolean {
  return (
    payout.status === "accepted" &&
    payout.remote_status === "SCHEDULED" &&
    payout.amount > 0n &&
    !payout.was_cancelled
  )
}

/** Only whole: a part of a load cannot be taken back by itself. What went to a bank only a person asks back. */
function isReversible(payout: ClawbackPayout): boolean {
  return (
    payout.status === "completed" &&
    payout.method === "wallet" &&
    payout.is_related &&
    payout.amount > 0n &&
    !payout.was_reversed
  )
}

function relatedFirst(a: ClawbackPayout, b: ClawbackPayout): number {
  return (
    Number(b.is_related) - Number(a.is_related) ||
    b.created_at.getTime() - a.created_at.getTime() ||
    compareKeys(a.id, b.id)
  )
}

function largestFirst(a: NegativeEntry, b: NegativeEntry): number {
  if (a.amount !== b.amount) return a.amount < b.amount ? -1 : 1
  return (
    a.created_at.getTime() - b.created_at.getTime() || compareKeys(a.id, b.id)
  )
}
