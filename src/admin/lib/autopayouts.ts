import type {
  AdminDestination,
  Autopayout,
} from "../../types/http-destinations"

const WHOLE = 100
const HUNDREDTHS = 100

/**
 * The destinations that a rule can be made to: complete, and in the currency of
 * the wallet, because a rule changes no money.
 */
export function ruleDestinations(
  destinations: readonly AdminDestination[]
): AdminDestination[] {
  return destinations.filter(
    ({ status, currency_code, destination_currency_code }) =>
      status === "ready" && currency_code === destination_currency_code
  )
}

/** How much of a wallet no rule pays out yet, of 100. */
export function leftOf(
  rules: readonly Autopayout[],
  currency_code: string
): number {
  const taken = rules
    .filter((rule) => rule.currency_code === currency_code)
    .reduce(
      (sum, { percentage }) => sum + Math.round(percentage * HUNDREDTHS),
      0
    )
  return Math.max(WHOLE * HUNDREDTHS - taken, 0) / HUNDREDTHS
}

/** "12,5" or "12.5" as 12.5; `null`: nothing that the server takes. */
export function typedPercentage(text: string): number | null {
  const plain = text.trim().replace(/\s*%$/, "").replace(",", ".")
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null
  const percentage = Number(plain)
  return percentage > 0 && percentage <= WHOLE ? percentage : null
}
