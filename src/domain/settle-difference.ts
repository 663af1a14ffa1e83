import { parseDecimal } from "./decimal"
import type { OrderFacts } from "./facts"
import { keyOf } from "./settle-attribution"
import type {
  BookedSettlement,
  DifferenceReason,
  HeldReason,
  SettlementDifference,
  SettlementLine,
} from "./settle-types"

type DifferenceInput = {
  /** What is due, minor units. */
  net: bigint
  booked: BookedSettlement | undefined
  held_reason: HeldReason | null
  /** When the earning is due. */
  available_at: Date | null
  now: Date
  why: ReasonInput
}

type ReasonInput = {
  facts: OrderFacts
  lines: readonly SettlementLine[]
  is_canceled: boolean
}

/**
 * What to book so that the entries of a settlement add up to what is due, or
 * `null`. A hold keeps money from being promised, not from being taken back:
 * once earned, less is booked at any time, unless it is not known whose loss
 * the decrease is.
 */
export function differenceOf(
  input: DifferenceInput
): SettlementDifference | null {
  const { net, booked, held_reason, now } = input
  const is_earned = booked?.is_earned ?? false
  const amount = net - (booked?.booked ?? 0n)
  if (amount === 0n) return null

  if (!is_earned) {
    if (held_reason !== null) return null
    const available_at = input.available_at ?? now
    return { amount, kind: "earning", reason: "sale", available_at }
  }
  const reason = reasonOf(booked, input.why)
  if (amount < 0n) {
    if (isUndecidable(held_reason)) return null
    // Taken back when the earning it offsets would be paid, so they go together.
    const available_at = booked?.open_available_at ?? now
    return { amount, kind: "clawback", reason, available_at }
  }
  if (held_reason !== null) return null
  const available_at = later(input.available_at, now)
  return { amount, kind: "correction", reason, available_at }
}

function isUndecidable(held_reason: HeldReason | null): boolean {
  return (
    held_reason === "unallocated_refund" || held_reason === "unknown_currency"
  )
}

/**
 * The cause an operator would name; inferred, because facts carry no history.
 * A line that an exchange or a claim changed says so before anything else does.
 */
function reasonOf(
  booked: BookedSettlement | undefined,
  { facts, lines, is_canceled }: ReasonInput
): DifferenceReason {
  if (is_canceled) return "cancel"
  const named = lines.find(({ cause }) => cause)?.cause
  if (named) return named
  const before = linesByKey(booked?.lines ?? [])
  const known = new Set(facts.lines.map((line) => keyOf(line.kind, line.ref)))
  const isAdded = lines.some(({ kind, ref }) => !before.has(keyOf(kind, ref)))
  const shrunk = facts.lines.some(({ kind, ref, quantity }) => {
    const line = before.get(keyOf(kind, ref))
    return line !== undefined && quantity < line.quantity
  })
  if (shrunk) return "return"
  const hasLost = [...before].some(
    ([key, line]) => line.gross !== "0" && !known.has(key)
  )
  if (isAdded || hasLost) return "edit"
  return parseDecimal(facts.payment.refunded_total).units > 0n
    ? "refund"
    : "edit"
}

function linesByKey(
  lines: readonly SettlementLine[]
): Map<string, SettlementLine> {
  return new Map(lines.map((line) => [keyOf(line.kind, line.ref), line]))
}

function later(a: Date | null, b: Date): Date {
  return a !== null && a > b ? a : b
}
