import { formatMajor } from "./money"

/** Who pays MassPay's fee for a direct payout. */
export const FEE_BEARERS = ["platform", "vendor"] as const
export type FeeBearer = (typeof FEE_BEARERS)[number]

/** What a quote may differ by from what was expected before it is refused. */
export type QuoteBounds = {
  /** Of the payout's amount, in basis points. */
  fee_basis_points: number
  /** Between the quoted rate and the one she was shown, in basis points. */
  rate_basis_points: number
}

/** How direct payouts are quoted. */
export type DirectPolicy = {
  fees_borne_by: FeeBearer
  bounds: QuoteBounds
  /** Whether operators may ask for completed ones back. */
  may_reverse: boolean
}

/** As a shop has it that says nothing. */
export const DEFAULT_DIRECT: DirectPolicy = {
  fees_borne_by: "platform",
  bounds: { fee_basis_points: 1_000, rate_basis_points: 500 },
  may_reverse: false,
}

export type AskedQuote = {
  /** Of the payout, minor units. */
  amount: bigint
  currency_code: string
  destination_token: string
  destination_currency_code: string
  /** As she was shown it, a decimal; `null`: unknown. */
  exchange_rate: string | null
}

/** What MassPay answered. */
export type QuotedTerms = {
  /** Minor units, both; `null`: not told exactly. */
  source_amount: bigint | null
  fee: bigint | null
  source_currency_code: string
  destination_token: string
  destination_currency_code: string
  exchange_rate: string | null
}

/** Stable codes. */
export type QuoteProblem = {
  code: "quote_differs" | "quote_fee" | "quote_rate"
  /** Plain words for an operator. */
  detail: string
}

/** MassPay lowers an amount so that the fee fits, and rounds. */
const ROUNDING = 1n

/**
 * Why a quote must not be committed; `null`: it may. What leaves the wallet is
 * the payout's amount, with the fee on top of it where the platform bears it,
 * and within it where the vendor does.
 */
export function problemWithQuote(
  asked: AskedQuote,
  quote: QuotedTerms,
  policy: DirectPolicy
): QuoteProblem | null {
  const { currency_code } = asked
  const { source_amount, fee } = quote
  if (
    quote.source_currency_code !== currency_code ||
    quote.destination_token !== asked.destination_token ||
    quote.destination_currency_code !== asked.destination_currency_code
  ) {
    return differs("MassPay quoted another route or currency than was asked.")
  }
  if (source_amount === null || fee === null || source_amount <= 0n) {
    return differs("MassPay's quote does not tell exactly what it costs.")
  }
  if (fee < 0n) return differs("MassPay quoted a fee below zero.")
  if (!isWhole(asked.amount, { source_amount, fee }, policy.fees_borne_by)) {
    return differs(
      `MassPay quoted ${formatMajor(source_amount, currency_code)} ${currency_code} and a fee of ${formatMajor(fee, currency_code)}; the payout is ${formatMajor(asked.amount, currency_code)}.`
    )
  }
  if (fee * 10_000n > asked.amount * BigInt(policy.bounds.fee_basis_points)) {
    return {
      code: "quote_fee",
      detail: `MassPay's fee of ${formatMajor(fee, currency_code)} ${currency_code} is more than ${percent(policy.bounds.fee_basis_points)} of the payout.`,
    }
  }
  return problemWithRate(asked, quote, policy.bounds)
}

function isWhole(
  amount: bigint,
  { source_amount, fee }: { source_amount: bigint; fee: bigint },
  bearer: FeeBearer
): boolean {
  if (bearer === "platform") return source_amount === amount
  const debit = source_amount + fee
  return debit <= amount && amount - debit <= ROUNDING
}

/**
 * Whether a payout that MassPay lists is what was asked for, whoever bears the
 * fee: the option may have changed since it was quoted.
 */
export function isQuotedAmount(
  amount: bigint,
  listed: { source_amount: bigint; fee: bigint | null }
): boolean {
  const debit = listed.source_amount + (listed.fee ?? 0n)
  return (
    listed.source_amount === amount ||
    (debit <= amount && amount - debit <= ROUNDING)
  )
}

/** Who bears the fee of a quote, as its own amounts say it; `null`: nobody, or it cannot be told. */
export function feeBearerOf(
  amount: bigint,
  quoted: { source_amount: bigint; fee: bigint }
): FeeBearer | null {
  if (quoted.fee <= 0n) return null
  return FEE_BEARERS.find((bearer) => isWhole(amount, quoted, bearer)) ?? null
}

function problemWithRate(
  { currency_code, destination_currency_code, exchange_rate }: AskedQuote,
  quote: QuotedTerms,
  { rate_basis_points }: QuoteBounds
): QuoteProblem | null {
  const shown = exchange_rate === null ? null : Number(exchange_rate)
  const quoted =
    quote.exchange_rate === null ? null : Number(quote.exchange_rate)
  if (currency_code === destination_currency_code) return null
  if (shown === null || quoted === null || !(shown > 0) || !(quoted > 0)) {
    return differs("MassPay's quote does not tell the exchange rate.")
  }
  const drift = Math.abs(quoted - shown) / shown
  if (drift * 10_000 <= rate_basis_points) return null
  return {
    code: "quote_rate",
    detail: `MassPay quoted ${quote.exchange_rate ?? ""} ${destination_currency_code} for one ${currency_code}; she was shown ${exchange_rate ?? ""}, and ${percent(rate_basis_points)} are allowed between the two.`,
  }
}

function differs(detail: string): QuoteProblem {
  return { code: "quote_differs", detail }
}

function percent(basis_points: number): string {
  return `${basis_points / 100} %`
}
