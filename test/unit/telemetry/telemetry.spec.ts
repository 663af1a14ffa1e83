import * as api from "@opentelemetry/api"
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics"
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"

import type { Db } from "../../../src/modules/masspay/queries/db"
import { asRun, traced } from "../../../src/runners/as-run"
import {
  correlationId,
  withCorrelation,
} from "../../../src/runners/correlation"
import { type Log, logTo } from "../../../src/runners/log"
import { telemetryOver } from "../../../src/telemetry"
import { loadApi } from "../../../src/telemetry/api"
import { countedLog } from "../../../src/telemetry/from-log"
import { cachedMeasure } from "../../../src/telemetry/observe"

const AWAY: Db = {
  rows: () => Promise.reject(new Error("no database")),
  tx: () => Promise.reject(new Error("no database")),
}

function meters() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 1_000,
  })
  const provider = new MeterProvider({ readers: [reader] })
  const read = async (): Promise<Record<string, MetricData>> => {
    exporter.reset()
    await provider.forceFlush()
    return Object.fromEntries(
      exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .filter(({ scope }) => scope.name === "medusa-plugin-masspay")
        .flatMap(({ metrics }) => metrics)
        .map((metric) => [metric.descriptor.name, metric])
    )
  }
  return { provider, read }
}

const pointsOf = (metric: MetricData | undefined) =>
  (metric?.dataPoints ?? []).map(({ attributes, value }) => ({
    attributes,
    value,
  }))

afterEach(() => {
  api.metrics.disable()
  api.trace.disable()
})

describe("without OpenTelemetry", () => {
  const absent = (code: string) => () => {
    throw Object.assign(new Error("Cannot find it"), { code })
  }

  it.each(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"])(
    "nothing is measured where the package is not there (%s)",
    (code) => {
      expect(loadApi(absent(code))).toBeNull()
    }
  )

  it("a package that is there and broken is not taken for absent", () => {
    expect(() => loadApi(absent("ERR_DLOPEN_FAILED"))).toThrow()
  })

  it("the one that is there is found", () => {
    expect(loadApi()?.metrics).toBeDefined()
  })

  it("work is done all the same", async () => {
    expect(
      await traced({}, "masspay.dispatch.payout", {}, async (span) => {
        span.note({ "masspay.outcome": "ok" })
        return span.trace_id
      })
    ).toBeNull()
  })
})

describe("with the API and no SDK", () => {
  it("everything may be called and does nothing", async () => {
    const telemetry = telemetryOver(api, AWAY)
    telemetry.count("masspay.payout.parked", {})
    telemetry.record("masspay.payout.completion.duration", 1, { by: "answer" })
    telemetry.completedBy("look_up", "mspo_1")
    expect(
      await telemetry.span(
        "masspay.dispatch",
        {},
        async (span) => span.trace_id
      )
    ).toBeNull()
  })
})

describe("a shop's own exporter", () => {
  it("sees counters and histograms, with their units", async () => {
    const { provider, read } = meters()
    api.metrics.setGlobalMeterProvider(provider)
    const telemetry = telemetryOver(api, AWAY)
    const attributes = { kind: "load", outcome: "ok", status: "completed" }
    telemetry.count("masspay.payout.attempts", attributes)
    telemetry.count("masspay.payout.attempts", attributes)
    telemetry.record("masspay.payout.completion.duration", 0.5, {
      by: "answer",
    })
    const seen = await read()
    expect(pointsOf(seen["masspay.payout.attempts"])).toEqual([
      { attributes, value: 2 },
    ])
    expect(seen["masspay.payout.completion.duration"]).toMatchObject({
      descriptor: { unit: "s" },
      dataPoints: [
        { attributes: { by: "answer" }, value: { count: 1, sum: 0.5 } },
      ],
    })
    await provider.shutdown()
  })

  it("also sees them when it was registered after we began", async () => {
    const telemetry = telemetryOver(api, AWAY)
    telemetry.count("masspay.payout.parked", {})
    const { provider, read } = meters()
    api.metrics.setGlobalMeterProvider(provider)
    telemetry.count("masspay.payout.parked", {})
    expect(pointsOf((await read())["masspay.payout.parked"])).toEqual([
      { attributes: {}, value: 1 },
    ])
    await provider.shutdown()
  })

  it("a database that is away leaves a gap, and the rest is exported", async () => {
    const { provider, read } = meters()
    api.metrics.setGlobalMeterProvider(provider)
    const telemetry = telemetryOver(api, AWAY)
    telemetry.count("masspay.payout.parked", {})
    const seen = await read()
    expect(pointsOf(seen["masspay.payout.parked"])).toHaveLength(1)
    expect(pointsOf(seen["masspay.payouts"])).toEqual([])
    await provider.shutdown()
  })
})

