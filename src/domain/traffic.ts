const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** Sends and look-ups each have a part of the rate that the other cannot use up. */
export const TRAFFIC_LANES = ["dispatch", "lookup"] as const
export type TrafficLane = (typeof TRAFFIC_LANES)[number]
export const LANE_SHARES: Readonly<Record<TrafficLane, number>> = {
  dispatch: 0.75,
  lookup: 0.25,
}

/** What may have gathered while nobody sent, as seconds of the rate. At least one request per lane. */
export const BURST_SECONDS = 0.5
/** However often MassPay says "slow down": with less than this nothing would be seen to move. */
export const RATE_MIN = 1
/** A longer pause is not honoured, and a later one can only come from a clock that was set back. */
export const PAUSE_MAX_MS = 15 * MINUTE_MS
/** The pause where MassPay named none, or a shorter one. */
export const PAUSE_MIN_MS = SECOND_MS
/** Answers to what had left before the rate was halved say nothing about the half. */
export const HALVING_GRACE_MS = 2 * SECOND_MS
/** After this long without a 429 the rate grows by one. */
export const CLEAN_MS = MINUTE_MS
/** After this long without a 429 a halved rate returns to below where it was too high. */
export const RECOVERY_MS = 2 * SECOND_MS
/** How far below, after a rate that was found by single steps, and after one that was a guess. */
const BELOW_STEPPED = 0.95
const BELOW_GUESSED = 0.9

/** What all processes share about the rate towards MassPay. Times are milliseconds of the books' clock. */
export type RateState = {
  /** Requests per second; `null` when nothing but the options bounds them. */
  rate: number | null
  /** Up to here a halved rate grows back at once; `null` before the first 429. */
  quick_to: number | null
  tokens: Readonly<Record<TrafficLane, number>>
  refilled_at: number
  /** Nothing is sent before. */
  paused_until: number
  /** The latest halving. */
  slowed_at: number
  /** No 429 since. */
  clean_since: number
}

type At = {
  now: number
  /** What the options allow, requests per second. */
  max_rate: number
}

export function initialRate({ now, max_rate }: At): RateState {
  return {
    rate: null,
    quick_to: null,
    tokens: {
      dispatch: capOf("dispatch", max_rate),
      lookup: capOf("lookup", max_rate),
    },
    refilled_at: now,
    paused_until: 0,
    slowed_at: 0,
    clean_since: now,
  }
}

/** Requests per second at the moment. Never above what the options allow. */
export function rateOf(
  { rate }: Pick<RateState, "rate">,
  max_rate: number
): number {
  return Math.min(rate ?? max_rate, max_rate)
}

/** The most tokens that a lane can hold. */
export function capOf(lane: TrafficLane, rate: number): number {
  return Math.max(1, rate * BURST_SECONDS * LANE_SHARES[lane])
}

/** When the pause that MassPay asked for ends; 0 without one. */
export function pauseOf({ paused_until }: RateState, now: number): number {
  return paused_until > now && paused_until <= now + PAUSE_MAX_MS
    ? paused_until
    : 0
}

/**
 * Adds the tokens of the time that has passed, none for a pause. What one lane
 * cannot hold goes to the other: a lane alone has the whole rate, and two busy
 * ones have their shares. A clock that was set back costs the tokens of the
 * time in between and nothing else.
 */
export function refill(state: RateState, { now, max_rate }: At): RateState {
  const rate = rateOf(state, max_rate)
  const from = Math.max(state.refilled_at, ended(state.paused_until, now))
  const added = (Math.max(0, now - from) / SECOND_MS) * rate
  const cap = {
    dispatch: capOf("dispatch", rate),
    lookup: capOf("lookup", rate),
  }
  const full = {
    dispatch: state.tokens.dispatch + added * LANE_SHARES.dispatch,
    lookup: state.tokens.lookup + added * LANE_SHARES.lookup,
  }
  return {
    ...state,
    refilled_at: now,
    tokens: {
      dispatch: Math.min(
        cap.dispatch,
        full.dispatch + Math.max(0, full.lookup - cap.lookup)
      ),
      lookup: Math.min(
        cap.lookup,
        full.lookup + Math.max(0, full.dispatch - cap.dispatch)
      ),
    },
  }
}

/** A pause still running adds nothing either: the refill starts where it ends. */
function ended(paused_until: number, now: number): number {
  return paused_until <= now + PAUSE_MAX_MS ? paused_until : 0
}

/**
 * After a 429: nothing is sent until the pause is over, and then at half the
 * rate. Several 429 of one moment halve it once.
 */
export function afterThrottled(
  state: RateState,
  { retry_after_ms, ...at }: At & { retry_after_ms: number | undefined }
): RateState {
  const { now, max_rate } = at
  const pause_ms = Math.min(
    Math.max(retry_after_ms ?? 0, PAUSE_MIN_MS),
    PAUSE_MAX_MS
  )
  const isSameMoment =
    pauseOf(state, now) > 0 ||
    (now >= state.slowed_at && now - state.slowed_at < HALVING_GRACE_MS)
  const paused_until = Math.max(pauseOf(state, now), now + pause_ms)
  const paused: RateState = {
    ...state,
    tokens: { dispatch: 0, lookup: 0 },
    refilled_at: now,
    paused_until,
    clean_since: paused_until,
  }
  if (isSameMoment) return paused
  const failed = rateOf(state, max_rate)
  const isStepped = state.quick_to !== null && failed > state.quick_to
  return {
    ...paused,
    rate: Math.max(RATE_MIN, failed / 2),
    quick_to: Math.max(
      RATE_MIN,
      failed * (isStepped ? BELOW_STEPPED : BELOW_GUESSED)
    ),
    slowed_at: now,
  }
}

/**
 * After answers without a 429. A halved rate first returns to a little below
 * where it was too high: from the half, steps of one a minute would leave a
 * quarter of what MassPay allows unused. From there it grows by one a minute.
 */
export function afterClean(state: RateState, { now, max_rate }: At): RateState {
  if (state.rate === null) return state
  const rate = rateOf(state, max_rate)
  const quick_to = state.quick_to ?? 0
  // Seen from before its beginning, the clean time counts anew.
  if (state.clean_since > now + PAUSE_MAX_MS)
    return { ...state, clean_since: now }
  const clean_ms = now - state.clean_since
  const grown =
    rate < quick_to && clean_ms >= RECOVERY_MS
      ? quick_to
      : clean_ms >= CLEAN_MS
        ? rate + 1
        : rate
  if (grown === rate && rate < max_rate) return state
  const refilled = refill(state, { now, max_rate })
  return {
    ...refilled,
    rate: grown >= max_rate ? null : grown,
    clean_since: now,
  }
}
