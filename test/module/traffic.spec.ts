import { randomBytes } from "node:crypto"

import fc from "fast-check"

import { PROBE_GAP_MS } from "../../src/domain/circuit"
import { type TrafficLane } from "../../src/domain/traffic"
import {
  claimProbe,
  closeCircuit,
  giveProbeBack,
  openCircuit,
  readCircuit,
} from "../../src/modules/masspay/queries/circuit"
import {
  getControl,
  setControl,
} from "../../src/modules/masspay/queries/control"
import {
  noteClean,
  noteThrottled,
  rateStateFrom,
  takeTokens,
} from "../../src/modules/masspay/queries/traffic"
import { callResultOf } from "../../src/modules/masspay-gateway/call-result"
import { GatewayThrottledError } from "../../src/modules/masspay-gateway/errors"
import { fact } from "../../src/runners/log"
import { createTraffic } from "../../src/runners/traffic"
import { type Books, connectBooks, openBooks } from "../support/books"
import { takeFrom } from "../support/shared-traffic"

const LEASE_MS = 45_000

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

const take = (
  wanted: number,
  max_rate: number,
  lane: TrafficLane = "dispatch"
) => takeTokens(books.db, { lane, wanted, max_rate })

/** Stops the books' clock, so that only the test moves it. */
async function freezeClock(): Promise<void> {
  await books.db.rows(
    `create table test_stopped_clock as select clock_timestamp() as at`
  )
  await books.db.rows(
    `create or replace function masspay_now() returns timestamptz language sql volatile
       as $$ select at + (select shift from masspay_test_clock) from test_stopped_clock $$`
  )
}

async function nowMs(): Promise<number> {
  const [row] = await books.db.rows<{ now: number }>(
    `select (extract(epoch from masspay_now()) * 1000)::float8 as now`
  )
  return row?.now ?? 0
}