describe("the books are asked", () => {
  it("once, however many exporters ask and however often", async () => {
    let asked = 0
    let now = 0
    const books: Db = {
      ...AWAY,
      rows: async () => {
        asked += 1
        return []
      },
    }
    const measure = cachedMeasure(books, { fresh_ms: 5_000, now_ms: () => now })
    await Promise.all([measure(), measure()])
    now = 4_999
    await measure()
    expect(asked).toBe(1)
    now = 5_000
    await measure()
    expect(asked).toBe(2)
  })

  it("again soon after it failed", async () => {
    let now = 0
    const measure = cachedMeasure(AWAY, { fresh_ms: 5_000, now_ms: () => now })
    expect(await measure()).toEqual([])
    now = 5_000
    expect(await measure()).toEqual([])
  })
})

describe("a shop's own tracing", () => {
  const traces = () => {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    })
    api.trace.setGlobalTracerProvider(provider)
    return exporter
  }

  it("sees a span with what became known on the way", async () => {
    const exporter = traces()
    const telemetry = telemetryOver(api, AWAY)
    await telemetry.span(
      "masspay.dispatch.payout",
      { "masspay.payout_id": "mspo_1" },
      async (span) => {
        span.note({ "masspay.outcome": "ok" })
      }
    )
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        name: "masspay.dispatch.payout",
        attributes: { "masspay.payout_id": "mspo_1", "masspay.outcome": "ok" },
      },
    ])
  })

  it("a failure passes through; only its class is told", async () => {
    const exporter = traces()
    const telemetry = telemetryOver(api, AWAY)
    const failure = new TypeError("jane@example.com owes 12.34")
    await expect(
      telemetry.span("masspay.dispatch", {}, () => Promise.reject(failure))
    ).rejects.toBe(failure)
    const [span] = exporter.getFinishedSpans()
    expect(span?.status).toEqual({
      code: api.SpanStatusCode.ERROR,
      message: "TypeError",
    })
    expect(span?.events).toEqual([])
  })

  it("a run's lines carry the id of its trace", async () => {
    const exporter = traces()
    const telemetry = telemetryOver(api, AWAY)
    const said: string[] = []
    const log = linesIn(said)
    await asRun({ telemetry }, "masspay.dispatch", async () => {
      await Promise.resolve()
      log.info("payout.resolved", { to: "void" })
    })
    const [span] = exporter.getFinishedSpans()
    expect(said).toEqual([
      `payout.resolved to=void correlation_id=${span?.spanContext().traceId}`,
    ])
  })
})

function linesIn(said: string[], format: "text" | "json" = "text"): Log {
  const keep = (line: string) => void said.push(line)
  return logTo({ info: keep, warn: keep, error: keep }, { format })
}

describe("correlation", () => {
  it("is one id for a run without a trace, another for the next, none outside", async () => {
    const ids: (string | undefined)[] = []
    const note = async () => void ids.push(correlationId())
    await asRun({}, "masspay.dispatch", async () => {
      await note()
      await asRun({}, "masspay.resolve", note)
    })
    await asRun({}, "masspay.dispatch", note)
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
    expect(correlationId()).toBeUndefined()
  })

  it("runs side by side do not take each other's", async () => {
    const run = (id: string) =>
      withCorrelation(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return correlationId()
      })
    expect(await Promise.all([run("a"), run("b")])).toEqual(["a", "b"])
  })
})

describe("a line", () => {
  it("is one JSON object where the shop wants it so", () => {
    const said: string[] = []
    linesIn(said, "json").warn("payout.result", {
      payout_id: "mspo_1",
      attempt_no: 2,
      is_late: undefined,
      status: 'a "b"\nc',
      event: "another",
    })
    expect(said).toHaveLength(1)
    expect(said[0]).not.toContain("\n")
    expect(JSON.parse(said[0] ?? "")).toEqual({
      event: "payout.result",
      payout_id: "mspo_1",
      attempt_no: 2,
      status: 'a "b"\nc',
    })
  })

  it("is shortened in both ways of writing", () => {
    for (const format of ["text", "json"] as const) {
      const said: string[] = []
      linesIn(said, format).info("nudge.failed", { nudge: "x".repeat(5_000) })
      expect(said[0]?.length).toBeLessThan(300)
    }
  })
})

