/**
 * Decimal places per ISO 4217 code, grouped by how many there are. Funds codes,
 * metals and test codes are left out: nobody is paid in them.
 */
const CODES_BY_EXPONENT: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2:
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD " +
    "BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB " +
    "EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD " +
    "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU " +
    "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR " +
    "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB " +
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
}

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(" ").map((code) => [code, Number(exponent)] as const)
  )
)

/**
 * Fifteen significant digits: the most for which every decimal survives the trip
 * through a JSON number unchanged.
 */
export const MINOR_UNITS_MAX = 10n ** 15n - 1n

/** Either an exact number of minor units, or a sentence on why there is none. */
type ParsedAmount =
  { minor: bigint; problem?: never } | { minor?: never; problem: string }

export function isKnownCurrency(code: string): boolean {
  return EXPONENTS.has(code)
}

/** Throws for a currency outside the table: callers check it where it enters. */
export function exponentOf(code: string): number {
  const exponent = EXPONENTS.get(code)
  if (exponent === undefined) throw new RangeError(`Unknown currency ${code}`)
  return exponent
}

/**
 * Reads a positive amount in major units. Never rounds: an amount with more
 * decimals than its currency has, or too large to be exact, is a problem.
 */
export function parseAmount(
  value: number | string,
  currencyCode: string
): ParsedAmount {
  const text = String(value)
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  const [, whole = "", decimals = ""] = match ?? []
  if (!match) {
    return { problem: "must be a positive decimal number without an exponent" }
  }
  const exponent = exponentOf(currencyCode)
  if (decimals.length > exponent) {
    return {
      problem: `must have at most ${exponent} decimals in ${currencyCode}`,
    }
  }
  const minor = BigInt(whole + decimals.padEnd(exponent, "0"))
  if (minor <= 0n) return { problem: "must be greater than 0" }
  if (minor > MINOR_UNITS_MAX) return { problem: "is too large" }
  return { minor }
}

/** "1234.50" for 123450 minor units of a currency with two decimals. */
export function formatAmount(minor: bigint, currencyCode: string): string {
  const exponent = exponentOf(currencyCode)
  const sign = minor < 0n ? "-" : ""
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, "0")
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** The JSON number the payout API shows. Exact up to MINOR_UNITS_MAX. */
export function toJsonNumber(minor: bigint, currencyCode: string): number {
  return Number(formatAmount(minor, currencyCode))
}
