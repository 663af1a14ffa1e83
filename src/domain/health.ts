/** `degraded`: payouts wait, or somebody has to look; nothing is lost. `down`: the books do not answer. */
export type HealthStatus = "ok" | "degraded" | "down"

export type HealthReason =
  | "circuit_open"
  | "key_refused"
  | "dispatch_stopped"
  | "restore_waiting"
  | "invariant_broken"
  | "watch_overdue"

/** What the control rows say. */
export type HealthFacts = {
  is_circuit_open: boolean
  is_key_refused: boolean
  is_stopped: boolean
  is_restored: boolean
  is_broken: boolean
  /** Milliseconds since the watch last ran to its end; `null`: it never did. */
  watched_ms: number | null
}

/** The watch runs every minute; without it nobody is told of anything. */
const WATCH_OVERDUE_MS = 10 * 60_000

/** Why payouts do not work as they should. */
export function healthReasons(facts: HealthFacts): HealthReason[] {
  const reasons: [boolean, HealthReason][] = [
    [facts.is_circuit_open, "circuit_open"],
    [facts.is_key_refused, "key_refused"],
    [facts.is_stopped, "dispatch_stopped"],
    [facts.is_restored, "restore_waiting"],
    [facts.is_broken, "invariant_broken"],
    [
      facts.watched_ms !== null && facts.watched_ms > WATCH_OVERDUE_MS,
      "watch_overdue",
    ],
  ]
  return reasons.filter(([is]) => is).map(([, reason]) => reason)
}
