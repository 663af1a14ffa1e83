import { compareKeys } from "./allocate"
import { formatMajor } from "./money"
import type { PayeeStatus } from "./payout-status"

/** Why money that a vendor is owed is not in a payout now. Stable codes. */
export const NOT_PAID_REASONS = [
  "not_due",
  "below_minimum",
  "negative",
  "paused",
  "not_linked",
  "kyc",
  "deactivated",
  "no_funding_wallet",
  "hold",
  "repeated_cancel",
  "being_read",
  "will_be_paid",
] as const
export type NotPaidReason = (typeof NOT_PAID_REASONS)[number]

/** One entry that no live payout has taken. */
export type OpenEntry = {
  id: string
  source_key: string
  /** Minor units, signed. */
  amount: bigint
  available_at: Date
  /** Its settlement carries a hold: it takes part in nothing. */
  is_held: boolean
}

export type CollectPayee = {
  status: PayeeStatus
  is_paused: boolean
  /** What MassPay has of hers is not known in full yet. */
  is_being_read: boolean
}

export type PlanCollectInput = {
  currency_code: string
  /** Every open entry of one vendor in this currency. */
  entries: readonly OpenEntry[]
  payee: CollectPayee
  /** Whether a funding wallet in this currency is known. */
  has_funding_wallet: boolean
  /** Smallest payout, minor units. */
  minimum: bigint
  /** Payouts of this payee in a row that MassPay cancelled, up to now. */
  repeated_cancels: number
  now: Date
}

export type PlannedPayout = {
  entry_ids: string[]
  amount: bigint
  method: "wallet" | "netting"
}

export type CollectPlan = {
  pay: PlannedPayout | null
  /** `will_be_paid` exactly when `pay` is set. */
  reason: NotPaidReason
  /** Plain words for a person. */
  detail: string | null
  /** Sum of all entries. */
  open: bigint
  /** Sum of those that would be paid now: due and not held. */
  due: bigint
  /** When the next entry that is not held becomes due. */
  next_due_at: Date | null
}

/** Which payouts wait for an operator's approval. */
export type ApprovalPolicy =
  | { kind: "none" }
  | { kind: "all" }
  /** Above these amounts, minor units by upper-case currency code; a currency without one needs none. */
  | { kind: "above"; amounts: Readonly<Record<string, bigint>> }

export function needsApproval(
  policy: ApprovalPolicy,
  { amount, currency_code }: { amount: bigint; currency_code: string }
): boolean {
  switch (policy.kind) {
    case "none":
      return false
    case "all":
      return true
    case "above": {
      const limit = policy.amounts[currency_code]
      return limit !== undefined && amount > limit
    }
  }
}

/** A first cancel is paid again by itself; the second in a row waits for a person. */
export const REPEATED_CANCELS_MAX = 2

/**
 * Decides the payout of one vendor in one currency. Due entries of either sign
 * go together: a positive sum is paid into her wallet, a sum of zero is closed
 * without touching the wire (so it needs no linked payee), a negative one stays
 * open and meets her next earnings.
 */
export function planCollect(input: PlanCollectInput): CollectPlan {
  const collectable = input.entries
    .filter((entry) => !entry.is_held && entry.available_at <= input.now)
    .sort(byAge)
  const due = sumOf(collectable)
  const base = { open: sumOf(input.entries), due, next_due_at: nextDue(input) }

  if (collectable.length === 0) {
    return { ...base, pay: null, ...whyNothingIsDue(input) }
  }
  const obstacle = due === 0n ? null : whyNotPaid(input, due)
  if (obstacle) return { ...base, pay: null, ...obstacle }
  return {
    ...base,
    pay: {
      entry_ids: collectable.map((entry) => entry.id),
      amount: due,
      method: due === 0n ? "netting" : "wallet",
    },
    reason: "will_be_paid",
    detail: due === 0n ? "Its entries cancel each other out." : null,
  }
}

type Obstacle = { reason: NotPaidReason; detail: string | null }

function whyNothingIsDue({ entries, now }: PlanCollectInput): Obstacle {
  const isHeld = entries.some(
    (entry) => entry.is_held && entry.available_at <= now
  )
  if (isHeld) {
    return { reason: "hold", detail: "Every due amount is on hold." }
  }
  if (entries.length === 0) {
    return { reason: "not_due", detail: "Nothing is open." }
  }
  return { reason: "not_due", detail: "Nothing is due yet." }
}

function whyNotPaid(input: PlanCollectInput, due: bigint): Obstacle | null {
  const { payee, minimum, currency_code } = input
  if (due < 0n) {
    return {
      reason: "negative",
      detail: `${formatMajor(-due, currency_code)} ${currency_code} is carried until later earnings cover it.`,
    }
  }
  const unable = whyPayeeCannot(payee)
  if (unable) return unable
  if (input.repeated_cancels >= REPEATED_CANCELS_MAX) {
    return {
      reason: "repeated_cancel",
      detail: "MassPay cancelled her last payouts; resume her to try again.",
    }
  }
  if (!input.has_funding_wallet) {
    return {
      reason: "no_funding_wallet",
      detail: `There is no funding wallet in ${currency_code}.`,
    }
  }
  if (due < minimum) {
    return {
      reason: "below_minimum",
      detail: `The smallest payout is ${formatMajor(minimum, currency_code)} ${currency_code}.`,
    }
  }
  return null
}

function whyPayeeCannot({
  status,
  is_paused,
  is_being_read,
}: CollectPayee): Obstacle | null {
  switch (status) {
    case "deactivated":
      return {
        reason: "deactivated",
        detail: "Her MassPay account is deactivated.",
      }
    case "unlinked":
    case "linking":
      return {
        reason: "not_linked",
        detail: "She has no MassPay account yet.",
      }
    case "locked":
      return { reason: "kyc", detail: "MassPay wants papers from her first." }
    case "active":
      if (is_paused) {
        return { reason: "paused", detail: "Her payouts are paused." }
      }
      return is_being_read
        ? {
            reason: "being_read",
            detail: "All of her loads at MassPay are being read first.",
          }
        : null
  }
}

function nextDue({ entries, now }: PlanCollectInput): Date | null {
  return entries
    .filter((entry) => !entry.is_held && entry.available_at > now)
    .reduce<Date | null>(
      (next, { available_at }) =>
        next === null || available_at < next ? available_at : next,
      null
    )
}

function sumOf(entries: readonly OpenEntry[]): bigint {
  return entries.reduce((sum, entry) => sum + entry.amount, 0n)
}

function byAge(a: OpenEntry, b: OpenEntry): number {
  return (
    a.available_at.getTime() - b.available_at.getTime() ||
    compareKeys(a.id, b.id)
  )
}
