import fc from "fast-check"

import {
  exponentOf,
  formatAmount,
  isKnownCurrency,
  parseAmount,
  toJsonNumber,
} from "../../sandbox/money"
import { anyText } from "./support/harness"

describe("amounts", () => {
  it.each([
    [10.5, "USD", 1050n],
    [0.01, "USD", 1n],
    ["1234.50", "EUR", 123450n],
    [12800, "JPY", 12800n],
    [1.234, "KWD", 1234n],
    [9999999999999.99, "USD", 999999999999999n],
  ])("reads %s %s without rounding", (value, currency, minor) => {
    expect(parseAmount(value, currency)).toEqual({ minor })
  })

  it.each([
    [0, "USD"],
    [-1, "USD"],
    [-0, "USD"],
    [0.001, "USD"],
    [0.1 + 0.2, "USD"],
    [0.5, "JPY"],
    [1.2345, "KWD"],
    [1e21, "USD"],
    [1e-7, "USD"],
    [Number.NaN, "USD"],
    [Number.POSITIVE_INFINITY, "USD"],
    [10_000_000_000_000, "USD"],
    ["", "USD"],
    ["1,5", "USD"],
    ["1.", "USD"],
    [" 1", "USD"],
    ["0x10", "USD"],
  ])("refuses %s %s", (value, currency) => {
    expect(parseAmount(value, currency)).toEqual({
      problem: anyText,
    })
  })

  it("knows how many decimals a currency has", () => {
    expect(["USD", "JPY", "BHD", "CLF"].map(exponentOf)).toEqual([2, 0, 3, 4])
    expect(isKnownCurrency("usd")).toBe(false)
    expect(isKnownCurrency("PNTS")).toBe(false)
    expect(isKnownCurrency("constructor")).toBe(false)
  })

  it("gives every amount back as it was, through text and through JSON", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }),
        fc.constantFrom("USD", "JPY", "KWD", "CLF"),
        (minor, currency) => {
          const text = formatAmount(minor, currency)
          const wire = JSON.parse(
            JSON.stringify(toJsonNumber(minor, currency))
          ) as number
          expect(parseAmount(text, currency)).toEqual({ minor })
          // A number with an exponent, such as 1e-7, is not what this API speaks.
          expect(parseAmount(wire, currency)).toEqual({ minor })
        }
      )
    )
  })
})
