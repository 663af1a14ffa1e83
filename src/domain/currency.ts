import { UnknownCurrencyError } from "./errors"

/**
 * ISO 4217 codes by number of decimals. Display tables (Medusa's among them)
 * round some of these away; money is counted in the standard's minor unit.
 */
const CODES_BY_EXPONENT: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2: [
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD",
    "BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP",
    "DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF",
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL",
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR",
    "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP",
    "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD",
    "USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    // Withdrawn not long ago: orders placed before may still be settled.
    "ANG BGN",
  ].join(" "),
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
}

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(" ").map((code): [string, number] => [code, Number(exponent)])
  )
)

/** Every currency that can be settled, upper case. */
export const CURRENCY_CODES: readonly string[] = [...EXPONENTS.keys()].sort()

/**
 * Number of decimals of an ISO 4217 currency; the case of `code` is ignored.
 * Anything else (crypto, points, metals, withdrawn codes) throws
 * `UnknownCurrencyError`: a wrong exponent is a factor of a hundred.
 */
export function exponentOf(code: string): number {
  const exponent = EXPONENTS.get(canonicalCurrency(code))
  if (exponent === undefined) throw new UnknownCurrencyError(code)
  return exponent
}

export function isKnownCurrency(code: string): boolean {
  return EXPONENTS.has(canonicalCurrency(code))
}

/** The one spelling of a currency in our tables and facts: upper case. */
export function canonicalCurrency(code: string): string {
  return code.toUpperCase()
}
