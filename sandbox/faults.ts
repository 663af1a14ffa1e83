/**
 * Every fault that can be armed.
 *
 * `edge` faults sit between the client and the API: the connection, a gateway, a
 * proxy. What the API itself decides is untouched, and is what a key remembers.
 * `core` faults are the API's own doing: their answer is saved under the key like
 * any other, and a replay of a saved answer is not touched by them.
 */
const LAYERS = {
  drop_before_execute: "edge",
  timeout_before_execute: "edge",
  "429": "edge",
  "429_retry_after": "edge",
  "401": "edge",
  "403": "edge",
  "502_html": "edge",
  "503_html": "edge",
  "504_html": "edge",
  execute_then_drop: "edge",
  execute_then_hang: "edge",
  "502_html_after_execute": "edge",
  "503_html_after_execute": "edge",
  "504_html_after_execute": "edge",
  "200_html": "edge",
  "200_garbage": "edge",
  truncated_json: "edge",
  reset_mid_body: "edge",
  slow_trickle: "edge",
  execute_then_500: "core",
  "500_without_executing": "core",
  "400_reject": "core",
  legacy_error: "core",
  "200_wrong_schema": "core",
  "200_cancelled": "core",
  list_lag: "core",
  list_cap: "core",
  delay_then_execute: "core",
} as const satisfies Record<string, "edge" | "core">

export type FaultName = keyof typeof LAYERS
export type FaultLayer = (typeof LAYERS)[FaultName]

const KNOWN_NAMES: ReadonlySet<string> = new Set(Object.keys(LAYERS))

function isFaultName(name: string): name is FaultName {
  return KNOWN_NAMES.has(name)
}

export const FAULT_NAMES: readonly FaultName[] =
  Object.keys(LAYERS).filter(isFaultName)

export type FaultInput = {
  fault: FaultName
  /** How many matching calls it hits. Default 1. */
  times?: number
  /** Only calls with this method. */
  method?: string
  /** Only calls whose path contains this text. */
  path?: string
  /** How many matching calls it lets pass first. Default 0. */
  skip?: number
  /** `429` and `429_retry_after` only: sent as Retry-After. By default 1 in the latter. */
  retry_after_seconds?: number
  /** `list_lag` only: rows younger than this, on the virtual clock, stay hidden. */
  lag_ms?: number
  /** `list_cap` only: no more than so many of the latest rows are shown. */
  max_rows?: number
  /**
   * In real time. How long `delay_then_execute` and `slow_trickle` take, and how long
   * `timeout_before_execute` and `execute_then_hang` hold their connection.
   */
  delay_ms?: number
}

export type ArmedFault = Readonly<FaultInput> & {
  readonly id: number
  times: number
  skip: number
}

/** What decides whether a fault applies to a call. */
export type FaultTarget = {
  method: string
  path: string
  operation: string | null
}

/** These make sense for some operations only and pass by all others. */
const OPERATIONS_OF: Partial<Record<FaultName, readonly string[]>> = {
  "200_cancelled": [
    "loads.create",
    "spendbacks.create",
    "payouts.commit",
    "reversals.create",
  ],
  list_lag: ["loads.list", "spendbacks.list", "payouts.list", "reversals.list"],
  list_cap: ["loads.list", "spendbacks.list", "payouts.list", "reversals.list"],
}

export function layerOf(fault: FaultName): FaultLayer {
  return LAYERS[fault]
}

export function appliesTo(fault: FaultName, operation: string | null): boolean {
  const operations = OPERATIONS_OF[fault]
  return !operations || (operation !== null && operations.includes(operation))
}

/** Whether a call is one of those that a fault or a plan is meant for. */
export function isMeant(
  { method, path }: { method?: string | null; path?: string | null },
  target: FaultTarget
): boolean {
  return (
    (method ?? target.method) === target.method &&
    target.path.includes(path ?? "")
  )
}

function matches(fault: ArmedFault, target: FaultTarget): boolean {
  return appliesTo(fault.fault, target.operation) && isMeant(fault, target)
}

/**
 * The faults waiting for their call, in the order they were armed. A call meets at
 * most one of each layer: the first that matches takes it, be it to hit it or to
 * let it pass.
 */
export class FaultQueue {
  private armed: ArmedFault[]
  private lastId: number

  constructor(armed: readonly ArmedFault[] = []) {
    this.armed = [...armed]
    this.lastId = Math.max(0, ...armed.map((fault) => fault.id))
  }

  arm(input: FaultInput): ArmedFault {
    this.lastId += 1
    const fault = { times: 1, skip: 0, ...input, id: this.lastId }
    this.armed.push(fault)
    return fault
  }

  /** Uses up one turn of the first matching fault, and returns it if it hits. */
  take(layer: FaultLayer, target: FaultTarget): ArmedFault | null {
    const fault = this.armed.find(
      (candidate) =>
        layerOf(candidate.fault) === layer && matches(candidate, target)
    )
    if (!fault) return null
    if (fault.skip > 0) {
      fault.skip -= 1
      return null
    }
    fault.times -= 1
    if (fault.times === 0) {
      this.armed = this.armed.filter((candidate) => candidate !== fault)
    }
    return fault
  }

  list(): readonly ArmedFault[] {
    return this.armed
  }

  clear(): void {
    this.armed = []
  }
}
