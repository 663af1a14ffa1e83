/** Exact arithmetic on the decimal numbers that the shop's API answers. */

/** A decimal of any scale: `units` × 10^-`scale`. */
export function decimal(number) {
  const [, sign, whole, fraction = ""] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(number)) ?? []
  if (whole === undefined) throw new Error(`Not a plain number: ${number}`)
  return { units: BigInt(sign + whole + fraction), scale: fraction.length }
}

export function sum(decimals) {
  const scale = Math.max(0, ...decimals.map((one) => one.scale))
  const units = decimals.reduce((all, one) => all + unitsAt(one, scale), 0n)
  return { units, scale }
}

export const times = (a, b) => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
})

export const negative = ({ units, scale }) => ({ units: -units, scale })

/** Below, at or above zero: -1, 0, 1. */
export const signOf = ({ units }) => (units > 0n ? 1 : units < 0n ? -1 : 0)

/** Both of the demo's currencies have cents. */
const CENTS = 2

/** Whole cents; exactly between two, the even one. */
export function toCents({ units, scale }) {
  if (scale <= CENTS) return unitsAt({ units, scale }, CENTS)
  return divideHalfEven(units, 10n ** BigInt(scale - CENTS))
}

/** A tenth and the like, in whole cents: half-even, too. */
export const partOf = (cents, numerator, denominator) =>
  divideHalfEven(cents * numerator, denominator)

/** "1234.50" */
export function format(cents) {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0")
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The other way round: what an API says as text, in whole cents. */
export const parse = (text) => toCents(decimal(text))

/**
 * Divides `total` cents by weight so that the parts add up: everybody gets what
 * is surely hers, and the cents left over go to the largest remainders.
 *
 * @param {{ key: string, weight: { units: bigint, scale: number } }[]} parts
 * @returns {Map<string, bigint>} cents by key
 */
export function divide(total, parts) {
  const scale = Math.max(0, ...parts.map(({ weight }) => weight.scale))
  const rows = parts
    .map(({ key, weight }) => ({ key, weight: unitsAt(weight, scale) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const all = rows.reduce((units, { weight }) => units + weight, 0n)
  if (all === 0n && total !== 0n) throw new Error("Nothing to divide by")
  if (all === 0n) return new Map(rows.map(({ key }) => [key, 0n]))
  const shares = rows.map(({ key, weight }) => ({
    key,
    cents: (total * weight) / all,
    remainder: (total * weight) % all,
  }))
  let left = shares.reduce((rest, { cents }) => rest - cents, total)
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1
  )
  for (const share of byRemainder) {
    if (left === 0n) break
    share.cents += 1n
    left -= 1n
  }
  return new Map(shares.map(({ key, cents }) => [key, cents]))
}

const unitsAt = ({ units, scale }, wanted) =>
  units * 10n ** BigInt(wanted - scale)

function divideHalfEven(numerator, denominator) {
  const isNegative = numerator < 0n
  const positive = isNegative ? -numerator : numerator
  const quotient = positive / denominator
  const twice = (positive % denominator) * 2n
  const isUp =
    twice > denominator || (twice === denominator && quotient % 2n === 1n)
  const rounded = isUp ? quotient + 1n : quotient
  return isNegative ? -rounded : rounded
}
