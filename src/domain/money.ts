import { canonicalCurrency, exponentOf } from "./currency"
import { divideHalfEven, tenTo } from "./decimal"
import { InvalidAmountError } from "./errors"

export {
  parseDecimal,
  roundToMinor,
  sumDecimals,
  type Decimal,
} from "./decimal"

/** A hundredth of a percent; 10 000 of them are the whole. */
export const BASIS_POINTS_WHOLE = 10_000

/** What a double carries without doubt; JSON numbers are doubles at the other end. */
const SIGNIFICANT_DIGITS_MAX = 15

const MAJOR = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

/**
 * Minor units of an amount written in major units ("12.50" USD is 1250n).
 * Strict: plain decimal notation, no leading zeros, no spaces, and never more
 * decimals than the currency has. Throws `InvalidAmountError`, or
 * `UnknownCurrencyError` for a currency without an exponent.
 */
export function parseMajor(text: string, currency: string): bigint {
  const exponent = exponentOf(currency)
  const match = text.length <= 40 ? MAJOR.exec(text) : undefined
  if (!match) throw new InvalidAmountError("Not an amount in major units")

  const [, sign, whole, fraction = ""] = match
  if (fraction.length > exponent) {
    throw new InvalidAmountError(
      `An amount in ${canonicalCurrency(currency)} has at most ${exponent} decimals`
    )
  }
  const magnitude = BigInt(`${whole ?? ""}${fraction.padEnd(exponent, "0")}`)
  return sign === "-" ? -magnitude : magnitude
}

/** "12.50" from 1250n USD: always with the currency's full number of decimals. */
export function formatMajor(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  const sign = minor < 0n ? "-" : ""
  const magnitude = minor < 0n ? -minor : minor
  if (exponent === 0) return `${sign}${magnitude}`

  const unit = tenTo(exponent)
  const fraction = (magnitude % unit).toString().padStart(exponent, "0")
  return `${sign}${magnitude / unit}.${fraction}`
}

/**
 * Minor units of an amount that a JSON parser has already made a double. It is
 * read back through its shortest decimal form; no arithmetic touches it.
 * Throws `InvalidAmountError` on NaN, infinities, exponent notation, more than
 * 15 significant digits, and more decimals than the currency has.
 */
export function parseJsonNumber(value: number, currency: string): bigint {
  if (!Number.isFinite(value)) {
    throw new InvalidAmountError("Not a finite number")
  }
  const text = String(value)
  assertCarriedByDouble(text)
  return parseMajor(text, currency)
}

/**
 * The shortest JSON number for an amount: 1250n USD is `12.5`, 1200n is `12`.
 * Printed digit by digit from the integer. Throws `InvalidAmountError` when a
 * double could not carry it to the other side.
 */
export function printJsonNumber(minor: bigint, currency: string): string {
  const text = formatMajor(minor, currency)
  const shortest = text.includes(".") ? text.replace(/\.?0+$/, "") : text
  assertCarriedByDouble(shortest)
  return shortest
}

/** `minor × basis_points / 10 000`, one division, half to even. */
export function mulBasisPoints(minor: bigint, basis_points: number): bigint {
  if (!Number.isSafeInteger(basis_points) || basis_points < 0) {
    throw new RangeError("Basis points must be a whole number, not negative")
  }
  return divideHalfEven(
    minor * BigInt(basis_points),
    BigInt(BASIS_POINTS_WHOLE)
  )
}

function assertCarriedByDouble(text: string): void {
  if (/e/i.test(text)) {
    throw new InvalidAmountError("A number in exponent notation")
  }
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "")
  if (digits.length > SIGNIFICANT_DIGITS_MAX) {
    throw new InvalidAmountError(
      `More than ${SIGNIFICANT_DIGITS_MAX} significant digits`
    )
  }
}
