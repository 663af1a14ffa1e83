/** When vendors are paid: which moment was the last, and which is the next. */

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Every month has this day. */
export const MONTH_DAY_MAX = 28

export type Schedule =
  | "immediate"
  | "daily"
  | { weekly: Weekday }
  /** Day of the month, 1 to 28. */
  | { monthly: number }

/** As it stands in a column: `immediate`, `daily`, `weekly:monday`, `monthly:15`. */
export type ScheduleText = string

/** Where and when in the day the moments of a schedule lie. */
export type ScheduleClock = {
  /** IANA name, for example Europe/Berlin. */
  timezone: string
  /** 0 to 23, of that zone's wall clock. */
  hour: number
}

/** Every schedule there is. */
export const SCHEDULES: readonly Schedule[] = [
  "immediate",
  "daily",
  ...WEEKDAYS.map((weekly) => ({ weekly })),
  ...Array.from({ length: MONTH_DAY_MAX }, (_, index) => ({
    monthly: index + 1,
  })),
]

export function scheduleText(schedule: Schedule): ScheduleText {
  if (typeof schedule === "string") return schedule
  return "weekly" in schedule
    ? `weekly:${schedule.weekly}`
    : `monthly:${schedule.monthly}`
}

export function isSchedule(value: unknown): value is Schedule {
  const text = JSON.stringify(value)
  return SCHEDULES.some((schedule) => JSON.stringify(schedule) === text)
}

/** `null` for a text that names none. */
export function parseSchedule(text: ScheduleText): Schedule | null {
  return SCHEDULES.find((schedule) => scheduleText(schedule) === text) ?? null
}

/** In plain words, for example "every Monday". */
export function scheduleWords(schedule: Schedule): string {
  if (schedule === "immediate") return "at once"
  if (schedule === "daily") return "every day"
  return "weekly" in schedule
    ? `every ${schedule.weekly.charAt(0).toUpperCase()}${schedule.weekly.slice(1)}`
    : `on day ${schedule.monthly} of every month`
}

/** A day of the calendar, without a time zone. */
type Day = { year: number; month: number; day: number }

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/**
 * The latest moment of the schedule that is not after `now`. What became due by
 * then may be paid, however long ago it was: a day on which nothing ran is made
 * up for by the next run. For `immediate` that is `now` itself.
 *
 * A calendar day has exactly one moment, whatever the clocks do on it: where
 * they skip the hour it is the moment they jump at, where they repeat it the
 * first of both.
 */
export function lastMoment(
  schedule: Schedule,
  clock: ScheduleClock,
  now: Date
): Date {
  if (schedule === "immediate") return now
  const today = dayIn(clock.timezone, now)
  for (let offset = 0; offset >= -LOOK_BACK_DAYS; offset -= 1) {
    const day = addDays(today, offset)
    if (!isOn(schedule, day)) continue
    const moment = momentOn(day, clock)
    if (moment <= now) return moment
  }
  throw new RangeError(`No moment of ${scheduleText(schedule)} was found`)
}

/** The first moment of the schedule after `now`; for `immediate`, `now` itself. */
export function nextMoment(
  schedule: Schedule,
  clock: ScheduleClock,
  now: Date
): Date {
  if (schedule === "immediate") return now
  const today = dayIn(clock.timezone, now)
  for (let offset = 0; offset <= LOOK_BACK_DAYS; offset += 1) {
    const day = addDays(today, offset)
    if (!isOn(schedule, day)) continue
    const moment = momentOn(day, clock)
    if (moment > now) return moment
  }
  throw new RangeError(`No moment of ${scheduleText(schedule)} was found`)
}

/** Longer than any month. */
const LOOK_BACK_DAYS = 33

/** Whether this runtime knows the time zone. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** For people, in the zone of the schedule: "Monday, 2 March 2026 at 06:00 (Europe/Berlin)". */
export function momentWords(moment: Date, { timezone }: ScheduleClock): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(moment)
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(moment)
  return `${day} at ${time} (${timezone})`
}

function isOn(schedule: Exclude<Schedule, "immediate">, day: Day): boolean {
  if (schedule === "daily") return true
  if ("monthly" in schedule) return day.day === schedule.monthly
  const weekday = new Date(utcOf(day)).getUTCDay()
  return WEEKDAYS[(weekday + 6) % 7] === schedule.weekly
}

function addDays(day: Day, days: number): Day {
  const moved = new Date(utcOf(day) + days * DAY_MS)
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  }
}

function utcOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day)
}

function dayIn(timezone: string, at: Date): Day {
  const wall = new Date(wallClock(timezone, at.getTime()))
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
  }
}

/**
 * The instant at which the zone's clocks show the hour on that day. Where they
 * show it twice, the first; where they jump over it, the moment of the jump.
 */
function momentOn(day: Day, { timezone, hour }: ScheduleClock): Date {
  const wanted = utcOf(day) + hour * HOUR_MS
  const offsetAt = (at_ms: number) => wallClock(timezone, at_ms) - at_ms
  const before = wanted - offsetAt(wanted - DAY_MS)
  const after = wanted - offsetAt(wanted + DAY_MS)
  // Clocks that show an hour twice were set back, so `before` is the first of both.
  const shown = [before, after].find(
    (at_ms) => wallClock(timezone, at_ms) === wanted
  )
  return new Date(shown ?? before)
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of the zone show, as if it were UTC: milliseconds, of whole seconds. */
function wallClock(timezone: string, at_ms: number): number {
  let format = FORMATS.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
    FORMATS.set(timezone, format)
  }
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at_ms)) {
    parts[type] = Number(value)
  }
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}
