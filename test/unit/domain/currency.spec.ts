import {
  CURRENCY_CODES,
  exponentOf,
  isKnownCurrency,
} from "../../../src/domain/currency"
import { UnknownCurrencyError } from "../../../src/domain/errors"

const WITHOUT_DECIMALS =
  "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" ")
const THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND".split(" ")
const FOUR_DECIMALS = ["CLF", "UYW"]

describe("exponentOf", () => {
  it("refuses what is not money of a country, whatever it resembles", () => {
    for (const code of [
      "BTC",
      "ETH",
      "USDT",
      "USDC",
      "PNTS",
      "XAU",
      "XDR",
      "XXX",
      "XTS",
      "",
      "US",
      "USDX",
      "$",
      "toString",
      "__proto__",
    ]) {
      expect(isKnownCurrency(code)).toBe(false)
      expect(() => exponentOf(code)).toThrow(UnknownCurrencyError)
    }
  })

  it("knows the currencies that do not have two decimals", () => {
    for (const code of WITHOUT_DECIMALS) expect(exponentOf(code)).toBe(0)
    for (const code of THREE_DECIMALS) expect(exponentOf(code)).toBe(3)
    for (const code of FOUR_DECIMALS) expect(exponentOf(code)).toBe(4)
  })

  it("counts two decimals where display tables show none", () => {
    for (const code of ["HUF", "IDR", "COP", "PKR", "RSD", "TZS", "TWD"]) {
      expect(exponentOf(code)).toBe(2)
    }
  })

  it("gives every other currency it knows two decimals", () => {
    const special = new Set([
      ...WITHOUT_DECIMALS,
      ...THREE_DECIMALS,
      ...FOUR_DECIMALS,
      "UYI",
    ])
    const others = CURRENCY_CODES.filter((code) => !special.has(code))

    expect(others.length).toBe(140)
    for (const code of others) expect(exponentOf(code)).toBe(2)
  })

  it("lists what it knows by code, each once", () => {
    expect([...new Set(CURRENCY_CODES)].sort()).toEqual(CURRENCY_CODES)
    expect(CURRENCY_CODES).toContain("USD")
  })

  it("does not care about case", () => {
    expect(exponentOf("jpy")).toBe(0)
    expect(isKnownCurrency("usd")).toBe(true)
  })
})
