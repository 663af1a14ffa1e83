const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Pauses between the look-ups of one unknown period; the last one repeats. */
export const LOOKUP_DELAYS_MS: readonly number[] = [
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  HOUR_MS,
]

/** A load may be missing from MassPay's list for this long after it was made. */
export const VISIBILITY_DELAY_MS = 2 * MINUTE_MS

/** Two not-founds prove something only when they are at least this far apart. */
export const NOT_FOUND_GAP_MS = 10 * MINUTE_MS

/** MassPay forgets a key after 24 h; we trust it an hour less. */
export const KEY_TRUSTED_MS = 23 * HOUR_MS

/** Limits of one unknown period; whichever is reached first hands it to a person. */
export const UNKNOWN_PERIOD_MAX_MS = 72 * HOUR_MS
export const AMBIGUOUS_ATTEMPTS_MAX = 12
export const ROTATIONS_MAX = 2

/** How often something that waits on MassPay alone is looked at again. */
export const IDLE_LOOKUP_MS = HOUR_MS
export const LOOKUP_DELAY_MAX_MS = 24 * HOUR_MS
export const LOOKUP_DELAY_MIN_MS = 1_000

/**
 * The pause before the next look-up, from how long the outcome has been unknown:
 * looked at after 2, then 5, 10 and 20 minutes, then hourly. Derived from the
 * age, so nothing has to be counted.
 */
export function lookupDelay(
  elapsed_ms: number,
  delays_ms: readonly number[] = LOOKUP_DELAYS_MS
): number {
  let reached_ms = 0
  for (const delay_ms of delays_ms) {
    reached_ms += delay_ms
    if (elapsed_ms < reached_ms) return delay_ms
  }
  return delays_ms[delays_ms.length - 1] ?? HOUR_MS
}
