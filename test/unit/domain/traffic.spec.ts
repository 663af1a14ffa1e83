import fc from "fast-check"

import {
  afterClean,
  afterThrottled,
  capOf,
  CLEAN_MS,
  HALVING_GRACE_MS,
  initialRate,
  PAUSE_MAX_MS,
  PAUSE_MIN_MS,
  pauseOf,
  RATE_MIN,
  rateOf,
  type RateState,
  RECOVERY_MS,
  refill,
  TRAFFIC_LANES,
} from "../../../src/domain/traffic"
import { takeFrom } from "../../support/shared-traffic"

const NOW = 1_800_000_000_000

function aState(overrides: Partial<RateState> = {}): RateState {
  return { ...initialRate({ now: NOW, max_rate: 100 }), ...overrides }
}
const throttle = (
  state: RateState,
  now: number,
  retry_after_ms?: number
): RateState => afterThrottled(state, { now, max_rate: 100, retry_after_ms })
const clean = (state: RateState, now: number): RateState =>
  afterClean(state, { now, max_rate: 100 })

describe("the bucket", () => {
  it("never hands out more than the rate and one burst, however it is asked", () => {
    const ask = fc.record({
      after_ms: fc.integer({ min: 0, max: 3_000 }),
      lane: fc.constantFrom(...TRAFFIC_LANES),
      wanted: fc.integer({ min: 0, max: 50 }),
    })
    fc.assert(
      fc.property(
        fc.array(ask, { maxLength: 100 }),
        fc.integer({ min: 1, max: 200 }),
        (asks, max_rate) => {
          let state = initialRate({ now: NOW, max_rate })
          let now = NOW
          let granted = 0
          for (const { after_ms, lane, wanted } of asks) {
            now += after_ms
            const taken = takeFrom(state, {
              lane,
              wanted,
              now,
              max_rate,
              is_open: false,
            })
            state = taken.state
            granted += taken.answer.granted
            expect(taken.answer.granted).toBeLessThanOrEqual(wanted)
          }
          const burst = TRAFFIC_LANES.reduce(
            (sum, lane) => sum + capOf(lane, max_rate),
            0
          )
          const most = burst + ((now - NOW) / 1_000) * max_rate
          expect(granted).toBeLessThanOrEqual(most + 1e-3)
        }
      )
    )
  })

  it.each(TRAFFIC_LANES)("gives a lane alone the whole rate: %s", (lane) => {
    expect(drain([lane], { max_rate: 10, seconds: 100 })[lane]).toBeCloseTo(
      1000,
      -1
    )
  })

  it.each([1, 10, 300])(
    "gives each of two busy lanes its share at %i per second",
    (max_rate) => {
      const got = drain(TRAFFIC_LANES, { max_rate, seconds: 200 })

      expect(got.dispatch / (200 * max_rate)).toBeCloseTo(0.75, 1)
      expect(got.lookup / (200 * max_rate)).toBeCloseTo(0.25, 1)
    }
  )

  it("has a token when the wait it names is over", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TRAFFIC_LANES),
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 3_000, noNaN: true }),
        (lane, max_rate, dispatch, lookup) => {
          const state = aState({
            tokens: {
              dispatch,
              lookup: Math.min(lookup, capOf("lookup", max_rate)),
            },
          })
          const ask = { lane, wanted: 1, max_rate, is_open: false }
          const first = takeFrom(state, { ...ask, now: NOW })
          if (first.answer.granted > 0) return
          const now = NOW + first.answer.wait_ms
          expect(takeFrom(first.state, { ...ask, now }).answer.granted).toBe(1)
        }
      )
    )
  })

  it("loses nothing but time when the clock is set back", () => {
    const state = refill(aState(), { now: NOW - 3_600_000, max_rate: 100 })
    const later = refill(
      { ...state, tokens: { dispatch: 0, lookup: 0 } },
      { now: NOW - 3_599_900, max_rate: 100 }
    )

    expect(later.tokens.dispatch).toBeCloseTo(7.5)
  })
})

