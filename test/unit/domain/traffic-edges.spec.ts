import {
  afterClean,
  afterThrottled,
  CLEAN_MS,
  HALVING_GRACE_MS,
  initialRate,
  PAUSE_MAX_MS,
  rateOf,
  type RateState,
  refill,
} from "../../../src/domain/traffic"

const NOW = 1_800_000_000_000
const MAX = { max_rate: 100 }
const EMPTY = { dispatch: 0, lookup: 0 }

function aState(overrides: Partial<RateState> = {}): RateState {
  return { ...initialRate({ now: NOW, ...MAX }), ...overrides }
}

function throttled(overrides: Partial<RateState>, now = NOW): RateState {
  return afterThrottled(aState(overrides), {
    now,
    ...MAX,
    retry_after_ms: undefined,
  })
}

function clean(overrides: Partial<RateState>, now = NOW): RateState {
  return afterClean(aState(overrides), { now, ...MAX })
}

describe("tokens", () => {
  it("are not added for the time of a pause that is still running", () => {
    const paused = aState({ tokens: EMPTY, paused_until: NOW + PAUSE_MAX_MS })

    expect(refill(paused, { now: NOW, ...MAX }).tokens).toEqual(EMPTY)
    expect(
      refill({ ...paused, paused_until: NOW + 100 }, { now: NOW + 200, ...MAX })
        .tokens.dispatch
    ).toBeCloseTo(7.5)
  })

  it("are added as if there were no pause where it reaches further than any can", () => {
    const state = aState({
      tokens: EMPTY,
      refilled_at: NOW - 100,
      paused_until: NOW + PAUSE_MAX_MS + 1,
    })

    expect(refill(state, { now: NOW, ...MAX }).tokens.dispatch).toBeCloseTo(7.5)
    expect(
      refill(
        { ...state, paused_until: NOW + PAUSE_MAX_MS },
        { now: NOW, ...MAX }
      ).tokens.dispatch
    ).toBe(0)
  })
})

describe("the moment of a 429", () => {
  it("lasts as long as the grace, from the halving on", () => {
    const slowed_at = NOW

    expect(throttled({ slowed_at }).rate).toBeNull()
    expect(throttled({ slowed_at }, NOW + HALVING_GRACE_MS - 1).rate).toBeNull()
    expect(throttled({ slowed_at }, NOW + HALVING_GRACE_MS).rate).toBe(50)
  })

  it("is another one where the clock was set back behind the halving", () => {
    expect(throttled({ slowed_at: NOW + 1 }).rate).toBe(50)
    expect(throttled({ slowed_at: NOW + PAUSE_MAX_MS }).rate).toBe(50)
  })

  it("falls further below a rate that single steps did not reach", () => {
    expect(throttled({ rate: 20, quick_to: 20 }).quick_to).toBeCloseTo(18)
    expect(throttled({ rate: 19, quick_to: 20 }).quick_to).toBeCloseTo(17.1)
    expect(throttled({ rate: 21, quick_to: 20 }).quick_to).toBeCloseTo(19.95)
    expect(throttled({ rate: 20, quick_to: null }).quick_to).toBeCloseTo(18)
  })
})

describe("clean answers", () => {
  it("change nothing where nothing bounds the rate but the options", () => {
    const state = aState({ clean_since: NOW - CLEAN_MS })

    expect(afterClean(state, { now: NOW, ...MAX })).toBe(state)
  })

  it("change nothing before the rate may grow", () => {
    const state = aState({ rate: 50, quick_to: 40, clean_since: NOW - 1 })

    expect(afterClean(state, { now: NOW, ...MAX })).toBe(state)
  })

  it("begin their time anew where it begins later than any pause ends", () => {
    const since = (clean_since: number) => ({
      rate: 50,
      quick_to: 40,
      clean_since,
    })

    expect(clean(since(NOW + PAUSE_MAX_MS + 1))).toEqual(
      aState({ ...since(NOW) })
    )
    expect(clean(since(NOW + PAUSE_MAX_MS)).clean_since).toBe(
      NOW + PAUSE_MAX_MS
    )
  })

  it("forget a rate that has reached what the options allow", () => {
    const since = { quick_to: 90, clean_since: NOW - CLEAN_MS }

    expect(clean({ ...since, rate: 98 }).rate).toBe(99)
    expect(clean({ ...since, rate: 99 }).rate).toBeNull()
    expect(clean({ rate: 100, quick_to: 90, clean_since: NOW }).rate).toBeNull()
    expect(
      rateOf(clean({ rate: 500, quick_to: 90, clean_since: NOW }), 100)
    ).toBe(100)
  })

  it("count the tokens up to now at the old rate before it grows", () => {
    const grown = clean({
      rate: 50,
      quick_to: 40,
      clean_since: NOW - CLEAN_MS,
      refilled_at: NOW - 100,
      tokens: EMPTY,
    })

    expect(grown).toMatchObject({ rate: 51, refilled_at: NOW })
    expect(grown.tokens.dispatch).toBeCloseTo(3.75)
    expect(grown.tokens.lookup).toBeCloseTo(1.25)
  })
})
