import fc from "fast-check"

import {
  isSchedule,
  isTimezone,
  lastMoment,
  momentWords,
  nextMoment,
  parseSchedule,
  type Schedule,
  type ScheduleClock,
  SCHEDULES,
  scheduleText,
  scheduleWords,
} from "../../../src/domain/collect-schedule"
import { runs } from "../../support/property"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const BERLIN: ScheduleClock = { timezone: "Europe/Berlin", hour: 6 }
const UTC: ScheduleClock = { timezone: "UTC", hour: 0 }

const at = (text: string): Date => new Date(text)
/** Every moment of a schedule between two times. */
function moments(
  schedule: Schedule,
  clock: ScheduleClock,
  [from, to]: [string, string]
): string[] {
  const found: string[] = []
  let moment = nextMoment(schedule, clock, at(from))
  while (moment <= at(to)) {
    found.push(moment.toISOString())
    moment = nextMoment(schedule, clock, moment)
  }
  return found
}

describe("the moments of a schedule", () => {
  it("are the hour of each of its days, by the clocks of its zone", () => {
    expect(
      moments("daily", BERLIN, ["2026-01-01T00:00Z", "2026-01-03T00:00Z"])
    ).toEqual(["2026-01-01T05:00:00.000Z", "2026-01-02T05:00:00.000Z"])
    expect(
      moments({ weekly: "monday" }, UTC, [
        "2026-03-01T12:00Z",
        "2026-03-20T00:00Z",
      ])
    ).toEqual([
      "2026-03-02T00:00:00.000Z",
      "2026-03-09T00:00:00.000Z",
      "2026-03-16T00:00:00.000Z",
    ])
    expect(
      moments({ monthly: 28 }, UTC, ["2026-01-28T00:00Z", "2026-04-01T00:00Z"])
    ).toEqual(["2026-02-28T00:00:00.000Z", "2026-03-28T00:00:00.000Z"])
  })

  it("skip and double no day on which the clocks change", () => {
    // 29 March 2026, 2:00 becomes 3:00; 25 October 2026, 3:00 becomes 2:00.
    for (let hour = 0; hour < 24; hour += 1) {
      const clock = { timezone: "Europe/Berlin", hour }
      const spring = moments("daily", clock, [
        "2026-03-27T22:59Z",
        "2026-03-31T21:59Z",
      ])
      const autumn = moments("daily", clock, [
        "2026-10-23T21:59Z",
        "2026-10-27T22:59Z",
      ])
      expect([hour, spring.length, autumn.length]).toEqual([hour, 4, 4])
    }
    const two = { timezone: "Europe/Berlin", hour: 2 }
    expect(lastMoment("daily", two, at("2026-03-29T12:00Z"))).toEqual(
      at("2026-03-29T01:00Z")
    )
    expect(lastMoment("daily", two, at("2026-10-25T12:00Z"))).toEqual(
      at("2026-10-25T00:00Z")
    )
  })

  it("are at that hour of the clocks on the day they change, too", () => {
    const on = (text: string, clock: ScheduleClock) =>
      lastMoment("daily", clock, at(text))

    expect(on("2026-03-29T12:00Z", BERLIN)).toEqual(at("2026-03-29T04:00Z"))
    expect(on("2026-10-25T12:00Z", BERLIN)).toEqual(at("2026-10-25T05:00Z"))
    const york = { timezone: "America/New_York", hour: 6 }
    expect(on("2026-03-08T20:00Z", york)).toEqual(at("2026-03-08T10:00Z"))
    expect(on("2026-11-01T20:00Z", york)).toEqual(at("2026-11-01T11:00Z"))
    // Half an hour is enough: 2:00 becomes 2:30 on 4 October 2026.
    const howe = { timezone: "Australia/Lord_Howe", hour: 2 }
    expect(on("2026-10-04T12:00Z", howe)).toEqual(at("2026-10-03T15:30Z"))
  })

  it("lie around every time there is, without one between", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCHEDULES.slice(1)),
        fc.record({
          timezone: fc.constantFrom(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "America/Santiago"
          ),
          hour: fc.integer({ min: 0, max: 23 }),
        }),
        fc.date({
          min: at("2024-01-01T00:00Z"),
          max: at("2030-01-01T00:00Z"),
          noInvalidDate: true,
        }),
        (schedule, clock, now) => {
          const last = lastMoment(schedule, clock, now)
          const next = nextMoment(schedule, clock, now)

          expect(last <= now && now < next).toBe(true)
          expect(lastMoment(schedule, clock, last)).toEqual(last)
          expect(nextMoment(schedule, clock, last)).toEqual(next)
          expect(
            lastMoment(schedule, clock, new Date(next.getTime() - 1))
          ).toEqual(last)
          const days = (next.getTime() - last.getTime()) / DAY_MS
          const [least, most] =
            schedule === "daily"
              ? [0.9, 1.1]
              : typeof schedule === "object" && "weekly" in schedule
                ? [6.9, 7.1]
                : [27.9, 31.1]
          expect(days > least && days < most).toBe(true)
        }
      ),
      runs(500)
    )
  })

  it("are now, for who is paid at once", () => {
    const now = at("2026-03-01T12:34:56.789Z")

    expect(lastMoment("immediate", UTC, now)).toEqual(now)
    expect(nextMoment("immediate", UTC, now)).toEqual(now)
  })
})

describe("a schedule as text", () => {
  it("is read back, and nothing else is", () => {
    for (const schedule of SCHEDULES) {
      expect(parseSchedule(scheduleText(schedule))).toEqual(schedule)
      expect(isSchedule(schedule)).toBe(true)
    }
    expect(new Set(SCHEDULES.map(scheduleText)).size).toBe(37)
    for (const text of [
      "",
      "weekly",
      "weekly:sun",
      "monthly:0",
      "monthly:29",
    ]) {
      expect(parseSchedule(text)).toBeNull()
    }
    for (const value of [
      null,
      "weekly",
      { weekly: "mon" },
      { monthly: 29 },
      { monthly: "1" },
      { weekly: "monday", monthly: 1 },
    ]) {
      expect(isSchedule(value)).toBe(false)
    }
  })

  it("stands in a column as", () => {
    expect(
      (
        [
          "immediate",
          "daily",
          { weekly: "monday" },
          { monthly: 15 },
        ] satisfies Schedule[]
      ).map(scheduleText)
    ).toEqual(["immediate", "daily", "weekly:monday", "monthly:15"])
  })

  it("is told in words", () => {
    expect(scheduleWords({ weekly: "monday" })).toBe("every Monday")
    expect(scheduleWords({ monthly: 15 })).toBe("on day 15 of every month")
    expect(scheduleWords("daily")).toBe("every day")
    expect(scheduleWords("immediate")).toBe("at once")
    expect(momentWords(at("2026-03-02T05:00Z"), BERLIN)).toMatch(
      /^Monday,? 2 March 2026 at 06:00 \(Europe\/Berlin\)$/
    )
  })
})

it("knows the zones of this runtime", () => {
  expect(["UTC", "Europe/Berlin"].every(isTimezone)).toBe(true)
  expect(isTimezone("Mars/Olympus")).toBe(false)
})
