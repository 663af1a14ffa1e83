import type { Noting } from "../telemetry"
import type { AttributesOf, SpanName, SPANS } from "../telemetry/catalogue"
import { newCorrelationId, withCorrelation } from "./correlation"
import type { RunnerDeps } from "./deps"

type Watched = Pick<RunnerDeps, "telemetry">

/** `work` in a span of the shop's own tracing, where there is one. */
export async function traced<Name extends SpanName, Result>(
  { telemetry }: Watched,
  name: Name,
  attributes: AttributesOf<(typeof SPANS)[Name]>,
  work: (span: Noting<Name>) => Promise<Result>
): Promise<Result> {
  return telemetry
    ? telemetry.span(name, attributes, work)
    : work({ note: () => undefined, trace_id: null })
}

/** The same for a run: every line that is logged in it carries one `correlation_id`, the trace's where there is a trace. */
export async function asRun<Result>(
  watched: Watched,
  name: SpanName,
  work: () => Promise<Result>
): Promise<Result> {
  return traced(watched, name, {}, ({ trace_id }) =>
    withCorrelation(trace_id ?? newCorrelationId(), work)
  )
}
