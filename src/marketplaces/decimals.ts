import { MathBN } from "@medusajs/framework/utils"

/**
 * Exact decimals for adapters: strings in, strings out, any number of digits.
 * The rules round, once; an adapter never does.
 */

/** Plain notation without exponent: "1e-7" becomes "0.0000001". */
export function exact(value: string | number): string {
  return MathBN.convert(value).toFixed()
}

export function add(...values: string[]): string {
  return MathBN.sum(...values).toFixed()
}

export function subtract(from: string, ...values: string[]): string {
  return MathBN.sub(from, ...values).toFixed()
}

/** `amount × part ÷ whole`; a repeating result is cut after 20 decimals. */
export function share(amount: string, part: string, whole: string): string {
  return MathBN.div(MathBN.mult(amount, part), whole).toFixed()
}

export function isAtLeast(a: string, b: string): boolean {
  return MathBN.gte(a, b)
}

export function isZero(value: string): boolean {
  return MathBN.eq(value, "0")
}
