import * as api from "@opentelemetry/api"
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics"
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"

import {
  measureBooks,
  MEASURED_STATUSES,
} from "../../src/modules/masspay/queries/measures"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { fact, type Log } from "../../src/runners/log"
import { LOG_EVENTS } from "../../src/runners/log-events"
import { meteredWire } from "../../src/runners/metered-wire"
import { resolvePayouts } from "../../src/runners/resolve"
import { createTraffic } from "../../src/runners/traffic"
import { type Telemetry, telemetryOver } from "../../src/telemetry"
import { GAUGES } from "../../src/telemetry/catalogue"
import { countedLog } from "../../src/telemetry/from-log"
import {
  aPayee,
  aPayout,
  MINUTE_MS,
  openShop,
  readPayout,
  type Shop,
} from "../support/payout-shop"

const HOUR_MS = 60 * MINUTE_MS

/** As a shop's own instrumentation would set it up. */
function exporters() {
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: metrics,
    exportIntervalMillis: 24 * HOUR_MS,
  })
  const meters = new MeterProvider({ readers: [reader] })
  api.metrics.setGlobalMeterProvider(meters)
  const spans = new InMemorySpanExporter()
  api.trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(spans)],
    })
  )
  return {
    spans,
    /** Every point by metric: `{ "a=1,b=2": value }`; of a histogram its count. */
    async points(): Promise<Record<string, Record<string, number>>> {
      metrics.reset()
      await meters.forceFlush()
      return Object.fromEntries(
        metrics
          .getMetrics()
          .flatMap(({ scopeMetrics }) => scopeMetrics)
          .flatMap((scope) => scope.metrics)
          .map(({ descriptor, dataPoints }) => [
            descriptor.name,
            Object.fromEntries(
              dataPoints.map(({ attributes, value }) => [
                Object.entries(attributes)
                  .map((pair) => pair.join("="))
                  .sort()
                  .join(","),
                typeof value === "number" ? value : value.count,
              ])
            ),
          ])
      )
    },
    everything: () =>
      JSON.stringify([
        metrics.getMetrics(),
        spans
          .getFinishedSpans()
          .map(({ name, attributes, status, events }) => ({
            name,
            attributes,
            status,
            events,
          })),
      ]),
    async stop() {
      await meters.shutdown()
      api.metrics.disable()
      api.trace.disable()
    },
  }
}

