import type { RunKind } from "./discrepancies"

/** Whole UTC days, both included, as YYYY-MM-DD. */
export type Days = { from_date: string; to_date: string }

const DAY_MS = 24 * 60 * 60_000
/** What a sweep reads again: a transaction may show late, or change its word. */
const OVERLAP_DAYS = 2
/** A bank can return money weeks later. */
const LONG_DAYS = 35
/** The most that is read at once because somebody asks. */
const MANUAL_DAYS_MAX = 366

/** What a run that begins at `now` reads; `watermark` is the last day that was read to its end. */
export function windowOf(
  kind: Exclude<RunKind, "manual" | "deep">,
  { now, watermark }: { now: Date; watermark: string | null }
): Days {
  const to_date = dayOf(now)
  const longAgo = shiftDay(to_date, -LONG_DAYS)
  if (kind === "sweep_long" || watermark === null) {
    return { from_date: longAgo, to_date }
  }
  const from_date = shiftDay(watermark, -OVERLAP_DAYS)
  // A clock that was set back must not make the window end before it begins.
  return { from_date: from_date < to_date ? from_date : to_date, to_date }
}

/** What is wrong with days that somebody asks for, or `null`. */
export function problemWithDays(
  { from_date, to_date }: Days,
  now: Date
): string | null {
  for (const day of [from_date, to_date]) {
    if (!isDay(day)) {
      return `${JSON.stringify(day)} is no day of the calendar: give it as YYYY-MM-DD`
    }
  }
  if (from_date > to_date) {
    return `The first day, ${from_date}, comes after the last one, ${to_date}`
  }
  const today = dayOf(now)
  if (to_date > today) {
    return `The last day, ${to_date}, lies ahead: today is ${today} in UTC`
  }
  const days = (timeOf(to_date) - timeOf(from_date)) / DAY_MS + 1
  return days > MANUAL_DAYS_MAX
    ? `${days} days are too many at once: at most ${MANUAL_DAYS_MAX}`
    : null
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

function shiftDay(day: string, days: number): string {
  return dayOf(new Date(timeOf(day) + days * DAY_MS))
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = timeOf(text)
  return !Number.isNaN(time) && dayOf(new Date(time)) === text
}
