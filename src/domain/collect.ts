import {
  aboveReserve,
  basketOf,
  byAge,
  isDue,
  isScheduled,
  type OpenEntry,
  type OpenSums,
  type Part,
  sumOf,
  sumUp,
} from "./collect-sums"
import type { DestinationStatus } from "./destinations"
import { type HoldFacts, holdWords, reserveWords } from "./holds"
import { formatMajor } from "./money"
import type { PayeeStatus } from "./payout-status"

export { type OpenEntry, type OpenSums, sumUp } from "./collect-sums"

/** Why money that a vendor is owed is not in a payout now. Stable codes. */
export const NOT_PAID_REASONS = [
  "not_due",
  "not_scheduled",
  "below_minimum",
  "negative",
  "paused",
  "not_linked",
  "kyc",
  "deactivated",
  "no_funding_wallet",
  "no_destination",
  "destination_returned",
  "destination_gone",
  "above_maximum",
  "hold",
  "repeated_cancel",
  "being_read",
  "will_be_paid",
] as const
export type NotPaidReason = (typeof NOT_PAID_REASONS)[number]

export type CollectPayee = {
  status: PayeeStatus
  is_paused: boolean
  /** What MassPay has of hers is not known in full yet. */
  is_being_read: boolean
}

/** What a destination takes, minor units; `null`: no bound. */
export type CollectDestination = {
  status: DestinationStatus
  min: bigint | null
  max: bigint | null
}

/** What is known of one vendor in one currency besides her entries. */
export type CollectTerms = {
  currency_code: string
  payee: CollectPayee
  /** The hold on all of her money; `null`: none. */
  hold: HoldFacts | null
  /** Kept back from what is due, minor units. */
  reserve: bigint
  /** Whether a funding wallet in this currency is known. */
  has_funding_wallet: boolean
  /** Smallest payout, minor units. */
  minimum: bigint
  /** How she is paid. */
  method: "wallet" | "direct"
  /** Where her direct payouts in this currency go; `null`: nowhere yet. */
  destination: CollectDestination | null
  /** Payouts of this payee in a row that MassPay cancelled, up to now. */
  repeated_cancels: number
  /** The moments she is paid at; `null`: any. */
  schedule: {
    last: Date
    next: Date
    /** When `next` is, and how often that is. */
    words: string
  } | null
  now: Date
}

export type PlanCollectInput = CollectTerms & {
  /** Every open entry of one vendor in this currency. */
  entries: readonly OpenEntry[]
}

export type PlannedPayout = {
  entry_ids: string[]
  amount: bigint
  method: "wallet" | "direct" | "netting"
}

/** What `detail` says, for whoever words it in another language. Minor units. */
export type VerdictFacts = {
  /** The smallest payout, where it is not reached. */
  minimum?: bigint
  /** The most that her destination takes, where it is more. */
  maximum?: bigint
  /** What is kept back of what is due. */
  reserve?: bigint
  hold?: HoldFacts
}

/** What is decided, and the sums that it rests on. */
export type CollectVerdict = {
  /** Minor units of the payout to be made, zero for netting; `null`: none. */
  pays: bigint | null
  /** `will_be_paid` exactly when there is one. */
  reason: NotPaidReason
  /** Plain words for a person. */
  detail: string | null
  facts?: VerdictFacts
  /** Sum of all entries. */
  open: bigint
  /** Sum of those that are due and not held. */
  due: bigint
  /** When the next entry that is not held becomes due; for `not_scheduled`, when what is due is paid. */
  next_due_at: Date | null
}

export type CollectPlan = CollectVerdict & { pay: PlannedPayout | null }

/** Which payouts wait for an operator's approval. */
export type ApprovalPolicy =
  | { kind: "none" }
  | { kind: "all" }
  /** Above these amounts, minor units by upper-case currency code; a currency without one needs none. */
  | { kind: "above"; amounts: Readonly<Record<string, bigint>> }

/** A spendback counts like a payout of its size. */
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
      const size = amount < 0n ? -amount : amount
      return limit !== undefined && size > limit
    }
  }
}

/** A first cancel is paid again by itself; the second in a row waits for a person. */
export const REPEATED_CANCELS_MAX = 2

/**
 * Decides the payout of one vendor in one currency. Due entries of either sign
 * go together: a positive sum is paid, a sum of zero is closed
 * without touching the wire (so it needs no linked payee), a negative one stays
 * open and meets her next earnings.
 *
 * Where she is paid at certain moments, what became due since the last one
 * waits for the next, unless she owes it on the whole: a debt does not wait.
 * Of what a reserve keeps back, the newest entries stay open, whole ones.
 */
export function planCollect(input: PlanCollectInput): CollectPlan {
  const { reserve } = input
  const sums = sumUp(input)
  const basket = basketOf(sums)
  let taken = input.entries
    .filter(
      (entry) =>
        isDue(entry, input.now) &&
        (basket === "due" || isScheduled(entry, input))
    )
    .sort(byAge)
  if (reserve > 0n) taken = aboveReserve(taken, reserve)
  const amount = sumOf(taken)
  const verdict = decide(input, sums, { entries: taken.length, amount })
  if (verdict.pays === null) return { ...verdict, pay: null }
  return {
    ...verdict,
    pay: {
      entry_ids: taken.map((entry) => entry.id),
      amount,
      method: amount === 0n ? "netting" : input.method,
    },
  }
}

