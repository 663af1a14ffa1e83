import { z } from "@medusajs/framework/zod"

import { isKnownCurrency } from "../../../domain/currency"

/** What the fields of queries and bodies have in common. The messages are for whoever sent them. */

export const LIMIT_MAX = 100
const LIMIT_DEFAULT = 20
const OFFSET_MAX = 1_000_000
const TEXT_MAX = 200

/** A whole number of the query string; "1e3", "0x10" and "" are not. */
function wholeNumber(range: { min: number; max: number; default: number }) {
  const message = (field: string) =>
    `Field '${field}' must be a whole number from ${range.min} to ${range.max}`
  return (field: string) =>
    z
      .string({ error: message(field) })
      .regex(/^\d{1,9}$/, { error: message(field) })
      .transform(Number)
      .refine((value) => value >= range.min && value <= range.max, {
        error: message(field),
      })
      .default(range.default)
}

const limit = wholeNumber({ min: 1, max: LIMIT_MAX, default: LIMIT_DEFAULT })
const offset = wholeNumber({ min: 0, max: OFFSET_MAX, default: 0 })

export const paging = { limit: limit("limit"), offset: offset("offset") }

export function text(field: string) {
  const error = `Field '${field}' must be a text of 1 to ${TEXT_MAX} characters`
  return z.string({ error }).trim().min(1, { error }).max(TEXT_MAX, { error })
}

/**
 * A text of somebody's person or account, which no answer may repeat. Not
 * `z.string()`: what Medusa says of a wrong type quotes what was given.
 */
export function privateText(
  field: string,
  { error, max }: { error?: string; max: number }
) {
  return z
    .custom<string>(
      (value) =>
        typeof value === "string" &&
        value.trim() !== "" &&
        value.trim().length <= max,
      {
        error:
          error ?? `Field '${field}' must be a text of 1 to ${max} characters`,
      }
    )
    .transform((value) => value.trim())
}

const CURRENCY =
  "Field 'currency_code' must be an ISO 4217 code, for example usd"
export const currency = z
  .string({ error: CURRENCY })
  .refine(isKnownCurrency, { error: CURRENCY })
  .transform((code) => code.toUpperCase())

export function momentOf(field: string) {
  const error = `Field '${field}' must be a date or time, for example 2026-01-31 or 2026-01-31T12:00:00Z`
  return z
    .string({ error })
    .refine((value) => MOMENT.test(value) && isOnCalendar(value), { error })
    .transform((value) => new Date(value))
}
const MOMENT =
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** JavaScript takes the 31st of February for the 3rd of March. */
function isOnCalendar(value: string): boolean {
  const day = Number(value.slice(8, 10))
  return (
    !Number.isNaN(Date.parse(value)) &&
    new Date(value.slice(0, 10)).getUTCDate() === day
  )
}

const REASON_MAX = 1000

export const reason = z
  .string({ error: "Field 'reason' is required: why this is done" })
  .trim()
  .min(1, { error: "Field 'reason' is required: why this is done" })
  .max(REASON_MAX, {
    error: `Field 'reason' has at most ${REASON_MAX} characters`,
  })

const REQUEST_ID =
  "Field 'request_id' must be 1 to 100 of A-Z, a-z, 0-9, - and _, a new one for each action"
export const request_id = z
  .string({ error: REQUEST_ID })
  .regex(/^[A-Za-z0-9_-]{1,100}$/, { error: REQUEST_ID })