describe("after a 429", () => {
  it("halves the rate, empties the bucket and pauses as long as asked", () => {
    const state = throttle(aState(), NOW, 7_000)

    expect(rateOf(state, 100)).toBe(50)
    expect(state.tokens).toEqual({ dispatch: 0, lookup: 0 })
    expect(pauseOf(state, NOW)).toBe(NOW + 7_000)
    expect(refill(state, { now: NOW + 7_000, max_rate: 100 }).tokens).toEqual({
      dispatch: 0,
      lookup: 0,
    })
  })

  it.each([
    [undefined, PAUSE_MIN_MS],
    [0, PAUSE_MIN_MS],
    [-5, PAUSE_MIN_MS],
    [PAUSE_MAX_MS + 1, PAUSE_MAX_MS],
    [Number.MAX_SAFE_INTEGER, PAUSE_MAX_MS],
  ])("asked for %p ms it pauses for %p", (asked, paused) => {
    const until = pauseOf(throttle(aState(), NOW, asked), NOW)

    expect(until === 0 ? 0 : until - NOW).toBe(paused)
  })

  it("halves once for what had left before, and keeps the longest pause", () => {
    const first = throttle(aState(), NOW, 5_000)
    const second = throttle(first, NOW + 4_000, 0)
    const third = throttle(aState({ slowed_at: NOW }), NOW + 1)

    expect(rateOf(second, 100)).toBe(50)
    expect(second.paused_until).toBe(NOW + 5_000)
    expect(third.rate).toBeNull()
    expect(rateOf(throttle(second, NOW + 5_000), 100)).toBe(25)
  })

  it("never falls below one per second, nor rises by a 429", () => {
    let state = aState()
    for (let n = 0; n < 20; n += 1) {
      const before = rateOf(state, 100)
      state = throttle(state, NOW + n * (HALVING_GRACE_MS + 1_000), 0)
      expect(rateOf(state, 100)).toBeLessThanOrEqual(before)
      expect(rateOf(state, 100)).toBeGreaterThanOrEqual(RATE_MIN)
    }
    expect(rateOf(state, 100)).toBe(RATE_MIN)
  })

  it("is no longer paused by a time that no pause reaches", () => {
    const state = aState({ paused_until: NOW + PAUSE_MAX_MS + 1 })

    expect(pauseOf(state, NOW)).toBe(0)
  })
})

describe("without a 429", () => {
  it("returns to below what was too high, and then grows by one a minute up to the options", () => {
    let state = throttle(aState({ rate: 98 }), NOW)
    expect(rateOf(state, 100)).toBe(49)

    let now = NOW + PAUSE_MIN_MS + RECOVERY_MS
    state = clean(state, now - 1)
    expect(rateOf(state, 100)).toBe(49)
    state = clean(state, now)
    expect(rateOf(state, 100)).toBeCloseTo(88.2)
    for (let minutes = 1; minutes <= 11; minutes += 1) {
      expect(clean(state, now + CLEAN_MS - 1)).toEqual(state)
      now += CLEAN_MS
      state = clean(state, now)
      expect(rateOf(state, 100)).toBeCloseTo(88.2 + minutes)
    }
    state = clean(state, now + CLEAN_MS)
    expect(state.rate).toBeNull()
  })

  it("falls less below a rate that was reached by steps", () => {
    const state = throttle(aState({ rate: 21, quick_to: 19 }), NOW, 0)

    expect(state.quick_to).toBeCloseTo(21 * 0.95)
  })

  it("follows options that were lowered or raised", () => {
    expect(rateOf(aState(), 7)).toBe(7)
    expect(rateOf(aState(), 900)).toBe(900)
    expect(rateOf(aState({ rate: 50 }), 7)).toBe(7)
    expect(rateOf(aState({ rate: 50 }), 900)).toBe(50)
  })
})

/** Asks for as much as it can get, every 50 ms. */
function drain(
  lanes: readonly (typeof TRAFFIC_LANES)[number][],
  { max_rate, seconds }: { max_rate: number; seconds: number }
) {
  const got = { dispatch: 0, lookup: 0 }
  let state = initialRate({ now: NOW, max_rate })
  for (let now = NOW; now < NOW + seconds * 1_000; now += 50) {
    for (const lane of lanes) {
      const ask = { lane, wanted: 1_000, now, max_rate, is_open: false }
      const taken = takeFrom(state, ask)
      state = taken.state
      got[lane] += taken.answer.granted
    }
  }
  return got
}
