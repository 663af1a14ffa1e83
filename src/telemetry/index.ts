import type { Attributes, Counter, Histogram, Span } from "@opentelemetry/api"

import type { Db } from "../modules/masspay/queries/db"
import { secondsSinceClaim } from "../modules/masspay/queries/measures"
import { packageVersion } from "../package-version"
import { type Api, loadApi } from "./api"
import {
  type AttributesOf,
  type CounterName,
  COUNTERS,
  type HistogramName,
  HISTOGRAMS,
  type SpanName,
  type SPANS,
} from "./catalogue"
import { observeBooks } from "./observe"

/** A span as whoever works in it sees it. */
export type Noting<Name extends SpanName> = {
  /** What became known on the way. */
  note(attributes: AttributesOf<(typeof SPANS)[Name]>): void
  /** Of the trace it belongs to; `null` where nobody records it. */
  trace_id: string | null
}

/** What the plugin tells a shop's own monitoring. Nothing here ever throws, but for what `work` throws. */
export type Telemetry = {
  count<Name extends CounterName>(
    name: Name,
    attributes: AttributesOf<(typeof COUNTERS)[Name]>
  ): void
  record<Name extends HistogramName>(
    name: Name,
    seconds: number,
    attributes: AttributesOf<(typeof HISTOGRAMS)[Name]>
  ): void
  /** A look-up proved that this payout is paid: how long that took is read from the books, when there is time. */
  completedBy(by: "look_up", payout_id: string): void
  span<Name extends SpanName, Result>(
    name: Name,
    attributes: AttributesOf<(typeof SPANS)[Name]>,
    work: (span: Noting<Name>) => Promise<Result>
  ): Promise<Result>
}

const SCOPE = "medusa-plugin-masspay"

const known = new WeakMap<Db, Telemetry | null>()

/**
 * Over the shop's own OpenTelemetry; `null` where it has none. One for each
 * shop, which also lets the exporter read gauges from these books.
 */
export function telemetryOf(books: Db): Telemetry | null {
  const made = known.get(books)
  if (made !== undefined) return made
  const api = loadApi()
  const telemetry = api && telemetryOver(api, books)
  known.set(books, telemetry)
  return telemetry
}

type Instruments = {
  counters: Record<CounterName, Counter>
  histograms: Record<HistogramName, Histogram>
}

export function telemetryOver(api: Api, books: Db): Telemetry {
  const version = packageVersion()
  let provider: unknown = null
  let instruments: Instruments

  /** Made anew where the shop registered its provider after we began: the older ones lead nowhere. */
  function current(): Instruments {
    const now = api.metrics.getMeterProvider()
    if (now !== provider) {
      provider = now
      const meter = api.metrics.getMeter(SCOPE, version)
      instruments = {
        counters: mapped(COUNTERS, (name, { unit, description }) =>
          meter.createCounter(name, { unit, description })
        ),
        histograms: mapped(HISTOGRAMS, (name, { unit, description }) =>
          meter.createHistogram(name, { unit, description })
        ),
      }
      observeBooks(meter, books)
    }
    return instruments
  }

  async function spanned<Name extends SpanName, Result>(
    name: Name,
    attributes: AttributesOf<(typeof SPANS)[Name]>,
    work: (span: Noting<Name>) => Promise<Result>
  ): Promise<Result> {
    quietly(current)
    // Exactly once, whatever the shop's tracer does with what it is given.
    let running: Promise<Result> | undefined
    const once = (span: Span | null): Promise<Result> =>
      (running ??= inSpan(span, work))
    quietly(() => {
      const tracer = api.trace.getTracer(SCOPE, version)
      const options = { attributes: present(attributes) }
      const told: unknown = tracer.startActiveSpan(name, options, once)
      // What becomes of the work is told by the work.
      if (told instanceof Promise) told.catch(() => undefined)
    })
    return once(null)
  }

  /** `null`: there is no span, and the work goes on without. */
  async function inSpan<Name extends SpanName, Result>(
    span: Span | null,
    work: (span: Noting<Name>) => Promise<Result>
  ): Promise<Result> {
    let trace_id: string | null = null
    quietly(() => {
      const context = span?.spanContext()
      if (context && api.isSpanContextValid(context)) {
        trace_id = context.traceId
      }
    })
    try {
      return await work({
        note: (more) => {
          quietly(() => span?.setAttributes(present(more)))
        },
        trace_id,
      })
    } catch (error) {
      // Its message may hold a row's values: the name is enough to look.
      const message = error instanceof Error ? error.name : typeof error
      const code = api.SpanStatusCode.ERROR
      quietly(() => span?.setStatus({ code, message }))
      throw error
    } finally {
      quietly(() => span?.end())
    }
  }

  // The exporter may ask before anything was counted.
  quietly(current)
  const record: Telemetry["record"] = (name, seconds, attributes) => {
    quietly(() => {
      current().histograms[name].record(seconds, present(attributes))
    })
  }
  return {
    record,
    count: (name, attributes) => {
      quietly(() => {
        current().counters[name].add(1, present(attributes))
      })
    },
    completedBy: (by, payout_id) => {
      secondsSinceClaim(books, payout_id).then(
        (seconds) => {
          if (seconds === null) return
          record("masspay.payout.completion.duration", seconds, { by })
        },
        // One point less in a graph.
        () => undefined
      )
    },
    span: spanned,
  }
}

/** A shop's exporter runs in our calls: what breaks in it must not look like what we do breaking. */
function quietly(tell: () => unknown): void {
  try {
    tell()
  } catch {
    // One point less in a graph.
  }
}

function mapped<Name extends string, Described, Made>(
  catalogue: Record<Name, Described>,
  make: (name: Name, described: Described) => Made
): Record<Name, Made> {
  return Object.fromEntries(
    Object.entries<Described>(catalogue).map(([name, described]) => [
      name,
      make(name as Name, described),
    ])
  ) as Record<Name, Made>
}

function present(
  attributes: Readonly<Record<string, string | number | undefined>>
): Attributes {
  return attributes
}
