import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

import {
  type CallWindow,
  type CircuitReason,
  countCall,
  shouldOpen,
} from "../domain/circuit"
import {
  afterSuccess,
  RETRY_BUDGET,
  type RetryAfter,
  spendRetry,
} from "../domain/retry-budget"
import type { TrafficLane } from "../domain/traffic"
import {
  claimProbe,
  closeCircuit,
  giveProbeBack,
  openCircuit,
} from "../modules/masspay/queries/circuit"
import type { Db } from "../modules/masspay/queries/db"
import {
  noteClean,
  noteThrottled,
  takeTokens,
} from "../modules/masspay/queries/traffic"
import {
  type CallResult,
  callResultOf,
  SUCCEEDED,
} from "../modules/masspay-gateway/call-result"
import type { Wire } from "../modules/masspay-gateway/types"
import type { RunnerTraffic } from "./deps"
import { errorFields, type Log } from "./log"

/** What stands between the runners and MassPay, so that neither is run over. One per process. */
export type Traffic = {
  /**
   * How many requests of `lane` may leave now, at most `wanted`. 0 while the
   * circuit is open, while MassPay asked for a pause, and when no token came in
   * a bounded time: then end the run, the next one goes on. Throws only when
   * the database cannot be reached.
   */
  admit(wanted: number, lane: TrafficLane): Promise<number>
  /** Admitted and not needed: they are used first when this lane asks again soon. */
  giveBack(unused: number, lane: TrafficLane): void
  /**
   * Whether the budget covers a repeat; then it has been paid for. Ask before
   * a repeat only: first attempts are always allowed.
   */
  mayRetry(after?: RetryAfter): boolean
  /** Whether the budget would cover a repeat. Takes nothing. */
  couldRetry(): boolean
  /** What came of one request that was admitted. Never throws. */
  report(call: { lane: TrafficLane; result: CallResult }): Promise<void>
  /**
   * Where the circuit is open and it is this process's turn: runs `probe`, a
   * read of the account's balance, and closes the circuit when it succeeds.
   * Whether it did. Never throws.
   */
  probeIfDue(probe: () => Promise<unknown>): Promise<boolean>
}

/** What the processes share. Its rules are those of domain/traffic.ts and domain/circuit.ts. */
export type SharedTraffic = {
  takeTokens(ask: {
    lane: TrafficLane
    wanted: number
    max_rate: number
  }): ReturnType<typeof takeTokens>
  noteThrottled(call: {
    max_rate: number
    retry_after_ms: number | undefined
  }): ReturnType<typeof noteThrottled>
  noteClean(at: { max_rate: number }): ReturnType<typeof noteClean>
  openCircuit(why: { reason: CircuitReason }): Promise<boolean>
  claimProbe(claim: { owner: string; lease_ms: number }): Promise<boolean>
  giveProbeBack(claim: { owner: string }): Promise<void>
  closeCircuit(claim: { owner: string }): Promise<boolean>
}

export type TrafficOptions = {
  log: Log
  /** Names this process. */
  worker: string
  max_requests_per_second: number
  /** Of one request. */
  deadline_ms: number
  /** Once aborted, nobody waits for a token any more. */
  signal?: AbortSignal
  /** The longest that `admit` waits for a token. */
  max_wait_ms?: number
  /** Milliseconds that only move forward. */
  monotonic_ms?: () => number
  /** Tests pass the time instead of waiting for it. */
  wait?: (ms: number) => Promise<void>
}

const MAX_WAIT_MS = 2_000
/** Tokens in hand are good for this long; later they would be a burst of their own. */
const IN_HAND_MS = 1_000
/** At high rates this much time's tokens are fetched at once: a round trip per request would be the bound. */
const FETCH_SECONDS = 0.05
/** How often a process whose rate is reduced says that MassPay answers without a 429. */
const CLEAN_EVERY_MS = 1_000

