import { problemWithDays, windowOf } from "../../../src/domain/reconcile-window"

const now = new Date("2026-03-01T23:59:59Z")

it.each([
  ["sweep", "2026-03-01", "2026-02-27"],
  ["sweep", "2026-02-20", "2026-02-18"],
  ["sweep", null, "2026-01-25"],
  ["sweep_long", "2026-03-01", "2026-01-25"],
  // A clock that was ahead when the last one ran.
  ["sweep", "2026-03-09", "2026-03-01"],
] as const)("a %s after %s reads from %s", (kind, watermark, from_date) => {
  expect(windowOf(kind, { now, watermark })).toEqual({
    from_date,
    to_date: "2026-03-01",
  })
})

it.each([
  ["2026-02-01", "2026-03-01", null],
  ["2026-03-01", "2026-03-01", null],
  ["2025-03-01", "2026-03-01", null],
  ["2025-02-28", "2026-03-01", "367 days are too many at once: at most 366"],
  [
    "2026-03-02",
    "2026-03-01",
    "The first day, 2026-03-02, comes after the last one, 2026-03-01",
  ],
  [
    "2026-03-01",
    "2026-03-02",
    "The last day, 2026-03-02, lies ahead: today is 2026-03-01 in UTC",
  ],
  [
    "2026-02-30",
    "2026-03-01",
    '"2026-02-30" is no day of the calendar: give it as YYYY-MM-DD',
  ],
  [
    "2026-2-3",
    "2026-03-01",
    '"2026-2-3" is no day of the calendar: give it as YYYY-MM-DD',
  ],
  [
    "2026-13-01",
    "2026-03-01",
    '"2026-13-01" is no day of the calendar: give it as YYYY-MM-DD',
  ],
  [
    "2026-02-01",
    "2026-03-01T00",
    '"2026-03-01T00" is no day of the calendar: give it as YYYY-MM-DD',
  ],
])("from %s to %s: %s", (from_date, to_date, problem) => {
  expect(problemWithDays({ from_date, to_date }, now)).toBe(problem)
})
