import type { TrafficLane } from "../../../src/domain/traffic"
import type { CallResult } from "../../../src/modules/masspay-gateway/call-result"
import { GatewayUnavailableError } from "../../../src/modules/masspay-gateway/errors"
import { fact, type Log } from "../../../src/runners/log"
import { type Traffic, trafficOver } from "../../../src/runners/traffic"
import { sharedInMemory } from "../../support/shared-traffic"

const BEGAN = 1_800_000_000_000
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

const SUCCESS: CallResult = { kind: "success" }
const BROKEN: CallResult = { kind: "failure", failure: "transport" }

/** A world whose time passes only when somebody waits. */
function aWorld({ max_rate = 20, processes = 1 } = {}) {
  let now = BEGAN
  const lines: string[] = []
  const keep = (...line: Parameters<typeof fact>) =>
    void lines.push(fact(...line))
  const log: Log = { info: keep, warn: keep, error: keep }
  const shared = sharedInMemory({ now: () => now, max_rate })
  const pass = async (ms: number) => {
    now += ms
  }
  const traffics = Array.from({ length: processes }, (_, n) =>
    trafficOver(shared, {
      log,
      worker: `worker-${n}`,
      max_requests_per_second: max_rate,
      deadline_ms: 15 * SECOND_MS,
      monotonic_ms: () => now - BEGAN,
      wait: pass,
    })
  )
  const [traffic] = traffics
  if (!traffic) throw new Error("There is no process")
  return { traffic, traffics, shared, lines, pass, now: () => now }
}

async function report(
  traffic: Traffic,
  result: CallResult,
  times = 1,
  lane: TrafficLane = "dispatch"
): Promise<void> {
  for (let n = 0; n < times; n += 1) await traffic.report({ lane, result })
}

describe("admit", () => {
  it("waits a little for the next token, and not for a pause", async () => {
    const { traffic, now } = aWorld({ max_rate: 2 })
    expect(await traffic.admit(5, "dispatch")).toBe(1)

    expect(await traffic.admit(5, "dispatch")).toBe(1)
    expect(now()).toBeGreaterThan(BEGAN)
    await report(traffic, { kind: "throttled", retry_after_ms: 5_000 })
    const before = now()
    expect(await traffic.admit(5, "dispatch")).toBe(0)
    expect(now()).toBe(before)
  })

  it("uses first what was not needed, and only soon", async () => {
    const { traffic, pass } = aWorld({ max_rate: 20 })
    expect(await traffic.admit(7, "dispatch")).toBe(7)
    traffic.giveBack(5, "dispatch")

    expect(await traffic.admit(3, "dispatch")).toBe(3)
    await pass(10 * SECOND_MS)
    // Two in hand would come on top of the burst.
    expect(await traffic.admit(20, "dispatch")).toBe(7)
  })

  it("drops what it has in hand when MassPay says slow down, or the circuit opens", async () => {
    for (const result of [
      { kind: "throttled", retry_after_ms: 60_000 },
      { kind: "auth" },
    ] as const) {
      const { traffic } = aWorld()
      traffic.giveBack(await traffic.admit(7, "dispatch"), "dispatch")

      await report(traffic, result)

      expect(await traffic.admit(1, "dispatch")).toBe(0)
    }
  })

  it("lets no backlog of sends hold up look-ups, nor the other way round", async () => {
    for (const [busy, other] of [
      ["dispatch", "lookup"],
      ["lookup", "dispatch"],
    ] as const) {
      const { traffic, now } = aWorld({ max_rate: 10 })
      const until = BEGAN + 20 * SECOND_MS
      while (now() < until) await traffic.admit(50, busy)
      const asked = now()

      expect(await traffic.admit(1, other)).toBe(1)
      expect(now() - asked).toBeLessThan(500)
    }
  })

  it("asks the books less than once for a request at a high rate", async () => {
    const { traffic, shared } = aWorld({ max_rate: 2_000 })
    const asked = jest.spyOn(shared, "takeTokens")

    let admitted = 0
    while (admitted < 500) admitted += await traffic.admit(8, "dispatch")

    expect(asked.mock.calls.length).toBeLessThan(10)
  })
})

