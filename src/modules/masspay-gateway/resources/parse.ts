import { z } from "@medusajs/framework/zod"

import { isKnownCurrency } from "../../../domain/currency"
import { parseDecimal, parseJsonNumber } from "../../../domain/money"
import { GatewayOutcomeUnknownError, OffContractError } from "../errors"
import type { TransportResponse } from "../types"

/** Opaque: MassPay has changed the shape of its tokens before. */
export const Token = z.string().min(1).max(200)

// Other calls of MassPay's put a word where the token belongs, with a 200, when
// they did not do it. Nothing was seen to, so none of these counts as a refusal.
const NOT_A_TOKEN = ["DUPLICATE", "NSF"]

/** Of something that was made just now. */
export const NewToken = Token.refine((token) => !NOT_A_TOKEN.includes(token))

/** A word of MassPay's that may get new values: those become "UNRECOGNISED". */
export const wordOf = <const Words extends readonly [string, ...string[]]>(
  words: Words
) => z.enum(words).or(z.string().transform(() => "UNRECOGNISED" as const))

/** Upper case, whatever case it came in. */
export const Currency = z
  .string()
  .regex(/^[A-Za-z0-9]{3,5}$/)
  .transform((code) => code.toUpperCase())

/** A read: throws `OffContractError`, which names the field and never its value. */
export function parseRead<Schema extends z.ZodType>(
  schema: Schema,
  { status, body }: TransportResponse,
  what: string
): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new OffContractError(
    `MassPay's ${what} is not as agreed: ${placeOf(parsed.error)}`,
    { http_status: status }
  )
}

/** A write: an answer that does not parse proves nothing about what was done. */
export function parseWrite<Schema extends z.ZodType>(
  schema: Schema,
  { status, body }: TransportResponse,
  what: string
): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new GatewayOutcomeUnknownError(
    `MassPay may or may not have acted: its answer to the ${what} is not as agreed: ${placeOf(parsed.error)}`,
    { http_status: status }
  )
}

function placeOf(error: z.ZodError): string {
  const [issue] = error.issues
  const path = issue?.path.map(String).join(".") ?? ""
  return path === "" ? "the whole body" : `field ${path}`
}

/** Minor units, or `null` when the number is not an exact amount of the currency. */
export function exactAmount(value: number, currency: string): bigint | null {
  if (!isKnownCurrency(currency)) return null
  try {
    return parseJsonNumber(value, currency)
  } catch {
    return null
  }
}

/**
 * Minor units of a balance, rounded down, or `null` in a currency we do not
 * know. A balance only bounds what may be sent, and may hold fractions of a
 * minor unit; amounts of loads never go through here.
 */
export function balanceOf(value: number, currency: string): bigint | null {
  if (!isKnownCurrency(currency)) return null
  const exact = exactAmount(value, currency)
  if (exact !== null) return exact
  const { units, scale } = parseDecimal(String(value))
  const one = parseJsonNumber(1, currency)
  const parts = 10n ** BigInt(scale)
  const minor = (units * one) / parts
  return units < 0n && (units * one) % parts !== 0n ? minor - 1n : minor
}

/**
 * Minor units of a fee, a fraction of one rounded up so that no bound is passed
 * by less than a minor unit; `null` in a currency we do not know.
 */
export function feeOf(value: number, currency: string): bigint | null {
  const down = balanceOf(value, currency)
  if (down === null) return null
  return exactAmount(value, currency) === null ? down + 1n : down
}

/** MassPay's times are in UTC, also where they do not say so. */
export function parseTime(text: string | null | undefined): Date | null {
  if (!text) return null
  const has_zone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
  const time = new Date(has_zone ? text : `${text}Z`)
  return Number.isNaN(time.getTime()) ? null : time
}

/** Sizes at which lists are commonly cut, below the thousands. */
const PAGE_SIZES = [10, 20, 25, 50, 100, 200, 250, 500]

/** Whether a list of this length may have been cut: then it is compared with the history. */
export function isPageSize(length: number): boolean {
  return length >= 1000 ? length % 500 === 0 : PAGE_SIZES.includes(length)
}
