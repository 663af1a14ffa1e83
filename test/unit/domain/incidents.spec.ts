import {
  ALARM_AFTER,
  closesAfter,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  isJobOverdue,
  type JobRun,
  runbookPage,
  TOLD_BY_THEIR_OWN,
} from "../../../src/domain/incidents"

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const NOW = new Date("2026-03-01T12:00:00.000Z")
const ago = (ms: number) => new Date(NOW.getTime() - ms)

describe("an alarm", () => {
  it("has a stable name, and is open or closed", () => {
    expect([...INCIDENT_KINDS].sort()).toEqual([
      "circuit_open",
      "discrepancy",
      "dispatch_stopped",
      "funding_low",
      "invariant_broken",
      "job_overdue",
      "payout_flipped",
      "payout_parked",
      "payout_unknown",
      "payout_waiting",
      "reconcile_overdue",
      "restore_waiting",
      "webhooks_rejected",
      "webhooks_silent",
    ])
    expect(INCIDENT_STATES).toEqual(["open", "closed"])
  })

  it("names the page of the runbook that bears its name", () => {
    expect(runbookPage("funding_low")).toBe("docs/runbook/funding_low.md")
  })

  it("is told by a mail of its own only where a payout is parked or flipped", () => {
    expect([...TOLD_BY_THEIR_OWN].sort()).toEqual([
      "payout_flipped",
      "payout_parked",
    ])
  })

  it("ends a quarter of an hour after its cause where that goes to and fro, else at once", () => {
    const toAndFro = INCIDENT_KINDS.filter((kind) => closesAfter(kind) > 0)

    expect([...toAndFro].sort()).toEqual([
      "circuit_open",
      "funding_low",
      "payout_waiting",
      "webhooks_rejected",
      "webhooks_silent",
    ])
    for (const kind of INCIDENT_KINDS) {
      expect(closesAfter(kind)).toBe(
        toAndFro.includes(kind) ? 15 * MINUTE_MS : 0
      )
    }
  })

  it("wakes nobody before it is worth it", () => {
    expect(ALARM_AFTER).toEqual({
      unknown_ms: 2 * HOUR_MS,
      waiting_ms: 15 * MINUTE_MS,
      circuit_open_ms: 10 * MINUTE_MS,
      webhooks_silent_ms: 6 * HOUR_MS,
      webhooks_missed: 5,
      webhooks_rejected: 5,
      webhooks_rejected_share: 0.05,
      funding_ms: 24 * HOUR_MS,
      reconcile_ms: 2 * HOUR_MS,
    })
  })
})

describe("a job", () => {
  const isOverdue = (run: Partial<JobRun>, interval_ms = MINUTE_MS) =>
    isJobOverdue(
      {
        since: ago(100 * HOUR_MS),
        started_at: null,
        finished_at: null,
        ...run,
      },
      { now: NOW, interval_ms }
    )

  it("that runs often is overdue after more than ten minutes", () => {
    expect(isOverdue({ finished_at: ago(10 * MINUTE_MS) })).toBe(false)
    expect(isOverdue({ finished_at: ago(10 * MINUTE_MS + 1) })).toBe(true)
  })

  it("that runs seldom is overdue after more than five of its intervals", () => {
    expect(isOverdue({ finished_at: ago(5 * HOUR_MS) }, HOUR_MS)).toBe(false)
    expect(isOverdue({ finished_at: ago(5 * HOUR_MS + 1) }, HOUR_MS)).toBe(true)
  })

  it("that never ended is waited for from when it was first expected", () => {
    expect(isOverdue({ since: ago(10 * MINUTE_MS) })).toBe(false)
    expect(isOverdue({ since: ago(10 * MINUTE_MS + 1) })).toBe(true)
  })

  it("is not overdue for the time in which nobody waited for it", () => {
    const since = ago(MINUTE_MS)
    expect(isOverdue({ since, finished_at: ago(50 * HOUR_MS) })).toBe(false)
  })

  it("that is at it may take two hours, and no longer", () => {
    const finished_at = ago(50 * HOUR_MS)
    expect(isOverdue({ finished_at, started_at: ago(2 * HOUR_MS) })).toBe(false)
    expect(isOverdue({ finished_at, started_at: ago(2 * HOUR_MS + 1) })).toBe(
      true
    )
  })
})
