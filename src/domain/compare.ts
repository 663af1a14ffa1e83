import type { DiscrepancyAction, DiscrepancyClass } from "./discrepancies"
import type { PayoutMethod, PayoutStatus } from "./payout-status"

/** An operation of ours with its payout. Amounts are minor units, as payouts have them. */
export type OurSide = {
  method: PayoutMethod
  status: PayoutStatus
  amount: bigint
  currency_code: string
  user_token: string | null
  /** What MassPay called it, where that is known. */
  remote_token: string | null
  /** Whether an effect entry books its money as being with the vendor. */
  counted: boolean
  /** All of it was reversed, as MassPay's list of reversals has it. Its history says nothing of that. */
  is_reversed: boolean
  /** `sending`, and its sender vanished. */
  is_lease_over: boolean
}

/** A load or a spendback as MassPay shows it. */
export type TheirSide = {
  token: string
  /** MassPay's word. */
  status: string
  /** With the sign that our payouts have; `null` where it cannot be told exactly. */
  amount: bigint | null
  currency_code: string | null
  user_token: string | null
  /** `null` where only the payee's own list would tell it. */
  client_id: string | null
  /** How many that are not cancelled carry this client id. */
  live_copies: number
  /** Whether it belongs to somebody whom these books know. */
  is_of_a_payee: boolean
}

export type Pair = {
  ours: OurSide | null
  theirs: TheirSide | null
}

export type Comparison =
  /** Nothing to be said. */
  | { is: "equal" }
  /** Neither side is wrong yet: it is on the wire, or MassPay's word is not one we know. */
  | { is: "undecided" }
  /** Another shop's on the same account, or of somebody whom these books do not know. */
  | { is: "foreign" }
  /** Only the payee's own list can tell what it is. */
  | { is: "ask" }
  /** Not shown. What that means depends on how completely and how often it was looked for. */
  | { is: "absent"; class: "D02" | "D05" | "D14" }
  | { is: "different"; class: DiscrepancyClass; action: DiscrepancyAction }

const ACCEPTED_WORDS = [
  "SCHEDULED",
  "PROCESSING",
  "HOLD",
  "READY_FOR_PICKUP",
] as const

/** What is certain of money at MassPay, from its word. */
export type RemoteMoney = "moved" | "moving" | "not_moved" | "unclear"

export function remoteMoneyOf(status: string): RemoteMoney {
  if (status === "COMPLETED") return "moved"
  if (status === "CANCELLED") return "not_moved"
  return ACCEPTED_WORDS.some((word) => word === status) ? "moving" : "unclear"
}

/**
 * What one operation of ours and one transaction of MassPay's are to each other.
 * `tag` begins every client id of this shop. Decides nothing about money: what
 * is healed is healed by the ordinary moves, and the rest is for a person.
 */
export function comparePair({ ours, theirs }: Pair, tag: string): Comparison {
  if (theirs === null) {
    return ours === null ? { is: "equal" } : compareAbsent(ours)
  }
  return ours === null ? compareUnknown(theirs, tag) : compareBoth(ours, theirs)
}

function compareAbsent(ours: OurSide): Comparison {
  switch (ours.status) {
    case "completed":
      return { is: "absent", class: isSpendback(ours) ? "D14" : "D05" }
    case "unknown":
      return { is: "absent", class: "D02" }
    case "sending":
      return ours.is_lease_over
        ? { is: "absent", class: "D02" }
        : { is: "undecided" }
    case "accepted":
    case "reversing":
    case "needs_review":
      // Their own look-ups go on until they show.
      return { is: "undecided" }
    default:
      return { is: "equal" }
  }
}

function compareUnknown(theirs: TheirSide, tag: string): Comparison {
  if (!theirs.is_of_a_payee) return { is: "foreign" }
  if (theirs.client_id === null) {
    return { is: "ask" }
  }
  if (theirs.client_id.startsWith(`mpl${tag}`)) {
    return different("D06", "adopted_and_paused")
  }
  if (/^mpl[a-z0-9]{6}/.test(theirs.client_id)) return { is: "foreign" }
  // What moves nothing any more needs nobody.
  if (remoteMoneyOf(theirs.status) === "not_moved") return { is: "equal" }
  return different("D07", "flagged")
}

