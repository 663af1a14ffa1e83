import { assertOnly, choice, optionalText, whole } from "./control-rules"
import { ControlError } from "./errors"
import { DEFAULT_PLAN_KINDS, type FaultPlanOrder } from "./fault-plan"
import { FAULT_NAMES, type FaultInput, type FaultName } from "./faults"
import type { JsonObject } from "./json"

const TIMES_MAX = 1_000_000
const DELAY_MS_MAX = 60_000
const LAG_MS_MAX = 7 * 86_400_000
const MAX_ROWS_MAX = 100_000
const RETRY_AFTER_SECONDS_MAX = 3_600

/** The faults that take a parameter, and which. */
const FAULT_PARAMETERS = [
  {
    field: "retry_after_seconds",
    faults: ["429", "429_retry_after"],
    max: RETRY_AFTER_SECONDS_MAX,
    isRequired: false,
  },
  { field: "lag_ms", faults: ["list_lag"], max: LAG_MS_MAX, isRequired: true },
  {
    field: "delay_ms",
    faults: ["delay_then_execute"],
    max: DELAY_MS_MAX,
    isRequired: true,
  },
  {
    field: "max_rows",
    faults: ["list_cap"],
    max: MAX_ROWS_MAX,
    isRequired: true,
  },
  {
    field: "delay_ms",
    faults: ["slow_trickle", "timeout_before_execute", "execute_then_hang"],
    max: DELAY_MS_MAX,
    isRequired: false,
  },
] as const

export function readFault(body: JsonObject): FaultInput {
  const name = choice(body.fault, "fault", FAULT_NAMES)
  const parameters = FAULT_PARAMETERS.filter(({ faults }) =>
    faults.some((fault) => fault === name)
  )
  assertOnly(body, [
    "fault",
    "times",
    "skip",
    "method",
    "path",
    ...parameters.map(({ field }) => field),
  ])
  const input: FaultInput = { fault: name }
  if (body.times !== undefined) {
    input.times = whole(body.times, { field: "times", min: 1, max: TIMES_MAX })
  }
  if (body.skip !== undefined) {
    input.skip = whole(body.skip, { field: "skip", min: 0, max: TIMES_MAX })
  }
  const method = optionalText(body, "method")
  if (method !== undefined) input.method = method.toUpperCase()
  const path = optionalText(body, "path")
  if (path !== undefined) input.path = path
  for (const { field, max, isRequired } of parameters) {
    if (body[field] === undefined && !isRequired) continue
    const min = field === "max_rows" ? 1 : 0
    input[field] = whole(body[field], { field, min, max })
  }
  return input
}

const PLAN_FIELDS = [
  "seed",
  "rate",
  "kinds",
  "method",
  "path",
  "until_requests",
  "max_faults",
  "delay_ms",
  "lag_ms",
  "max_rows",
  "retry_after_seconds",
]

type Limits = { min: number; max: number }

/** A plan with everything that was left out filled in. */
export function readFaultPlan(body: JsonObject): FaultPlanOrder {
  assertOnly(body, PLAN_FIELDS)
  const orElse = (field: string, fallback: number, limits: Limits): number =>
    whole(body[field] ?? fallback, { field, ...limits })
  const orNull = (field: string): number | null => {
    const limits = { min: 0, max: Number.MAX_SAFE_INTEGER }
    const value = body[field] ?? null
    return value === null ? null : whole(value, { field, ...limits })
  }
  const textOrNull = (field: string): string | null =>
    body[field] === null ? null : (optionalText(body, field) ?? null)
  const seedLimits = { min: 0, max: Number.MAX_SAFE_INTEGER }
  return {
    seed: whole(body.seed, { field: "seed", ...seedLimits }),
    rate: readRate(body.rate),
    kinds: readKinds(body.kinds),
    method: textOrNull("method")?.toUpperCase() ?? null,
    path: textOrNull("path"),
    until_requests: orNull("until_requests"),
    max_faults: orNull("max_faults"),
    delay_ms: orElse("delay_ms", 2_000, { min: 0, max: DELAY_MS_MAX }),
    lag_ms: orElse("lag_ms", 60_000, { min: 0, max: LAG_MS_MAX }),
    max_rows: orElse("max_rows", 1, { min: 1, max: MAX_ROWS_MAX }),
    retry_after_seconds: orElse("retry_after_seconds", 1, {
      min: 0,
      max: RETRY_AFTER_SECONDS_MAX,
    }),
  }
}

function readRate(rate: unknown): number {
  if (typeof rate === "number" && rate >= 0 && rate <= 1) return rate
  throw new ControlError(400, "rate must be a number from 0 to 1")
}

function readKinds(kinds: unknown): FaultName[] {
  if (kinds === undefined) return [...DEFAULT_PLAN_KINDS]
  if (!Array.isArray(kinds) || kinds.length === 0) {
    throw new ControlError(400, "kinds must be a list of at least one fault")
  }
  return kinds.map((kind: unknown) => choice(kind, "kinds", FAULT_NAMES))
}
