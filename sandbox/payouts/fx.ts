import { exponentOf } from "../money"

/** Units per US dollar, in millionths. Invented, and the same in every run. */
const PER_USD: Readonly<Record<string, bigint>> = {
  USD: 1_000_000n,
  EUR: 920_000n,
  GBP: 790_000n,
  CAD: 1_370_000n,
  MXN: 17_250_000n,
  KES: 129_500_000n,
  PHP: 58_100_000n,
  INR: 84_200_000n,
  BRL: 5_450_000n,
  COP: 4_120_000_000n,
  JPY: 151_300_000n,
  NGN: 1_580_000_000n,
}

export const FX_CURRENCIES: readonly string[] = Object.keys(PER_USD)

const RATE_DIGITS = 10
const RATE_SCALE = 10n ** BigInt(RATE_DIGITS)
const WHOLE_BPS = 10_000n

/** How the table is bent by a test. */
export type Fx = {
  /** In millionths, instead of what the table says. */
  overrides: Readonly<Record<string, string>>
  /** Added to every rate between two currencies. */
  drift_bps: number
}

export const PLAIN_FX: Fx = { overrides: {}, drift_bps: 0 }

function perUsd(currencyCode: string, fx: Fx): bigint | null {
  const override = new Map(Object.entries(fx.overrides)).get(currencyCode)
  if (override !== undefined) return BigInt(override)
  return new Map(Object.entries(PER_USD)).get(currencyCode) ?? null
}

/** Scaled by RATE_SCALE. Null: there is no rate between the two. */
export function rateOf(
  pair: { from: string; to: string },
  fx: Fx,
  spreadBps = 0
): bigint | null {
  if (pair.from === pair.to) return RATE_SCALE
  const from = perUsd(pair.from, fx)
  const to = perUsd(pair.to, fx)
  if (from === null || to === null) return null
  const bps = WHOLE_BPS + BigInt(fx.drift_bps - spreadBps)
  return (to * RATE_SCALE * bps) / (from * WHOLE_BPS)
}

export function rateText(rate: bigint): string {
  const digits = String(rate).padStart(RATE_DIGITS + 1, "0")
  const text = `${digits.slice(0, -RATE_DIGITS)}.${digits.slice(-RATE_DIGITS)}`
  return text.replace(/\.?0+$/, "")
}

type Conversion = { rate: bigint; from: string; to: string }

/** What so much brings in the other currency, rounded down. */
export function converted(
  minor: bigint,
  { rate, from, to }: Conversion
): bigint {
  return (minor * rate * power(to)) / (RATE_SCALE * power(from))
}

/** The least that brings so much in the other currency. */
export function needed(minor: bigint, { rate, from, to }: Conversion): bigint {
  const divisor = rate * power(to)
  const product = minor * RATE_SCALE * power(from)
  return (product + divisor - 1n) / divisor
}

function power(currencyCode: string): bigint {
  return 10n ** BigInt(exponentOf(currencyCode))
}

/** Cents of a US dollar in another currency, undrifted, rounded up. */
export function fromUsdCents(
  cents: bigint,
  currencyCode: string,
  fx: Fx
): bigint | null {
  const pair = { from: "USD", to: currencyCode }
  const rate = rateOf(pair, { ...fx, drift_bps: 0 })
  if (rate === null) return null
  const product = cents * rate * power(currencyCode)
  const divisor = RATE_SCALE * power("USD")
  return (product + divisor - 1n) / divisor
}