export function createTraffic({
  books,
  ...options
}: TrafficOptions & { books: Db }): Traffic {
  return trafficOver(
    {
      takeTokens: (ask) => takeTokens(books, ask),
      noteThrottled: (call) => noteThrottled(books, call),
      noteClean: (at) => noteClean(books, at),
      openCircuit: (why) => openCircuit(books, why),
      claimProbe: (claim) => claimProbe(books, claim),
      giveProbeBack: (claim) => giveProbeBack(books, claim),
      closeCircuit: (claim) => closeCircuit(books, claim),
    },
    options
  )
}

/** As the loops use it; they probe by reading the account's balance, past the meter. */
export function forRunners(traffic: Traffic, wire: Wire): RunnerTraffic {
  return {
    admit: (wanted, lane) => traffic.admit(wanted, lane),
    giveBack: (unused, lane) => traffic.giveBack(unused, lane),
    mayRetry: (after) => traffic.mayRetry(after),
    couldRetry: () => traffic.couldRetry(),
    async probe() {
      await traffic.probeIfDue(() => wire.getFundingBalances())
    },
  }
}

/** Over any store of what is shared. */
export function trafficOver(
  shared: SharedTraffic,
  options: TrafficOptions
): Traffic {
  return new ProcessTraffic(shared, options)
}

type InHand = { tokens: number; until_ms: number }