describe("the bucket of all processes", () => {
  it("is full at first, one row, and then fills at the rate", async () => {
    await freezeClock()

    expect(await take(100, 20)).toMatchObject({ granted: 7, is_open: false })
    expect(await take(100, 20, "lookup")).toMatchObject({ granted: 2 })
    expect(await take(100, 20)).toMatchObject({ granted: 0, rate: 20 })
    await books.shiftClock(200)
    expect(await take(100, 20)).toMatchObject({ granted: 3 })
  })

  it("follows the rules of the domain, whatever comes", async () => {
    await freezeClock()
    const step = fc.oneof(
      fc.record({
        do: fc.constant("take" as const),
        lane: fc.constantFrom("dispatch" as const, "lookup" as const),
        wanted: fc.integer({ min: 0, max: 40 }),
      }),
      fc.record({
        do: fc.constant("throttled" as const),
        retry_after_ms: fc.option(fc.integer({ min: 0, max: 20_000 }), {
          nil: undefined,
        }),
      }),
      fc.record({ do: fc.constant("clean" as const) })
    )
    const move = fc.oneof(
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: -5_000, max: 70_000 })
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(move, step), { minLength: 5, maxLength: 15 }),
        fc.integer({ min: 1, max: 400 }),
        async (steps, max_rate) => {
          await books.db.rows(
            `delete from masspay_control where key = 'traffic'`
          )
          for (const [ms, one] of steps) {
            await books.shiftClock(ms)
            if (one.do === "throttled") {
              await noteThrottled(books.db, { ...one, max_rate })
            } else if (one.do === "clean") {
              await noteClean(books.db, { max_rate })
            } else await expectRules({ ...one, max_rate })
          }
        }
      ),
      { numRuns: 25 }
    )
  })

  /** One statement and the rules, from the same state. */
  async function expectRules(ask: {
    lane: TrafficLane
    wanted: number
    max_rate: number
  }): Promise<void> {
    const now = await nowMs()
    const before = await getControl<Record<string, number>>(books.db, "traffic")
    const expected = takeFrom(
      rateStateFrom(before ?? {}, { now, max_rate: ask.max_rate }),
      { ...ask, now, is_open: false }
    )
    const taken = await takeTokens(books.db, ask)
    const after = rateStateFrom(
      (await getControl<Record<string, number>>(books.db, "traffic")) ?? {},
      {
        now,
        max_rate: ask.max_rate,
      }
    )

    expect(taken.granted).toBe(expected.answer.granted)
    expect(taken.rate).toBeCloseTo(expected.answer.rate)
    expect(Math.abs(taken.wait_ms - expected.answer.wait_ms)).toBeLessThan(2)
    for (const lane of ["dispatch", "lookup"] as const) {
      expect(after.tokens[lane]).toBeCloseTo(expected.state.tokens[lane], 4)
    }
    expect(after).toMatchObject({
      rate: expected.state.rate,
      quick_to: expected.state.quick_to,
      slowed_at: expected.state.slowed_at,
    })
  }

  it("never gives one token twice, however many take at once", async () => {
    await freezeClock()
    const other = connectBooks(books.database)
    try {
      const takers = [books, other].flatMap(({ db }) =>
        Array.from({ length: 20 }, () =>
          takeTokens(db, { lane: "dispatch", wanted: 8, max_rate: 200 })
        )
      )
      const granted = (await Promise.all(takers)).map((one) => one.granted)

      // The clock stands still: what there was is all there is.
      expect(granted.reduce((sum, one) => sum + one, 0)).toBe(75)
    } finally {
      await other.close()
    }
  })

  it("keeps to the rate while two processes take as fast as they can", async () => {
    const other = connectBooks(books.database)
    try {
      const began = await nowMs()
      const drain = async ({ db }: Books) => {
        let granted = 0
        for (let n = 0; n < 100; n += 1) {
          const ask = { lane: "dispatch" as const, wanted: 8, max_rate: 100 }
          granted += (await takeTokens(db, ask)).granted
        }
        return granted
      }
      const [mine, others] = await Promise.all([drain(books), drain(other)])
      const seconds = ((await nowMs()) - began) / 1_000

      expect(mine + others).toBeLessThanOrEqual(50 + seconds * 100)
      expect(mine + others).toBeGreaterThan(37)
    } finally {
      await other.close()
    }
  })

  it("gives nothing for as long as MassPay asked to wait, to nobody", async () => {
    await freezeClock()
    expect(
      await noteThrottled(books.db, { max_rate: 20, retry_after_ms: 7_000 })
    ).toEqual({ from: 20, to: 10, pause_ms: 7_000 })

    expect(await take(5, 20)).toMatchObject({ granted: 0, wait_ms: 7_000 })
    await books.shiftClock(6_999)
    expect(await take(5, 20)).toMatchObject({ granted: 0, wait_ms: 1 })
    await books.shiftClock(1_001)
    expect(await take(50, 20)).toMatchObject({ granted: 3, rate: 10 })
  })

  it("counts 429s that come at once as one", async () => {
    await freezeClock()
    await Promise.all(
      Array.from({ length: 8 }, () =>
        noteThrottled(books.db, { max_rate: 64, retry_after_ms: undefined })
      )
    )

    expect(await take(1, 64)).toMatchObject({ rate: 32, granted: 0 })
  })

  it("answers as before after a value that it did not write", async () => {
    await setControl(books.db, "traffic", {})

    expect(await take(5, 20)).toMatchObject({ granted: 5, rate: 20 })
  })
})