describe("the circuit", () => {
  it("opens when half of twenty calls fail, says so once, and lets nothing leave", async () => {
    const { traffic, lines } = aWorld()
    await report(traffic, SUCCESS, 10)
    await report(traffic, BROKEN, 9)
    expect(await traffic.admit(1, "dispatch")).toBe(1)

    await report(traffic, BROKEN, 5)

    expect(await traffic.admit(1, "dispatch")).toBe(0)
    expect(await traffic.admit(1, "lookup")).toBe(0)
    expect(lines).toEqual(["circuit.state state=open reason=failures"])
  })

  it("stays closed whatever MassPay refuses, and whatever never left", async () => {
    const { traffic, shared } = aWorld()
    await report(traffic, { kind: "refused" }, 100)
    await report(traffic, { kind: "not_sent" }, 100)
    await report(traffic, { kind: "throttled", retry_after_ms: 0 }, 100)

    expect(shared.isOpen()).toBe(false)
  })

  it("is not opened again by failures from before", async () => {
    const { traffic, shared, pass } = aWorld()
    await report(traffic, BROKEN, 20)
    await report(traffic, BROKEN, 8)
    await pass(10 * SECOND_MS)
    expect(await traffic.probeIfDue(async () => undefined)).toBe(true)

    await report(traffic, BROKEN, 10)
    expect(shared.isOpen()).toBe(false)
    await report(traffic, BROKEN, 10)
    expect(shared.isOpen()).toBe(true)
  })

  it.each(["success", "failure"])(
    "lets one call through after ten seconds, and a %s decides",
    async (end) => {
      const { traffics, shared, pass } = aWorld({ processes: 3 })
      const [first] = traffics
      if (first) await report(first, BROKEN, 20)
      let probes = 0
      const probe = async () => {
        probes += 1
        if (end === "failure") throw new GatewayUnavailableError("x")
      }
      const probeAll = () =>
        Promise.all(traffics.map((one) => one.probeIfDue(probe)))
      await probeAll()
      expect(probes).toBe(0)

      await pass(10 * SECOND_MS)
      await probeAll()

      expect(probes).toBe(1)
      expect(shared.isOpen()).toBe(end === "failure")
    }
  )
})

describe("the retry budget", () => {
  it("runs out with a dead provider and is filled by successes", async () => {
    const { traffic } = aWorld()
    let repeats = 0
    while (traffic.mayRetry("timeout")) repeats += 1
    expect(repeats).toBe(50)

    await report(traffic, SUCCESS, 4)
    expect(traffic.mayRetry()).toBe(false)
    await report(traffic, SUCCESS, 1)
    expect(traffic.mayRetry()).toBe(true)
    expect(traffic.mayRetry()).toBe(false)
  })
})

/** Allows `rate` requests a second, counted over the last second; answers at once. */
function aLimiter(rate: number, now: () => number) {
  const times: number[] = []
  return (): boolean => {
    while ((times[0] ?? Infinity) <= now() - SECOND_MS) times.shift()
    if (times.length >= rate) return false
    times.push(now())
    return true
  }
}

describe("under a storm of 429", () => {
  it.each([
    [40, undefined],
    [40, 1_000],
    [47, undefined],
    [100, 500],
    [1_000, undefined],
    [10_000, 0],
  ])(
    "options of %i per second, where MassPay allows 20, waste little of the 20 (Retry-After %p)",
    async (max_rate, retry_after_ms) => {
      const { traffic, now, pass } = aWorld({ max_rate })
      const isAllowed = aLimiter(20, now)
      const answers = { ok: 0, refused: 0, ok_after_a_minute: 0 }
      const minute = BEGAN + MINUTE_MS
      let left = 10_000
      while (left > 0) {
        const admitted = await traffic.admit(Math.min(8, left), "dispatch")
        if (admitted === 0) {
          // the next run
          await pass(SECOND_MS / 4)
          continue
        }
        const results = Array.from({ length: admitted }, isAllowed)
        for (const ok of results) {
          if (!ok) answers.refused += 1
          else {
            answers.ok += 1
            left -= 1
            if (now() >= minute) answers.ok_after_a_minute += 1
          }
          await report(
            traffic,
            ok ? SUCCESS : { kind: "throttled", retry_after_ms }
          )
        }
      }
      const seconds = (now() - minute) / SECOND_MS
      const goodput = answers.ok_after_a_minute / (seconds * 20)
      const refused = answers.refused / (answers.ok + answers.refused)
      expect(goodput).toBeGreaterThanOrEqual(0.9)
      expect(refused).toBeLessThanOrEqual(0.05)
    }
  )
})

describe("while MassPay is dead for ten minutes", () => {
  it("two processes send one probe in ten seconds, nothing else, and are back within thirty", async () => {
    const { traffics, pass, now } = aWorld({ max_rate: 20, processes: 2 })
    const backAt = BEGAN + 10 * MINUTE_MS
    const isDead = () => now() < backAt
    const sent: number[] = []
    const probes: number[] = []
    const probe = async () => {
      probes.push(now())
      if (isDead()) throw new GatewayUnavailableError("x")
    }
    while (now() < backAt + 2 * MINUTE_MS) {
      for (const traffic of traffics) {
        await traffic.probeIfDue(probe)
        const admitted = await traffic.admit(8, "dispatch")
        for (let n = 0; n < admitted; n += 1) {
          sent.push(now())
          await report(traffic, isDead() ? BROKEN : SUCCESS)
        }
      }
      await pass(SECOND_MS / 4)
    }

    const opened = probes[0] ?? 0
    const whileOpen = sent.filter(
      (at) => at > opened - 9 * SECOND_MS && at < backAt
    )
    expect(whileOpen).toEqual([])
    // What it took to see that nothing works.
    expect(sent.filter((at) => at < backAt).length).toBeLessThan(60)
    const gaps = probes.slice(1).map((at, n) => at - (probes[n] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10 * SECOND_MS)
    const back = sent.filter(
      (at) => at >= backAt + 30 * SECOND_MS && at < backAt + 90 * SECOND_MS
    )
    expect(back.length / 60).toBeGreaterThan(18)
  })
})
