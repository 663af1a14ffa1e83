const SECOND_MS = 1_000

/** How far back calls are looked at. */
export const CIRCUIT_WINDOW_MS = 30 * SECOND_MS
/** Fewer calls than this prove nothing. */
export const CIRCUIT_CALLS_MIN = 20
const CIRCUIT_FAILURE_SHARE = 0.5
/** Between two probes of an open circuit, in all processes together. */
export const PROBE_GAP_MS = 10 * SECOND_MS

/** Why nothing is sent: MassPay does not work, or does not accept our key. */
export type CircuitReason = "failures" | "auth"

/**
 * The calls of the last 30 seconds, counted by the second: a bound on memory,
 * whatever the rate. A failure is a call without an answer or with a 5xx;
 * every other answer shows that MassPay works.
 */
export type CallWindow = readonly {
  second: number
  calls: number
  failures: number
}[]

/** `at_ms` only moves forward. Calls that left the window are dropped. */
export function countCall(
  window: CallWindow,
  { at_ms, is_failure }: { at_ms: number; is_failure: boolean }
): CallWindow {
  const second = Math.floor(at_ms / SECOND_MS)
  const kept = window.filter((row) => isWithin(row.second, at_ms))
  const last = kept.find((row) => row.second === second)
  return [
    ...kept.filter((row) => row !== last),
    {
      second,
      calls: (last?.calls ?? 0) + 1,
      failures: (last?.failures ?? 0) + (is_failure ? 1 : 0),
    },
  ]
}

export function shouldOpen(window: CallWindow, at_ms: number): boolean {
  let calls = 0
  let failures = 0
  for (const row of window) {
    if (!isWithin(row.second, at_ms)) continue
    calls += row.calls
    failures += row.failures
  }
  return calls >= CIRCUIT_CALLS_MIN && failures >= calls * CIRCUIT_FAILURE_SHARE
}

/** Whole seconds: the first one leaves the window as soon as a part of it does. */
function isWithin(second: number, at_ms: number): boolean {
  return second * SECOND_MS > at_ms - CIRCUIT_WINDOW_MS
}
