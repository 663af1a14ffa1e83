import { exponentOf } from "./currency"
import { InvalidAmountError } from "./errors"

/** The exact number `units / 10^scale`; `scale` is never negative. */
export type Decimal = { units: bigint; scale: number }

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Longer than anything a shop computes; a bound on what a hostile text costs. */
const DECIMAL_LENGTH_MAX = 200

/**
 * Reads a decimal of any scale without losing a digit. Shops store amounts with
 * more digits than the currency has, and very small ones as `1e-7`.
 * Throws `InvalidAmountError` on anything that is not a finite decimal.
 */
export function parseDecimal(text: string): Decimal {
  const match =
    text.length <= DECIMAL_LENGTH_MAX ? DECIMAL.exec(text) : undefined
  if (!match) throw new InvalidAmountError("Not a decimal number")

  const [, sign, whole, fraction = "", power = "0"] = match
  const magnitude = BigInt(`${whole ?? ""}${fraction}`)
  const units = sign === "-" ? -magnitude : magnitude
  const scale = fraction.length - Number(power)
  return scale < 0
    ? { units: units * tenTo(-scale), scale: 0 }
    : { units, scale }
}

export function sumDecimals(decimals: readonly Decimal[]): Decimal {
  const scale = commonScale(decimals)
  const units = decimals.reduce((sum, one) => sum + unitsAt(one, scale), 0n)
  return { units, scale }
}

export function negateDecimal(decimal: Decimal): Decimal {
  return { units: -decimal.units, scale: decimal.scale }
}

export function equalDecimals(a: Decimal, b: Decimal): boolean {
  const scale = commonScale([a, b])
  return unitsAt(a, scale) === unitsAt(b, scale)
}

/** The smallest scale at which all of them are whole numbers of units. */
export function commonScale(decimals: readonly Decimal[]): number {
  return decimals.reduce((scale, one) => Math.max(scale, one.scale), 0)
}

/** Units of `decimal` at a scale that is not smaller than its own. */
export function unitsAt(decimal: Decimal, scale: number): bigint {
  if (scale < decimal.scale) throw new RangeError("The scale is too small")
  return decimal.units * tenTo(scale - decimal.scale)
}

/** One rounding, half to even, from an exact decimal to minor units. */
export function roundToMinor(decimal: Decimal, currency: string): bigint {
  const surplus = decimal.scale - exponentOf(currency)
  return surplus <= 0
    ? decimal.units * tenTo(-surplus)
    : divideHalfEven(decimal.units, tenTo(surplus))
}

/** The same number always gives the same text: no exponent, no idle zeros. */
export function printDecimal(decimal: Decimal): string {
  const sign = decimal.units < 0n ? "-" : ""
  const magnitude = decimal.units < 0n ? -decimal.units : decimal.units
  const digits = magnitude.toString().padStart(decimal.scale + 1, "0")
  const whole = digits.slice(0, digits.length - decimal.scale)
  const fraction = digits
    .slice(digits.length - decimal.scale)
    .replace(/0+$/, "")
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

/**
 * `numerator / denominator` to the nearest whole number, a tie to the even one.
 * `denominator` must be positive.
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n)
    throw new RangeError("The denominator must be positive")
  const sign = numerator < 0n ? -1n : 1n
  const magnitude = numerator * sign
  const quotient = magnitude / denominator
  const twice = (magnitude % denominator) * 2n
  const isUp =
    twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return sign * (isUp ? quotient + 1n : quotient)
}

const POWERS_OF_TEN = Array.from({ length: 40 }, (_, n) => 10n ** BigInt(n))

export function tenTo(power: number): bigint {
  return POWERS_OF_TEN[power] ?? 10n ** BigInt(power)
}