describe("the circuit of all processes", () => {
  const owner = () => randomBytes(6).toString("hex")
  const claim = (by = owner()) =>
    claimProbe(books.db, { owner: by, lease_ms: LEASE_MS })

  it("is closed at first, and is opened once", async () => {
    expect(await readCircuit(books.db)).toEqual({ state: "closed" })

    const opened = await Promise.all(
      Array.from({ length: 5 }, () =>
        openCircuit(books.db, { reason: "failures" })
      )
    )

    expect(opened.filter(Boolean)).toHaveLength(1)
    expect(await readCircuit(books.db)).toMatchObject({
      state: "open",
      reason: "failures",
      opened_at: expect.any(Date) as unknown,
    })
  })

  it("lets nothing leave while it is open", async () => {
    await openCircuit(books.db, { reason: "auth" })

    expect(await take(5, 20)).toMatchObject({ granted: 0, is_open: true })
    expect(await take(5, 20, "lookup")).toMatchObject({ granted: 0 })
  })

  it("gives the probe to one of many, after a pause", async () => {
    expect(await claim()).toBe(false)
    await openCircuit(books.db, { reason: "failures" })
    expect(await claim()).toBe(false)
    await books.shiftClock(PROBE_GAP_MS)

    const claims = await Promise.all(Array.from({ length: 8 }, () => claim()))

    expect(claims.filter(Boolean)).toHaveLength(1)
  })

  it("probes again after a failure, ten seconds after the last time", async () => {
    await openCircuit(books.db, { reason: "failures" })
    await books.shiftClock(PROBE_GAP_MS)
    const prober = owner()
    expect(await claim(prober)).toBe(true)
    await giveProbeBack(books.db, { owner: prober })

    expect(await claim()).toBe(false)
    await books.shiftClock(PROBE_GAP_MS)
    expect(await claim()).toBe(true)
    expect(await readCircuit(books.db)).toMatchObject({ state: "open" })
  })

  it("gets the probe back from a process that died over it", async () => {
    await freezeClock()
    await openCircuit(books.db, { reason: "failures" })
    await books.shiftClock(PROBE_GAP_MS)
    const gone = owner()
    expect(await claim(gone)).toBe(true)
    await books.shiftClock(LEASE_MS - 1_000)
    expect(await claim()).toBe(false)
    await books.shiftClock(1_000)

    expect(await claim()).toBe(true)
    // What the first one says now is too late.
    expect(await closeCircuit(books.db, { owner: gone })).toBe(false)
    expect(await readCircuit(books.db)).toMatchObject({ state: "open" })
  })

  it("is closed by the one that probed, and then everything leaves again", async () => {
    await openCircuit(books.db, { reason: "failures" })
    await books.shiftClock(PROBE_GAP_MS)
    const prober = owner()
    await claim(prober)

    expect(await closeCircuit(books.db, { owner: owner() })).toBe(false)
    expect(await closeCircuit(books.db, { owner: prober })).toBe(true)
    expect(await closeCircuit(books.db, { owner: prober })).toBe(false)
    expect(await take(5, 20)).toMatchObject({ granted: 5, is_open: false })
    expect(await openCircuit(books.db, { reason: "auth" })).toBe(true)
  })

  it("probes although the clock was set back by hours", async () => {
    await openCircuit(books.db, { reason: "failures" })
    await books.shiftClock(-26 * 3_600_000)

    expect(await claim()).toBe(true)
  })
})

describe("a process between others", () => {
  const trafficOf = (lines: string[], options = {}) =>
    createTraffic({
      books: books.db,
      log: {
        info: (...line) => void lines.push(fact(...line)),
        warn: (...line) => void lines.push(fact(...line)),
        error: (...line) => void lines.push(fact(...line)),
      },
      worker: `worker-${randomBytes(3).toString("hex")}`,
      max_requests_per_second: 20,
      deadline_ms: 15_000,
      ...options,
    })

  it("slows the others down by a 429 of its own", async () => {
    const lines: string[] = []
    const [one, other] = [trafficOf(lines), trafficOf(lines)]
    expect(await other.admit(1, "dispatch")).toBe(1)
    const error = new GatewayThrottledError("x", { retry_after_ms: 60_000 })

    await one.report({ lane: "lookup", result: callResultOf(error) })

    expect(await other.admit(5, "dispatch")).toBe(0)
    expect(lines).toEqual([
      expect.stringMatching(
        /^rate\.changed reason=throttled from=20 to=10 pause_ms=60000/
      ),
    ])
  })

  it("opens and closes the circuit for the others", async () => {
    const lines: string[] = []
    const [one, other] = [trafficOf(lines), trafficOf(lines)]
    await one.report({ lane: "dispatch", result: { kind: "auth" } })
    expect(await other.admit(5, "lookup")).toBe(0)
    let probes = 0
    const probe = async () => {
      probes += 1
    }
    expect(await other.probeIfDue(probe)).toBe(false)
    await books.shiftClock(PROBE_GAP_MS)

    const closed = await Promise.all([
      one.probeIfDue(probe),
      other.probeIfDue(probe),
    ])

    expect(closed.filter(Boolean)).toHaveLength(1)
    expect(probes).toBe(1)
    expect(await one.admit(3, "dispatch")).toBe(3)
    expect(lines).toEqual([
      "circuit.state state=open reason=auth",
      "circuit.state state=closed",
    ])
  })

  it("never throws over what it reports, and says that it could not", async () => {
    const lines: string[] = []
    const traffic = trafficOf(lines)
    await books.db.rows(`alter table masspay_control rename to gone`)

    await traffic.report({ lane: "dispatch", result: { kind: "auth" } })
    await traffic.report({
      lane: "dispatch",
      result: { kind: "throttled", retry_after_ms: 1 },
    })
    expect(await traffic.probeIfDue(async () => undefined)).toBe(false)

    await expect(traffic.admit(1, "dispatch")).rejects.toThrow()
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "traffic.unrecorded",
      "traffic.unrecorded",
      "circuit.unrecorded",
    ])
  })
})
