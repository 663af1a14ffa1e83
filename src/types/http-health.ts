/** Whether payouts work. Times are ISO 8601 strings in UTC, ages whole seconds. */
import type { CircuitReason } from "../domain/circuit"
import type { HealthReason, HealthStatus } from "../domain/health"
import type { OverviewJob } from "./http-overview"

export type { HealthReason, HealthStatus }

/** `GET /masspay/health`, for whoever asks. `down` is answered with 503. */
export type HealthResponse = { status: HealthStatus }

/** What waits, and for how long the oldest of it has. */
export type HealthBacklog = { count: number; oldest_seconds: number | null }

/** `GET /admin/masspay/health` */
export type AdminHealth = {
  status: HealthStatus
  /** Why it is not `ok`. */
  reasons: HealthReason[]
  as_of: string
  circuit: {
    state: "closed" | "open"
    reason: CircuitReason | null
    opened_at: string | null
  }
  /** Requests per second of all processes together, now and at most; `paused_until`: MassPay asked for it. */
  rate: {
    per_second: number
    max_per_second: number
    paused_until: string | null
  }
  dispatch: { stopped: boolean; reason: string | null; since: string | null }
  /** The database is another one since then; vendors whose payments are still to be read. */
  restore: { waiting_since: string | null; payees_left: number }
  payouts: Record<
    "pending" | "ready" | "sending" | "unknown" | "blocked" | "needs_review",
    HealthBacklog
  >
  /** Events to publish, webhooks to look into, people to tell. */
  outbox: HealthBacklog
  webhooks: HealthBacklog
  notifications: HealthBacklog
  jobs: OverviewJob[]
  invariants: {
    checked_at: string | null
    results: { id: string; holds: boolean; violations: number }[]
  }
  /** Incidents that are open. */
  incidents: number
}
export type AdminHealthResponse = { health: AdminHealth }