describe("a shop with OpenTelemetry", () => {
  let shop: Shop
  let exported: ReturnType<typeof exporters>
  let telemetry: Telemetry
  const said: [string, string[]][] = []

  beforeEach(async () => {
    shop = await openShop()
    exported = exporters()
    telemetry = telemetryOver(api, shop.books.db)
    said.length = 0
  })
  afterEach(async () => {
    await exported.stop()
    await shop.close()
  })

  const keep: Log["info"] = (event, fields = {}) => {
    said.push([event, Object.keys(fields)])
    shop.logs.push(fact(event, fields))
  }
  function watchedDeps() {
    const log = countedLog({ info: keep, warn: keep, error: keep }, telemetry)
    const traffic = createTraffic({
      books: shop.books.db,
      log,
      worker: "w",
      max_requests_per_second: 1_000,
      deadline_ms: 1_500,
    })
    return shop.deps({
      log,
      telemetry,
      wire: meteredWire(shop.wire, traffic, { telemetry }),
    })
  }

  it("sees a payout from its claim to the wallet, and nobody's data", async () => {
    const payee = await aPayee(shop)
    const { id, client_id } = await aPayout(shop, { payee })
    await dispatchPayouts(watchedDeps())
    expect((await readPayout(shop, id)).status).toBe("completed")

    const points = await exported.points()
    expect(points["masspay.payout.attempts"]).toEqual({
      "kind=load,outcome=ok,status=completed": 1,
    })
    expect(points["masspay.payout.completion.duration"]).toEqual({
      "by=answer": 1,
    })
    expect(points["masspay.provider.request.duration"]).toMatchObject({
      "lane=dispatch,method=POST,result=success": 1,
    })
    const spans = exported.spans.getFinishedSpans()
    const span = spans.find(({ name }) => name === "masspay.dispatch.payout")
    expect(span?.attributes).toEqual({
      "masspay.payout_id": id,
      "masspay.vendor_id": payee.vendor_id,
      "masspay.attempt_no": 1,
      "masspay.kind": "load",
      "masspay.outcome": "ok",
      "masspay.status": "completed",
    })
    expect(spans.map(({ name }) => name)).toContain("masspay.request")

    const text = exported.everything()
    for (const secret of [
      payee.user_token,
      payee.internal_user_id,
      `${payee.vendor_id}@example.com`,
      client_id,
      shop.source_token,
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  it("sees an outcome nobody knew, and how long it took to be found out", async () => {
    const { id } = await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/load/",
    })
    const deps = watchedDeps()
    await dispatchPayouts(deps)
    expect((await readPayout(shop, id)).status).toBe("unknown")
    const before = await exported.points()
    expect(before["masspay.payout.attempts"]).toEqual({
      "kind=load,outcome=masspay.outcome_unknown,status=unknown": 1,
    })
    expect(before["masspay.payouts"]).toMatchObject({ "status=unknown": 1 })

    await shop.passTime(10 * MINUTE_MS)
    await resolvePayouts(deps)
    expect((await readPayout(shop, id)).status).toBe("completed")
    for (let tries = 0; tries < 100; tries += 1) {
      const { "masspay.payout.completion.duration": took } =
        await exported.points()
      if (took?.["by=look_up"] === 1) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(
      (await exported.points())["masspay.payout.completion.duration"]
    ).toEqual({ "by=look_up": 1 })
    expect(exported.spans.getFinishedSpans().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["masspay.resolve", "masspay.look_up"])
    )
  })

  it("what is logged on the way is in the list, with no other fields", async () => {
    await aPayout(shop)
    await aPayout(shop, { needs_lookup: true })
    shop.sandbox.control.armFault({ fault: "400_reject", path: "/load/" })
    const deps = watchedDeps()
    await dispatchPayouts(deps)
    await shop.passTime(20 * MINUTE_MS)
    await resolvePayouts(deps)
    await dispatchPayouts(deps)
    expect(said.length).toBeGreaterThan(2)
    for (const [event, fields] of said) {
      const { fields: known } = LOG_EVENTS[event as keyof typeof LOG_EVENTS]
      expect([
        event,
        fields.filter((one) => !(known as readonly string[]).includes(one)),
      ]).toEqual([event, []])
    }
  })
})

describe("the gauges", () => {
  let shop: Shop
  beforeEach(async () => {
    shop = await openShop()
  })
  afterEach(() => shop.close())

  const measured = async () =>
    Object.fromEntries(
      (await measureBooks(shop.books.db)).map(({ name, value, attributes }) => [
        [name, ...Object.values(attributes)].join(" "),
        value,
      ])
    )

  it("of empty books are there, and 0", async () => {
    const points = await measureBooks(shop.books.db)
    expect(new Set(points.map(({ value }) => value))).toEqual(new Set([0]))
    expect(
      points
        .filter(({ name }) => name === "masspay.payouts")
        .map(({ attributes }) => attributes.status)
        .sort()
    ).toEqual([...MEASURED_STATUSES].sort())
    const named = new Set<string>(points.map(({ name }) => name))
    // Nobody has earned anything, and no wallet was read.
    named.add("masspay.in_transit").add("masspay.funding.balance")
    expect([...named].sort()).toEqual(Object.keys(GAUGES).sort())
  })

  it("count what waits, how old it is, and what is in transit, exactly", async () => {
    const { id } = await aPayout(shop, { amount: 12_34n })
    await shop.passTime(50 * MINUTE_MS)
    await aPayout(shop, { amount: 66n })
    await shop.books.db.rows(
      `insert into masspay_outbox_event (id, name, payload, cause_key)
       values ('o1', 'masspay.payout.created', '{}', 'o1')`
    )
    await shop.books.db.rows(
      `insert into masspay_control (key, value)
       values ('funding:JPY', '{"token":"w","balance":"500","as_of":"2026-11-28T00:00:00Z"}')`
    )
    const points = await measured()
    expect(points).toMatchObject({
      "masspay.payouts ready": 2,
      "masspay.payouts unknown": 0,
      "masspay.in_transit USD": 13,
      "masspay.funding.balance JPY": 500,
      "masspay.backlog outbox": 1,
      "masspay.backlog webhooks": 0,
    })
    expect(points["masspay.payouts.oldest_age ready"]).toBeGreaterThan(2_999)
    expect(points["masspay.payouts.oldest_age ready"]).toBeLessThan(3_100)
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, id)).status).toBe("completed")
    expect(await measured()).toMatchObject({
      "masspay.payouts ready": 0,
      "masspay.payouts.oldest_age ready": 0,
    })
    expect((await measured())["masspay.in_transit USD"]).toBeUndefined()
  })

  it("keys are told of three hours before they are trusted no more, and only unproven ones", async () => {
    await aPayout(shop)
    await aPayout(shop)
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(
      shop.deps({ limits: { ...shop.deps().limits, in_flight: 1 } })
    )
    await shop.books.shiftClock(20 * HOUR_MS - MINUTE_MS)
    expect((await measured())["masspay.keys.aging"]).toBe(0)
    await shop.books.shiftClock(2 * MINUTE_MS)
    const points = await measured()
    expect(points["masspay.keys.aging"]).toBe(1)
    expect(points["masspay.keys.oldest_age"]).toBeGreaterThan(72_000)
    await shop.books.db.rows(`update masspay_operation set key_burnt = true`)
    expect((await measured())["masspay.keys.aging"]).toBe(0)
  })
})
