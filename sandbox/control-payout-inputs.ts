import { assertOnly, choice, optionalText, whole } from "./control-rules"
import { ControlError } from "./errors"
import type { JsonObject } from "./json"
import { isJsonObject } from "./json"
import { parseAmount } from "./money"
import { type Fx, FX_CURRENCIES } from "./payouts/fx"
import {
  CANCELLATIONS,
  COMMIT_OUTCOMES,
  type PayerChange,
  PAYOUT_STATUSES,
  type PayoutScriptInput,
  type PayoutStatus,
  QUOTE_WORDS,
  SCRIPT_USES,
  type ScriptStep,
} from "./payouts/types"

const IN_MS_MAX = 10 * 365 * 86_400_000
const TIMES_MAX = 1_000_000
const DRIFT_MAX = 9_000
const STEPS_MAX = 100

export type PayoutStatusInput = {
  status: PayoutStatus
  status_reason?: string
  trace_code?: string
}

export type PayoutFlipInput = (
  | { payout_token: string; client_transfer_id?: undefined }
  | {
      /** The latest committed payout with it, once the time has come. */
      client_transfer_id: string
      payout_token?: undefined
    }
) & {
  status: PayoutStatus
  /** From now, on the virtual clock. */
  in_ms: number
  status_reason?: string
}

export type FxInput = {
  /** Added to every rate between two currencies: 100 makes it one percent better. */
  drift_bps?: number
  /** With `per_usd`: one currency of the table gets a rate of its own. */
  currency_code?: string
  /** Up to 6 decimals; null: as the table says. */
  per_usd?: string | number | null
}

/** Amounts in US dollars. */
export type PayerChangeInput = {
  fee?: string | number
  min_limit?: string | number
  /** 0: no bound. */
  max_limit?: string | number
  is_gone?: boolean
}

export type AttributeInput = {
  type: string
  label: string
  validation?: string
  is_optional?: boolean
}

export function readPayoutStatus(body: JsonObject): PayoutStatusInput {
  assertOnly(body, ["status", "status_reason", "trace_code"])
  const status_reason = optionalText(body, "status_reason")
  const trace_code = optionalText(body, "trace_code")
  return {
    status: choice(body.status, "status", PAYOUT_STATUSES),
    ...(status_reason !== undefined && { status_reason }),
    ...(trace_code !== undefined && { trace_code }),
  }
}

export function readPayoutFlip(body: JsonObject): PayoutFlipInput {
  assertOnly(body, [
    "payout_token",
    "client_transfer_id",
    "status",
    "status_reason",
    "in_ms",
  ])
  const payout_token = optionalText(body, "payout_token")
  const client_transfer_id = optionalText(body, "client_transfer_id")
  const { payout_token: _p, client_transfer_id: _c, ...rest } = body
  const step = readStep(rest)
  if (payout_token !== undefined && client_transfer_id === undefined) {
    return { ...step, payout_token }
  }
  if (client_transfer_id !== undefined && payout_token === undefined) {
    return { ...step, client_transfer_id }
  }
  throw new ControlError(400, "Give either payout_token or client_transfer_id")
}

function readStep(value: unknown): ScriptStep {
  if (!isJsonObject(value)) throw new ControlError(400, "A step is an object")
  assertOnly(value, ["status", "status_reason", "in_ms"])
  const status_reason = optionalText(value, "status_reason")
  const rule = { field: "in_ms", min: 0, max: IN_MS_MAX }
  return {
    status: choice(value.status, "status", PAYOUT_STATUSES),
    in_ms: whole(value.in_ms, rule),
    ...(status_reason !== undefined && { status_reason }),
  }
}

