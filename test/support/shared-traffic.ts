import { PROBE_GAP_MS } from "../../src/domain/circuit"
import {
  afterClean,
  afterThrottled,
  capOf,
  initialRate,
  LANE_SHARES,
  pauseOf,
  rateOf,
  type RateState,
  refill,
  type TrafficLane,
} from "../../src/domain/traffic"
import type { SharedTraffic } from "../../src/runners/traffic"

/**
 * What the books keep for all processes, kept in memory by the same rules, on a
 * clock of the test's. test/module/traffic.spec.ts holds the books against it.
 */
export function sharedInMemory({
  now,
  max_rate,
}: {
  now: () => number
  max_rate: number
}): SharedTraffic & { rate: () => number; isOpen: () => boolean } {
  let state = initialRate({ now: now(), max_rate })
  let circuit = {
    is_open: false,
    probe_at: 0,
    owner: null as string | null,
    until: 0,
  }
  const change = (next: RateState, at: number) => {
    const from = rateOf(state, at)
    state = next
    return { from, to: rateOf(next, at) }
  }
  return {
    rate: () => rateOf(state, max_rate),
    isOpen: () => circuit.is_open,
    async takeTokens(ask) {
      const { is_open } = circuit
      const taken = takeFrom(state, { ...ask, now: now(), is_open })
      state = taken.state
      return { ...taken.answer, is_open }
    },
    async noteThrottled(call) {
      const at = now()
      const next = afterThrottled(state, { ...call, now: at })
      const pause_ms = Math.max(0, pauseOf(next, at) - at)
      return { ...change(next, call.max_rate), pause_ms }
    },
    async noteClean(call) {
      return change(afterClean(state, { ...call, now: now() }), call.max_rate)
    },
    async openCircuit() {
      if (circuit.is_open) return false
      const probe_at = now() + PROBE_GAP_MS
      circuit = { is_open: true, probe_at, owner: null, until: 0 }
      return true
    },
    async claimProbe({ owner, lease_ms }) {
      const at = now()
      const isFree = circuit.owner === null || circuit.until <= at
      if (!circuit.is_open || circuit.probe_at > at || !isFree) return false
      circuit = {
        is_open: true,
        probe_at: at + PROBE_GAP_MS,
        owner,
        until: at + lease_ms,
      }
      return true
    },
    async giveProbeBack({ owner }) {
      if (circuit.owner === owner) circuit.owner = null
    },
    async closeCircuit({ owner }) {
      if (!circuit.is_open || circuit.owner !== owner) return false
      circuit = { is_open: false, probe_at: 0, owner: null, until: 0 }
      return true
    },
  }
}

type Taken = {
  state: RateState
  answer: { granted: number; wait_ms: number; rate: number }
}

/** What `takeTokens` of the books does, after `refill`. */
export function takeFrom(
  before: RateState,
  {
    lane,
    wanted,
    ...at
  }: {
    lane: TrafficLane
    wanted: number
    max_rate: number
    now: number
    is_open: boolean
  }
): Taken {
  const state = refill(before, at)
  const rate = rateOf(state, at.max_rate)
  const pause_ms = Math.max(0, pauseOf(state, at.now) - at.now)
  const own = state.tokens[lane]
  const granted =
    at.is_open || pause_ms > 0
      ? 0
      : Math.max(0, Math.min(wanted, Math.floor(own + 1e-6)))
  return {
    state: { ...state, tokens: { ...state.tokens, [lane]: own - granted } },
    answer: {
      granted,
      rate,
      wait_ms:
        granted > 0 || at.is_open ? 0 : pause_ms || toNext(state, lane, rate),
    },
  }
}

function toNext(state: RateState, lane: TrafficLane, rate: number): number {
  const other = lane === "dispatch" ? "lookup" : "dispatch"
  const isOtherFull = state.tokens[other] >= capOf(other, rate)
  const part = isOtherFull ? 1 : LANE_SHARES[lane]
  return Math.max(
    1,
    Math.ceil((1000 * (1 - state.tokens[lane])) / (rate * part))
  )
}
