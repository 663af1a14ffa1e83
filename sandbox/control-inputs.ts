import {
  assertOnly,
  choice,
  optionalText,
  whole,
  type WholeRule,
} from "./control-rules"
import type { ClockInput, FlipInput, MoneyInput } from "./control-types"
import { ControlError } from "./errors"
import { parseMoment } from "./fields"
import type { JsonObject } from "./json"
import { KYC_STATUSES, type KycStatus } from "./kyc/papers"
import {
  IF_SPENT,
  LOAD_STATUSES,
  type LoadStatus,
  LOCK_KINDS,
  type LockKind,
} from "./store"

const ADVANCE_MS_MAX = 10 * 365 * 86_400_000
const PAGE_LIMIT = 100
const PAGE_LIMIT_MAX = 1_000

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

export function readKycStatus(body: JsonObject): KycStatus {
  assertOnly(body, ["status"])
  return choice(body.status, "status", KYC_STATUSES)
}

export function readLoadStatus(body: JsonObject): LoadStatus {
  assertOnly(body, ["status"])
  return choice(body.status, "status", LOAD_STATUSES)
}

const FLIP_STATUSES = ["COMPLETED", "CANCELLED"] as const

export function readFlip(body: JsonObject): FlipInput {
  assertOnly(body, [
    "load_token",
    "client_load_id",
    "status",
    "in_ms",
    "if_spent",
  ])
  const load_token = optionalText(body, "load_token")
  const client_load_id = optionalText(body, "client_load_id")
  const flip = {
    status: choice(body.status, "status", FLIP_STATUSES),
    in_ms: whole(body.in_ms, { field: "in_ms", min: 0, max: ADVANCE_MS_MAX }),
    ...(body.if_spent !== undefined && {
      if_spent: choice(body.if_spent, "if_spent", IF_SPENT),
    }),
  }
  if (load_token !== undefined && client_load_id === undefined) {
    return { ...flip, load_token }
  }
  if (client_load_id !== undefined && load_token === undefined) {
    return { ...flip, client_load_id }
  }
  throw new ControlError(400, "Give either load_token or client_load_id")
}

export function readAutopayout(body: JsonObject): {
  percentage: number | null
} {
  assertOnly(body, ["percentage"])
  if (body.percentage === null) return { percentage: null }
  const rule = { field: "percentage", min: 0, max: 100 }
  return { percentage: whole(body.percentage, rule) }
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