export function readPayoutScript(body: JsonObject): PayoutScriptInput {
  const aims = ["payout_token", "client_transfer_id", "user_token"] as const
  assertOnly(body, [...aims, ...SCRIPT_USES, "times", "errors"])
  const script: PayoutScriptInput = {}
  for (const aim of aims) {
    const text = optionalText(body, aim)
    if (text !== undefined) script[aim] = text
  }
  if (aims.every((aim) => script[aim] === undefined)) {
    throw new ControlError(400, `Give at least one of ${aims.join(", ")}`)
  }
  if (SCRIPT_USES.every((use) => body[use] === undefined)) {
    throw new ControlError(
      400,
      `Give at least one of ${SCRIPT_USES.join(", ")}`
    )
  }
  if (body.times !== undefined) {
    const rule = { field: "times", min: 1, max: TIMES_MAX }
    script.times = whole(body.times, rule)
  }
  if (body.quote !== undefined) {
    script.quote = choice(body.quote, "quote", QUOTE_WORDS)
  }
  if (body.commit !== undefined) {
    script.commit = choice(body.commit, "commit", COMMIT_OUTCOMES)
  }
  const errors = optionalText(body, "errors")
  if (errors !== undefined) script.errors = errors
  if (body.steps !== undefined) script.steps = readSteps(body.steps)
  if (body.cancellation !== undefined) {
    const { cancellation } = body
    script.cancellation = choice(cancellation, "cancellation", CANCELLATIONS)
  }
  return script
}

function readSteps(value: unknown): ScriptStep[] {
  if (!Array.isArray(value) || value.length > STEPS_MAX) {
    throw new ControlError(400, `steps must be a list of up to ${STEPS_MAX}`)
  }
  return (value as unknown[]).map(readStep)
}

export function readFx(body: JsonObject, before: Fx): Fx {
  assertOnly(body, ["drift_bps", "currency_code", "per_usd"])
  const overrides = new Map(Object.entries(before.overrides))
  if (body.per_usd !== undefined || body.currency_code !== undefined) {
    const known = FX_CURRENCIES.filter((code) => code !== "USD")
    const code = choice(body.currency_code, "currency_code", known)
    const millionths = readMillionths(body.per_usd)
    if (millionths === null) overrides.delete(code)
    else overrides.set(code, millionths)
  }
  const rule = { field: "drift_bps", min: -DRIFT_MAX, max: DRIFT_MAX }
  return {
    overrides: Object.fromEntries(overrides),
    drift_bps:
      body.drift_bps === undefined
        ? before.drift_bps
        : whole(body.drift_bps, rule),
  }
}

function readMillionths(value: unknown): string | null {
  if (value === null) return null
  const text =
    typeof value === "number" || typeof value === "string" ? String(value) : ""
  const [, units = "", decimals = ""] =
    /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const millionths = `${units}${decimals.padEnd(6, "0")}`
  if (units !== "" && BigInt(millionths) > 0n) return millionths
  throw new ControlError(
    400,
    "per_usd must be a number above 0 with up to 6 decimals, or null"
  )
}

export function readPayerChange(body: JsonObject): PayerChange {
  assertOnly(body, ["fee", "min_limit", "max_limit", "is_gone"])
  if (body.is_gone !== undefined && typeof body.is_gone !== "boolean") {
    throw new ControlError(400, "is_gone must be true or false")
  }
  return {
    ...(body.fee !== undefined && { fee_cents: readCents(body, "fee") }),
    ...(body.min_limit !== undefined && {
      min_cents: readCents(body, "min_limit"),
    }),
    ...(body.max_limit !== undefined && {
      max_cents: readCents(body, "max_limit"),
    }),
    ...(body.is_gone !== undefined && { is_gone: body.is_gone }),
  }
}

function readCents(body: JsonObject, field: string): number {
  const value = body[field]
  if (value === 0 || value === "0") return 0
  const isAmount = typeof value === "number" || typeof value === "string"
  const parsed = parseAmount(isAmount ? value : "", "USD")
  if (parsed.problem === undefined) return Number(parsed.minor)
  throw new ControlError(400, `${field} ${parsed.problem}`)
}

export function readAttributeInput(body: JsonObject): Required<AttributeInput> {
  assertOnly(body, ["type", "label", "validation", "is_optional"])
  const type = optionalText(body, "type")
  const label = optionalText(body, "label")
  const validation = optionalText(body, "validation") ?? "^.+$"
  if (type === undefined || label === undefined) {
    throw new ControlError(400, "type and label are required")
  }
  const { is_optional = false } = body
  if (typeof is_optional !== "boolean") {
    throw new ControlError(400, "is_optional must be true or false")
  }
  try {
    new RegExp(validation, "u")
  } catch {
    throw new ControlError(400, "validation must be a regular expression")
  }
  return { type, label, validation, is_optional }
}