describe("what is logged is counted", () => {
  it.each([
    ["payout.parked", {}, "masspay.payout.parked", {}],
    ["payout.key_rotated", {}, "masspay.payout.key_rotations", {}],
    [
      "payout.flipped",
      { to: "cancelled" },
      "masspay.payout.flips",
      { to: "cancelled" },
    ],
    [
      "recon.discrepancy",
      { class: "D05" },
      "masspay.discrepancies",
      { class: "D05" },
    ],
    [
      "recon.healed",
      { class: "D01" },
      "masspay.discrepancies",
      { class: "D01" },
    ],
    ["funding.unexplained", {}, "masspay.discrepancies", { class: "D11" }],
  ] as const)("%s", (event, fields, counter, attributes) => {
    const said: string[] = []
    const counted: unknown[] = []
    const log = countedLog(linesIn(said), {
      count: (...one) => void counted.push(one),
      completedBy: () => undefined,
    })
    log.error(event, { ...fields, vendor_id: "ven_1" })
    expect(counted).toEqual([[counter, attributes]])
    expect(said).toHaveLength(1)
    log.info("payout.result", { status: "completed" })
    expect(counted).toHaveLength(1)
  })

  it("a payout that a look-up completed is timed, another is not", () => {
    const timed: unknown[] = []
    const log = countedLog(linesIn([]), {
      count: () => undefined,
      completedBy: (...one) => void timed.push(one),
    })
    log.info("payout.resolved", { payout_id: "mspo_1", to: "completed" })
    log.info("payout.resolved", { payout_id: "mspo_2", to: "void" })
    expect(timed).toEqual([["look_up", "mspo_1"]])
  })
})

describe("a shop's exporter that breaks", () => {
  const breaks = (): never => {
    throw new Error("the exporter")
  }
  const span = {
    spanContext: () => api.INVALID_SPAN_CONTEXT,
    setAttributes: breaks,
    setStatus: breaks,
    end: breaks,
  }
  const around = (
    startActiveSpan: (fn: () => Promise<unknown>) => unknown
  ) => ({
    getTracer: () => ({
      startActiveSpan: (
        _name: string,
        _options: object,
        fn: (one: typeof span) => Promise<unknown>
      ) => startActiveSpan(() => fn(span)),
    }),
  })
  const instrument = { add: breaks, record: breaks, addCallback: breaks }
  it.each<[string, object, () => unknown]>([
    ["before work", { getTracer: () => ({ startActiveSpan: breaks }) }, breaks],
    [
      "around work",
      {
        getTracer: () => ({
          startActiveSpan: (_name: string, _options: object, fn: unknown) =>
            (fn as (one: typeof span) => unknown)(span),
        }),
      },
      () => ({
        createCounter: () => instrument,
        createHistogram: () => instrument,
        createObservableGauge: () => instrument,
        addBatchObservableCallback: breaks,
      }),
    ],
    [
      "after work began",
      around((fn) => {
        void fn()
        breaks()
      }),
      breaks,
    ],
    [
      "by doing it twice",
      around((fn) => {
        void fn()
        return fn()
      }),
      breaks,
    ],
    ["by not doing it", around(() => undefined), breaks],
    [
      "by doing it later, too",
      around((fn) => {
        queueMicrotask(() => void fn())
      }),
      breaks,
    ],
    [
      "by losing what comes of it",
      around(async (fn) => {
        await fn()
      }),
      breaks,
    ],
    [
      "at the span's context",
      {
        getTracer: () => ({
          startActiveSpan: (_name: string, _options: object, fn: unknown) =>
            (fn as (one: object) => unknown)({ ...span, spanContext: breaks }),
        }),
      },
      breaks,
    ],
  ])("%s changes nothing of the work", async (_when, trace, getMeter) => {
    const metrics = { getMeterProvider: () => ({}), getMeter }
    const broken = { ...api, trace, metrics } as unknown as typeof api
    const telemetry = telemetryOver(broken, AWAY)
    let done = 0
    const work = () =>
      traced({ telemetry }, "masspay.look_up", {}, (one) => {
        done += 1
        one.note({ "masspay.payouts": 1 })
        telemetry.count("masspay.payout.parked", {})
        return Promise.resolve("done")
      })

    expect(await work()).toBe("done")
    expect(done).toBe(1)
    await expect(
      traced({ telemetry }, "masspay.look_up", {}, () =>
        Promise.reject(new Error("the work"))
      )
    ).rejects.toThrow("the work")
  })
})