/**
 * The same decision from sums alone, for many vendors at a time. What a
 * reserve keeps back depends on the entries: throws where there is one.
 */
export function decideOnSums(
  terms: CollectTerms,
  sums: OpenSums
): CollectVerdict {
  if (terms.reserve > 0n) {
    throw new RangeError("A reserve can only be kept back from entries")
  }
  return decide(terms, sums, sums[basketOf(sums)])
}

type Obstacle = {
  reason: NotPaidReason
  detail: string | null
  facts?: VerdictFacts
  next_due_at?: Date
}

function decide(
  terms: CollectTerms,
  sums: OpenSums,
  basket: Part
): CollectVerdict {
  const base = {
    open: sums.open,
    due: sums.due.amount,
    next_due_at: sums.next_due_at,
  }
  const obstacle =
    sums.due.entries === 0
      ? whyNothingIsDue(sums)
      : whyNotPaid(terms, sums, basket)
  if (obstacle) return { ...base, pays: null, ...obstacle }
  return {
    ...base,
    pays: basket.amount,
    reason: "will_be_paid",
    ...whatIsKept(terms, sums, basket),
  }
}

function whatIsKept(
  { reserve, currency_code }: CollectTerms,
  { due }: OpenSums,
  basket: Part
): Pick<CollectVerdict, "detail" | "facts"> {
  if (basket.amount === 0n) {
    return { detail: "Its entries cancel each other out." }
  }
  return reserve > 0n && basket.amount < due.amount
    ? { detail: reserveWords(reserve, currency_code), facts: { reserve } }
    : { detail: null }
}

function whyNothingIsDue({ entries, held, hold }: OpenSums): Obstacle {
  if (held > 0) {
    return {
      reason: "hold",
      detail: hold ? holdWords(hold) : "Every due amount is on hold.",
      ...(hold && { facts: { hold } }),
    }
  }
  if (entries === 0) {
    return { reason: "not_due", detail: "Nothing is open." }
  }
  return { reason: "not_due", detail: "Nothing is due yet." }
}

function whyNotPaid(
  terms: CollectTerms,
  { due, scheduled }: OpenSums,
  basket: Part
): Obstacle | null {
  const { hold, payee, currency_code, schedule } = terms
  if (hold) return { reason: "hold", detail: holdWords(hold), facts: { hold } }
  if (basket.entries > 0 && basket.amount === 0n) return null
  if (due.amount < 0n) {
    return {
      reason: "negative",
      detail: `${formatMajor(-due.amount, currency_code)} ${currency_code} is carried until later earnings cover it.`,
    }
  }
  const unable = whyPayeeCannot(payee)
  if (unable) return unable
  if (terms.repeated_cancels >= REPEATED_CANCELS_MAX) {
    return {
      reason: "repeated_cancel",
      detail: "MassPay cancelled her last payouts; resume her to try again.",
    }
  }
  if (!terms.has_funding_wallet) {
    return {
      reason: "no_funding_wallet",
      detail: `There is no funding wallet in ${currency_code}.`,
    }
  }
  const astray = whyDestinationCannot(terms)
  if (astray) return astray
  const isEarly = scheduled.entries === 0 || scheduled.amount < 0n
  if (schedule && isEarly) {
    return {
      reason: "not_scheduled",
      detail: `Her next payout is on ${schedule.words}.`,
      next_due_at: schedule.next,
    }
  }
  if (basket.entries === 0) {
    return {
      reason: "hold",
      detail: reserveWords(terms.reserve, currency_code),
      facts: { reserve: terms.reserve },
    }
  }
  return whyAmountCannot(terms, basket.amount)
}

function whyAmountCannot(
  { minimum, method, destination, currency_code }: CollectTerms,
  amount: bigint
): Obstacle | null {
  const route = method === "direct" ? destination : null
  const least = route?.min != null && route.min > minimum ? route.min : minimum
  if (amount < least) {
    return {
      reason: "below_minimum",
      detail: `The smallest payout is ${formatMajor(least, currency_code)} ${currency_code}.`,
      facts: { minimum: least },
    }
  }
  if (route?.max != null && amount > route.max) {
    return {
      reason: "above_maximum",
      detail: `Her destination takes at most ${formatMajor(route.max, currency_code)} ${currency_code} at a time.`,
      facts: { maximum: route.max },
    }
  }
  return null
}

function whyDestinationCannot({
  method,
  destination,
}: CollectTerms): Obstacle | null {
  if (method === "wallet") return null
  switch (destination?.status) {
    case undefined:
      return {
        reason: "no_destination",
        detail: "She has not chosen where her money goes.",
      }
    case "incomplete":
      return {
        reason: "no_destination",
        detail: "Her destination lacks details that MassPay needs.",
      }
    case "returned":
      return {
        reason: "destination_returned",
        detail:
          "Her last payout came back; she changes the destination, or an operator confirms it.",
      }
    case "gone":
      return {
        reason: "destination_gone",
        detail: "MassPay offers her destination no more; she chooses another.",
      }
    case "ready":
      return null
  }
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
