/** Arithmetic on decimal strings such as "-12.50". Exact: nothing becomes a JS number. */

type Decimal = { units: bigint; scale: number }

const DECIMAL = /^-?\d+(\.\d+)?$/

/** Whether `text` is a plain decimal, which is all the API answers. */
export function isDecimal(text: string): text is `${number}` {
  return DECIMAL.test(text)
}

/** Number of digits after the point. */
export function scaleOf(text: string): number {
  return text.split(".")[1]?.length ?? 0
}

function parse(text: string): Decimal {
  if (!isDecimal(text)) {
    throw new RangeError(`Not a decimal: ${text}`)
  }
  return { units: BigInt(text.replace(".", "")), scale: scaleOf(text) }
}

function print({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units)
    .toString()
    .padStart(scale + 1, "0")
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale > 0 ? `.${digits.slice(-scale)}` : ""
  return `${units < 0n ? "-" : ""}${whole}${fraction}`
}

/** The sum, with as many digits after the point as the longest addend has. */
export function sum(addends: readonly string[]): string {
  const decimals = addends.map(parse)
  const scale = Math.max(0, ...decimals.map((decimal) => decimal.scale))
  const units = decimals.reduce(
    (total, decimal) =>
      total + decimal.units * 10n ** BigInt(scale - decimal.scale),
    0n
  )
  return print({ units, scale })
}

export function negate(text: string): string {
  const { units, scale } = parse(text)
  return print({ units: -units, scale })
}

export function isZero(text: string): boolean {
  return parse(text).units === 0n
}

export function isNegative(text: string): boolean {
  return parse(text).units < 0n
}