class ProcessTraffic implements Traffic {
  readonly #inHand: Record<TrafficLane, InHand> = {
    dispatch: { tokens: 0, until_ms: 0 },
    lookup: { tokens: 0, until_ms: 0 },
  }
  #window: CallWindow = []
  #budget = RETRY_BUDGET
  /** As last heard. */
  #isOpen = false
  #rate: number
  #cleanToldAt = -Infinity

  readonly #now: () => number
  readonly #wait: (ms: number) => Promise<void>

  constructor(
    private readonly shared: SharedTraffic,
    private readonly options: TrafficOptions
  ) {
    this.#rate = options.max_requests_per_second
    this.#now = options.monotonic_ms ?? (() => performance.now())
    this.#wait = options.wait ?? ((ms) => waitFor(ms, options.signal))
  }

  async admit(wanted: number, lane: TrafficLane): Promise<number> {
    if (wanted <= 0) return 0
    const { max_requests_per_second: max_rate } = this.options
    const until_ms = this.#now() + (this.options.max_wait_ms ?? MAX_WAIT_MS)
    const inHand = this.#takeInHand(wanted, lane)
    if (inHand > 0) return inHand
    for (;;) {
      const taken = await this.shared.takeTokens({
        lane,
        wanted: Math.max(wanted, Math.floor(this.#rate * FETCH_SECONDS)),
        max_rate,
      })
      this.#rate = taken.rate
      this.#heard(taken.is_open)
      if (taken.granted > 0) {
        this.giveBack(taken.granted - wanted, lane)
        return Math.min(taken.granted, wanted)
      }
      const isWorthWaiting =
        !taken.is_open && this.#now() + taken.wait_ms <= until_ms
      if (!isWorthWaiting || this.options.signal?.aborted) return 0
      await this.#wait(Math.max(1, taken.wait_ms))
    }
  }

  giveBack(unused: number, lane: TrafficLane): void {
    if (unused <= 0 || this.#isOpen) return
    const inHand = this.#inHand[lane]
    const isOver = inHand.tokens === 0 || inHand.until_ms < this.#now()
    this.#inHand[lane] = {
      tokens: unused + (isOver ? 0 : inHand.tokens),
      // The oldest of them decide: adding to them does not keep them.
      until_ms: isOver ? this.#now() + IN_HAND_MS : inHand.until_ms,
    }
  }

  mayRetry(after: RetryAfter = "other"): boolean {
    const left = spendRetry(this.#budget, after)
    if (left !== null) this.#budget = left
    return left !== null
  }

  couldRetry(): boolean {
    return spendRetry(this.#budget, "other") !== null
  }

  async report({
    lane,
    result,
  }: {
    lane: TrafficLane
    result: CallResult
  }): Promise<void> {
    try {
      if (result.kind === "not_sent") return
      if (result.kind === "auth") {
        await this.#open("auth")
        return
      }
      if (result.kind === "success") this.#budget = afterSuccess(this.#budget)
      this.#count(result.kind === "failure")
      if (result.kind === "failure") await this.#openIfBroken()
      else if (result.kind === "throttled") await this.#slowDown(result)
      else await this.#tellClean()
    } catch (error) {
      // The next answer tells the same; nothing about money depends on it.
      this.options.log.warn("traffic.unrecorded", {
        lane,
        result: result.kind,
        ...errorFields(error),
      })
    }
  }

  async probeIfDue(probe: () => Promise<unknown>): Promise<boolean> {
    const { deadline_ms, log, worker } = this.options
    const owner = `${worker}:${randomUUID()}`
    try {
      const lease_ms = 3 * deadline_ms
      if (!(await this.shared.claimProbe({ owner, lease_ms }))) return false
      this.#heard(true)
      const result = await resultOf(probe)
      if (result.kind !== "success") {
        await this.shared.giveProbeBack({ owner })
        log.warn("circuit.probe_failed", { result: result.kind })
        return false
      }
      if (!(await this.shared.closeCircuit({ owner }))) return false
      this.#heard(false)
      log.warn("circuit.state", { state: "closed" })
      return true
    } catch (error) {
      // A probe that is not given back comes back when its lease ends.
      log.error("circuit.unrecorded", errorFields(error))
      return false
    }
  }

  #takeInHand(wanted: number, lane: TrafficLane): number {
    const inHand = this.#inHand[lane]
    if (this.#isOpen || inHand.until_ms < this.#now()) return 0
    const used = Math.min(wanted, inHand.tokens)
    inHand.tokens -= used
    return used
  }

  #dropInHand(): void {
    this.#inHand.dispatch.tokens = 0
    this.#inHand.lookup.tokens = 0
  }

  /** Calls from before it opened are no reason to open it again. */
  #heard(isOpen: boolean): void {
    if (isOpen !== this.#isOpen) this.#window = []
    if (isOpen) this.#dropInHand()
    this.#isOpen = isOpen
  }

  #count(is_failure: boolean): void {
    const at_ms = this.#now()
    this.#window = countCall(this.#window, { at_ms, is_failure })
  }

  async #openIfBroken(): Promise<void> {
    if (this.#isOpen || !shouldOpen(this.#window, this.#now())) return
    await this.#open("failures")
  }

  async #open(reason: CircuitReason): Promise<void> {
    // First here: what is in hand must not leave while the books are written.
    this.#heard(true)
    if (!(await this.shared.openCircuit({ reason }))) return
    const fields = { state: "open", reason }
    if (reason === "auth") this.options.log.error("circuit.state", fields)
    else this.options.log.warn("circuit.state", fields)
  }

  async #slowDown({
    retry_after_ms,
  }: {
    retry_after_ms: number | undefined
  }): Promise<void> {
    this.#dropInHand()
    const { from, to, pause_ms } = await this.shared.noteThrottled({
      max_rate: this.options.max_requests_per_second,
      retry_after_ms,
    })
    this.#rate = to
    if (from === to) return
    const fields = { reason: "throttled", from, to, pause_ms }
    this.options.log.warn("rate.changed", fields)
  }

  async #tellClean(): Promise<void> {
    const { max_requests_per_second: max_rate, log } = this.options
    const now = this.#now()
    if (this.#rate >= max_rate || now - this.#cleanToldAt < CLEAN_EVERY_MS) {
      return
    }
    this.#cleanToldAt = now
    const { from, to } = await this.shared.noteClean({ max_rate })
    this.#rate = to
    if (from !== to) log.info("rate.changed", { reason: "clean", from, to })
  }
}

async function resultOf(call: () => Promise<unknown>): Promise<CallResult> {
  try {
    await call()
    return SUCCEEDED
  } catch (error) {
    return callResultOf(error)
  }
}

async function waitFor(
  ms: number,
  signal: AbortSignal | undefined
): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal })
  } catch {
    // aborted: whoever waits looks at the signal
  }
}
