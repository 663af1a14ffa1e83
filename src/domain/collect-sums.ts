import { compareKeys } from "./allocate"
import { type HoldFacts, reservedPart } from "./holds"

/** One entry that no live payout has taken. */
export type OpenEntry = {
  id: string
  source_key: string
  /** Minor units, signed. */
  amount: bigint
  available_at: Date
  /** Its order carries a hold: it takes part in nothing. */
  is_held: boolean
  /** What an operator said about it, where that is why. */
  hold?: HoldFacts | null
}

/** What a decision needs to know of the entries. */
export type OpenSums = {
  entries: number
  open: bigint
  /** Due and not held. */
  due: Part
  /** Of those, what was due by the last moment of the schedule. */
  scheduled: Part
  /** Held entries that would be due otherwise. */
  held: number
  /** What was said of one of those. */
  hold: HoldFacts | null
  next_due_at: Date | null
}
export type Part = { entries: number; amount: bigint }

/** When a vendor is paid, and what time it is. */
type Terms = { schedule: { last: Date } | null; now: Date }

export function sumUp({
  entries,
  ...terms
}: Terms & { entries: readonly OpenEntry[] }): OpenSums {
  const { now } = terms
  const due = entries.filter((entry) => isDue(entry, now))
  const scheduled = due.filter((entry) => isScheduled(entry, terms))
  const held = entries.filter(
    (entry) => entry.is_held && entry.available_at <= now
  )
  return {
    entries: entries.length,
    open: sumOf(entries),
    due: partOf(due),
    scheduled: partOf(scheduled),
    held: held.length,
    hold: held.find((entry) => entry.hold)?.hold ?? null,
    next_due_at: nextDue(entries, now),
  }
}

export function isDue(
  { is_held, available_at }: OpenEntry,
  now: Date
): boolean {
  return !is_held && available_at <= now
}

export function isScheduled(
  { available_at }: OpenEntry,
  { schedule }: Pick<Terms, "schedule">
): boolean {
  return schedule === null || available_at <= schedule.last
}

/** What became due since the last moment waits, unless it is a debt. */
export function basketOf({ due, scheduled }: OpenSums): "due" | "scheduled" {
  return due.amount < scheduled.amount ? "due" : "scheduled"
}

/**
 * Every debt, and the oldest earnings that fit above the reserve: the first that
 * does not fit ends it. A reserve is of what debts leave, so it keeps none from
 * being closed by what it would keep.
 */
export function aboveReserve(
  entries: readonly OpenEntry[],
  reserve: bigint
): OpenEntry[] {
  const all = sumOf(entries)
  const above = all - reservedPart(reserve, all)
  const taken = entries.filter((entry) => entry.amount < 0n)
  let sum = sumOf(taken)
  for (const entry of entries) {
    if (entry.amount < 0n) continue
    if (sum + entry.amount > above) break
    sum += entry.amount
    taken.push(entry)
  }
  return sum < 0n ? [] : taken
}

function nextDue(entries: readonly OpenEntry[], now: Date): Date | null {
  return entries
    .filter((entry) => !entry.is_held && entry.available_at > now)
    .reduce<Date | null>(
      (next, { available_at }) =>
        next === null || available_at < next ? available_at : next,
      null
    )
}

function partOf(entries: readonly OpenEntry[]): Part {
  return { entries: entries.length, amount: sumOf(entries) }
}

export function sumOf(entries: readonly OpenEntry[]): bigint {
  return entries.reduce((sum, entry) => sum + entry.amount, 0n)
}

export function byAge(a: OpenEntry, b: OpenEntry): number {
  return (
    a.available_at.getTime() - b.available_at.getTime() ||
    compareKeys(a.id, b.id)
  )
}
