import type { Fields } from "../fields"
import { isKnownCurrency, parseAmount } from "../money"

const DEFAULT_CURRENCY = "USD"

/** `amount` and `source_currency_code`, as loads and spendbacks carry them. */
export function readMoneyFields(fields: Fields): {
  currency_code: string
  minor: bigint
} {
  const currency_code =
    fields.optionalText("source_currency_code") ?? DEFAULT_CURRENCY
  return { currency_code, minor: readAmount(fields, currency_code) }
}

function readAmount(fields: Fields, currencyCode: string): bigint {
  const amount = fields.number("amount")
  if (!isKnownCurrency(currencyCode)) {
    fields.problem(
      "source_currency_code",
      "must be an ISO 4217 code that this sandbox knows"
    )
    return 0n
  }
  if (amount === undefined) return 0n
  const parsed = parseAmount(amount, currencyCode)
  if (parsed.problem !== undefined) fields.problem("amount", parsed.problem)
  return parsed.minor ?? 0n
}
