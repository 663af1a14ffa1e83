import { performance } from "node:perf_hooks"

import type {
  BatchObservableResult,
  Meter,
  ObservableGauge,
} from "@opentelemetry/api"

import type { Db } from "../modules/masspay/queries/db"
import {
  measureBooks,
  type Measured,
} from "../modules/masspay/queries/measures"
import { type GaugeName, GAUGES } from "./catalogue"

/** However many exporters ask, and however often. */
const FRESH_MS = 5_000

/** Lets an exporter read gauges from the books, one statement for each collection. */
export function observeBooks(meter: Meter, books: Db): void {
  const gauges = Object.fromEntries(
    Object.entries(GAUGES).map(([name, { unit, description }]) => [
      name,
      meter.createObservableGauge(name, { unit, description }),
    ])
  ) as Record<GaugeName, ObservableGauge>
  const measure = cachedMeasure(books)
  meter.addBatchObservableCallback(async (result) => {
    observe(result, gauges, await measure())
  }, Object.values(gauges))
}

function observe(
  result: BatchObservableResult,
  gauges: Record<GaugeName, ObservableGauge>,
  measured: readonly Measured[]
): void {
  for (const { name, value, attributes } of measured) {
    result.observe(gauges[name], value, attributes)
  }
}

/** A database that does not answer leaves a gap in the graph, which is what is known then. */
export function cachedMeasure(
  books: Db,
  { fresh_ms = FRESH_MS, now_ms = () => performance.now() } = {}
): () => Promise<readonly Measured[]> {
  let asked_ms = -Infinity
  let asked: Promise<readonly Measured[]> = Promise.resolve([])
  return () => {
    if (now_ms() - asked_ms < fresh_ms) return asked
    asked_ms = now_ms()
    asked = measureBooks(books).catch(() => [])
    return asked
  }
}
