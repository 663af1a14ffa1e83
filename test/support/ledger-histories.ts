import type { ENTRY_KINDS} from "../../src/domain/payout-status";
import { nextStatus } from "../../src/domain/payout-status"
import {
  PAYOUT_EVENTS,
  type PayoutMethod,
  type PayoutStatus,
} from "../../src/domain/payout-status"
import type { Random } from "./random"

/** A payout's timeline as the table of states allows it, and when each step was. */
export type History = {
  method: PayoutMethod
  amount: bigint
  steps: {
    event: string
    from: PayoutStatus | null
    to: PayoutStatus
    at: number
  }[]
}

const FIRST = ["collected", "collected_for_approval", "adopted"] as const

/** A legal walk from a first event on; it may well go in circles, as MassPay's word can. */
export function aHistory(
  random: Random,
  { starts_at, steps_max }: { starts_at: number; steps_max: number }
): History {
  const method = random.chance(0.2) ? "spendback" : "wallet"
  const magnitude = BigInt(random.between(1, 1_000_000))
  const history: History = {
    method,
    amount: method === "spendback" ? -magnitude : magnitude,
    steps: [],
  }
  let from: PayoutStatus | null = null
  let at = starts_at
  const length = random.between(1, steps_max)
  while (history.steps.length < length) {
    const events = (from === null ? FIRST : PAYOUT_EVENTS).filter(
      (event) => nextStatus(from, event) !== null
    )
    if (events.length === 0) break
    const event = random.pick(events)
    const to = nextStatus(from, event)
    if (to === null) break
    history.steps.push({ event, from, to, at })
    from = to
    at += random.between(1, 5_000)
  }
  return history
}

/**
 * What each step does to the balance, told step by step: a second reading of
 * the rule that the statement's SQL has, on purpose without its words.
 */
export function changesOf({
  amount,
  steps,
}: History): { at: number; amount: bigint }[] {
  let holds_entries = true
  let with_vendor = false
  return steps.flatMap(({ to, at }) => {
    if (to === "void" || to === "reversed") holds_entries = false
    const is_now = holds_entries && (to === "completed" || to === "reversing")
    if (is_now === with_vendor) return []
    with_vendor = is_now
    return [{ at, amount: is_now ? -amount : amount }]
  })
}

export type LooseEntry = {
  kind: (typeof ENTRY_KINDS)[number]
  amount: bigint
  at: number
}

export function anEntry(random: Random, at: number): LooseEntry {
  const magnitude = BigInt(random.between(1, 1_000_000))
  return {
    kind: random.pick([
      "adjustment",
      "overpayment",
      "settled_elsewhere",
    ] as const),
    amount: random.chance(0.4) ? -magnitude : magnitude,
    at,
  }
}