function compareBoth(ours: OurSide, theirs: TheirSide): Comparison {
  if (isAnotherOne(ours, theirs)) return compareSecond(ours, theirs)
  if (!isWhatWeAskedFor(ours, theirs)) {
    return different("D08", "payout_frozen_and_vendor_paused")
  }
  if (theirs.live_copies > 1) return different("D09", "vendor_paused")
  const is = compareStatus(ours, moneyOf(theirs, ours))
  if (is === "equal" || is === "undecided") return { is }
  if (isSpendback(ours)) return different("D14", "truth_applied")
  return different(is, "truth_applied")
}

/** What MassPay calls completed may be reversed by the list that tells it. */
function moneyOf({ status }: TheirSide, ours: OurSide): RemoteMoney {
  const money = remoteMoneyOf(status)
  return ours.is_reversed && money === "moved" ? "not_moved" : money
}

/** Our client id under another token than the one we know. */
function isAnotherOne(ours: OurSide, theirs: TheirSide): boolean {
  return ours.remote_token !== null && ours.remote_token !== theirs.token
}

function compareSecond(ours: OurSide, theirs: TheirSide): Comparison {
  if (remoteMoneyOf(theirs.status) === "not_moved") return { is: "equal" }
  const isOursOver = ["cancelled", "void", "reversed"].includes(ours.status)
  // The money moved once, under a token that no code may take for ours.
  return isOursOver && !ours.counted && theirs.live_copies === 1
    ? different("D04", "flagged")
    : different("D09", "vendor_paused")
}

/** MassPay's user, currency and amount. What cannot be told is not held against it. */
function isWhatWeAskedFor(ours: OurSide, theirs: TheirSide): boolean {
  const isSame = <Value>(a: Value | null, b: Value | null) =>
    a === null || b === null || a === b
  return (
    isSame(ours.user_token, theirs.user_token) &&
    isSame(ours.currency_code, theirs.currency_code) &&
    isSame(ours.amount, theirs.amount)
  )
}

type StatusComparison = "equal" | "undecided" | "D01" | "D03" | "D04" | "D14"

function compareStatus(ours: OurSide, money: RemoteMoney): StatusComparison {
  if (money === "unclear") return "undecided"
  switch (ours.status) {
    case "sending":
      return ours.is_lease_over ? "D01" : "undecided"
    case "unknown":
    case "needs_review":
      return "D01"
    case "accepted":
      // On its way, and there now: only the message was missed.
      if (money === "moving") return "equal"
      return money === "moved" ? "D01" : "D03"
    case "completed":
      return money === "moved" ? "equal" : "D03"
    case "reversing":
      return money === "not_moved" ? "D14" : "undecided"
    case "cancelled":
      return money === "not_moved" ? "equal" : "D04"
    case "pending":
    case "ready":
    case "blocked":
      // Cancelled before: the next one is looked up before it is sent.
      return money === "not_moved" ? "undecided" : "D04"
    case "void":
    case "reversed":
      return (money !== "not_moved") === ours.counted ? "equal" : "D04"
    case "netted":
      return "D04"
  }
}

function isSpendback({ method }: OurSide): boolean {
  return method === "spendback"
}

function different(
  name: DiscrepancyClass,
  action: DiscrepancyAction
): Comparison {
  return { is: "different", class: name, action }
}

/** How long ago it must have been paid before it is called missing. */
export const MISSING_AFTER_MS = 24 * 60 * 60_000
/** What one moment at MassPay does not show, two readings of that moment do not either. */
export const MISSING_GAP_MS = 10 * 60_000

/**
 * Whether a completed payout that MassPay did not show in two complete runs is to
 * be called missing: old enough to have to show, and looked for at two times.
 */
export function isMissing({
  completed_for_ms,
  missed_for_ms,
}: {
  completed_for_ms: number
  /** Since the first of the runs missed it. */
  missed_for_ms: number
}): boolean {
  return completed_for_ms > MISSING_AFTER_MS && missed_for_ms >= MISSING_GAP_MS
}

/** Classes that end by themselves once a complete reading of the payee does not show them. */
export const ENDED_BY_READING = [
  "D03",
  "D04",
  "D05",
  "D07",
  "D08",
  "D09",
  "D14",
] as const satisfies readonly DiscrepancyClass[]
