// `Intl.NumberFormat` takes decimal strings.
/// <reference lib="es2023.intl" />
import { isDecimal, scaleOf } from "./decimal"

/**
 * An amount as people write it, e.g. "12.50" in USD as "$12.50".
 *
 * The string goes to the formatter as it is, so large amounts keep every
 * digit, and it keeps the decimals that it came with, so nothing is rounded.
 */
export function formatMoney(
  amount: string,
  currency_code: string,
  locale: string
): string {
  return format(amount, currency_code, locale, "symbol")
}

/** The same with the currency's code behind it, where several currencies meet. */
export function formatMoneyWithCode(
  amount: string,
  currency_code: string,
  locale: string
): string {
  const text = format(amount, currency_code, locale, "narrowSymbol")
  return text.includes(currency_code) ? text : `${text} ${currency_code}`
}

/** Rounded, e.g. "$1.2K": for the ticks of a drawing, never for an amount that is meant. */
export function formatMoneyShort(
  amount: number,
  currency_code: string,
  locale: string
): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency_code,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(amount)
}

function format(
  amount: string,
  currency_code: string,
  locale: string,
  currencyDisplay: "symbol" | "narrowSymbol"
): string {
  const decimals = scaleOf(amount)
  try {
    const formatter = new Intl.NumberFormat(locale, {
      style: "currency",
      currency: currency_code,
      currencyDisplay,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    return isDecimal(amount) ? formatter.format(amount) : amount
  } catch {
    // A code that cannot be a currency's.
    return `${amount} ${currency_code}`
  }
}
