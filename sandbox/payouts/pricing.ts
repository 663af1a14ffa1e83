import type { World } from "../world"
import type { Payer } from "./catalog"
import { converted, fromUsdCents, FX_CURRENCIES, needed, rateOf } from "./fx"

const WHOLE_BPS = 10_000n

/** What a payout costs and brings. */
export type Price = {
  source_minor: bigint
  fee_minor: bigint
  destination_minor: bigint
  rate: bigint
  /** In the source currency; 0 is no bound. */
  min_minor: bigint
  max_minor: bigint
}

export type PriceOrder = {
  source_currency_code: string
  destination_currency_code: string
  /** One of the two. */
  source_minor: bigint | null
  destination_minor: bigint | null
  /** On amount and fee together. */
  limit_minor: bigint | null
}

/** Null: there is no rate between the two currencies. */
export function priceOf(
  { payouts }: World,
  payer: Payer,
  order: PriceOrder
): Price | null {
  const { source_currency_code: from, destination_currency_code: to } = order
  const rate = rateOf({ from, to }, payouts.fx, payer.spread_bps)
  const bounds = limitsOf(payer, from, payouts.fx)
  if (rate === null || rate <= 0n || !bounds) return null
  const wanted =
    order.source_minor ??
    needed(order.destination_minor ?? 0n, { rate, from, to })
  const source_minor =
    order.limit_minor === null
      ? wanted
      : lowered(wanted, order.limit_minor, (minor) =>
          feeOn(minor, payer, bounds)
        )
  const isLowered = source_minor !== wanted
  const destination_minor =
    order.destination_minor !== null && !isLowered
      ? order.destination_minor
      : converted(source_minor, { rate, from, to })
  return {
    source_minor,
    fee_minor: feeOn(source_minor, payer, bounds),
    destination_minor,
    rate,
    min_minor: bounds.min_minor,
    max_minor: bounds.max_minor,
  }
}

type Bounds = { fixed_minor: bigint; min_minor: bigint; max_minor: bigint }

/** What a payer asks and allows, in any currency. */
export function limitsOf(
  payer: Payer,
  currencyCode: string,
  fx: World["payouts"]["fx"]
): Bounds | null {
  const [fixed_minor, min_minor, max_minor] = [
    payer.fee_cents,
    payer.min_cents,
    payer.max_cents,
  ].map((cents) => fromUsdCents(BigInt(cents), currencyCode, fx))
  if (fixed_minor == null || min_minor == null || max_minor == null) return null
  return { fixed_minor, min_minor, max_minor }
}

function feeOn(minor: bigint, payer: Payer, { fixed_minor }: Bounds): bigint {
  const share = minor * BigInt(payer.fee_bps)
  return fixed_minor + (share + WHOLE_BPS - 1n) / WHOLE_BPS
}

/** The most, up to what is wanted, that stays within the limit with its fee. */
function lowered(
  wanted: bigint,
  limit: bigint,
  fee: (minor: bigint) => bigint
): bigint {
  if (wanted + fee(wanted) <= limit) return wanted
  let [low, high] = [0n, limit]
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (middle + fee(middle) <= limit) low = middle
    else high = middle - 1n
  }
  return low
}

/** Every currency the sandbox has a rate for. */
export function isPriced(currencyCode: string): boolean {
  return FX_CURRENCIES.includes(currencyCode)
}
