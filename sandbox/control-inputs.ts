import type { ClockInput, MoneyInput } from "./control"
import { ControlError } from "./errors"
import { FAULT_NAMES, type FaultInput, isFaultName } from "./faults"
import { parseMoment } from "./fields"
import type { JsonObject } from "./json"
import {
  LOAD_STATUSES,
  type LoadStatus,
  LOCK_KINDS,
  type LockKind,
} from "./store"

const TIMES_MAX = 1_000_000
const DELAY_MS_MAX = 60_000
const LAG_MS_MAX = 7 * 86_400_000
const ADVANCE_MS_MAX = 10 * 365 * 86_400_000
const RETRY_AFTER_SECONDS_MAX = 3_600
const PAGE_LIMIT = 100
const PAGE_LIMIT_MAX = 1_000

/** A misspelt field would otherwise be ignored, and the test would prove nothing. */
function assertOnly(body: JsonObject, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !allowed.includes(field))
  if (unknown === undefined) return
  throw new ControlError(
    400,
    `There is no field "${unknown}" here. Allowed: ${allowed.join(", ") || "none"}`
  )
}

function shown(value: unknown): string {
  return value === undefined ? "left out" : JSON.stringify(value)
}

function choice<Choice extends string>(
  value: unknown,
  field: string,
  choices: readonly Choice[]
): Choice {
  const chosen = choices.find((candidate) => candidate === value)
  if (chosen) return chosen
  throw new ControlError(
    400,
    `${field} cannot be ${shown(value)}. Allowed: ${choices.join(", ")}`
  )
}

type WholeRule = { field: string; min: number; max: number }

function whole(value: unknown, { field, min, max }: WholeRule): number {
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  ) {
    return value
  }
  throw new ControlError(
    400,
    `${field} cannot be ${shown(value)}. Allowed: a whole number from ${min} to ${max}`
  )
}

function optionalText(body: JsonObject, field: string): string | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (typeof value === "string" && value !== "") return value
  throw new ControlError(400, `${field} must be a text`)
}

export function readNothing(body: JsonObject): void {
  assertOnly(body, [])
}

export function readMoney(body: JsonObject): MoneyInput {
  assertOnly(body, ["currency_code", "amount"])
  const currency_code = optionalText(body, "currency_code")
  if (currency_code === undefined) {
    throw new ControlError(400, "currency_code is required")
  }
  return { currency_code, amount: readAmountField(body) }
}

export function readWithdrawal(body: JsonObject): { amount: number | string } {
  assertOnly(body, ["amount"])
  return { amount: readAmountField(body) }
}

function readAmountField({ amount }: JsonObject): number | string {
  if (typeof amount === "number" || typeof amount === "string") return amount
  throw new ControlError(400, "amount must be a number or a decimal as text")
}

export function readClock(body: JsonObject): ClockInput {
  assertOnly(body, ["advance_ms", "now", "is_frozen"])
  const input: ClockInput = {}
  if (body.advance_ms !== undefined) {
    const rule = { field: "advance_ms", min: 0, max: ADVANCE_MS_MAX }
    input.advance_ms = whole(body.advance_ms, rule)
  }
  const now = optionalText(body, "now")
  if (now !== undefined) {
    const time = parseMoment(now)
    if (time === null) {
      throw new ControlError(400, "now must be a time in ISO 8601")
    }
    input.now = new Date(time).toISOString()
  }
  if (body.is_frozen !== undefined) {
    if (typeof body.is_frozen !== "boolean") {
      throw new ControlError(400, "is_frozen must be true or false")
    }
    input.is_frozen = body.is_frozen
  }
  if (Object.keys(input).length === 0) {
    throw new ControlError(400, "Give advance_ms, now or is_frozen")
  }
  return input
}

export function readLockKind(body: JsonObject): LockKind {
  assertOnly(body, ["kind"])
  return choice(body.kind, "kind", LOCK_KINDS)
}

export function readLoadStatus(body: JsonObject): LoadStatus {
  assertOnly(body, ["status"])
  return choice(body.status, "status", LOAD_STATUSES)
}

/** The faults that take a parameter, and which. */
const FAULT_PARAMETERS = [
  {
    field: "retry_after_seconds",
    faults: ["429"],
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
    field: "delay_ms",
    faults: ["slow_trickle"],
    max: DELAY_MS_MAX,
    isRequired: false,
  },
] as const

export function readFault(body: JsonObject): FaultInput {
  const name = body.fault
  if (typeof name !== "string" || !isFaultName(name)) {
    choice(name, "fault", FAULT_NAMES)
    throw new Error("An unknown fault was found among the known ones")
  }
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
    input[field] = whole(body[field], { field, min: 0, max })
  }
  return input
}

export function readPage(query: URLSearchParams): {
  after: number
  limit: number
} {
  return {
    after: readQueryNumber(query, {
      field: "after",
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      fallback: 0,
    }),
    limit: readLimit(query),
  }
}

export function readLimit(query: URLSearchParams): number {
  return readQueryNumber(query, {
    field: "limit",
    min: 1,
    max: PAGE_LIMIT_MAX,
    fallback: PAGE_LIMIT,
  })
}

function readQueryNumber(
  query: URLSearchParams,
  rule: WholeRule & { fallback: number }
): number {
  const text = query.get(rule.field)
  if (text === null) return rule.fallback
  return whole(/^\d+$/.test(text) ? Number(text) : text, rule)
}
