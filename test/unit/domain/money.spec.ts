import fc from "fast-check"

import {
  divideHalfEven,
  equalDecimals,
  printDecimal,
} from "../../../src/domain/decimal"
import {
  InvalidAmountError,
  UnknownCurrencyError,
} from "../../../src/domain/errors"
import {
  formatMajor,
  mulBasisPoints,
  parseDecimal,
  parseJsonNumber,
  parseMajor,
  printJsonNumber,
  roundToMinor,
  sumDecimals,
} from "../../../src/domain/money"

const minor = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })

describe("parseMajor", () => {
  it.each([
    "",
    " ",
    "1 ",
    " 1",
    "1.",
    ".5",
    "+1",
    "01",
    "00",
    "--1",
    "1,5",
    "1.2.3",
    "1e2",
    "0x10",
    "NaN",
    "Infinity",
    "1_000",
    "１",
    "1.234",
    "1.230",
    "\n1",
    "1\n",
  ])("refuses %j in USD", (text) => {
    expect(() => parseMajor(text, "USD")).toThrow(InvalidAmountError)
  })

  it("refuses any decimals in yen", () => {
    expect(() => parseMajor("100.0", "JPY")).toThrow(InvalidAmountError)
  })

  it("refuses a currency it does not know", () => {
    expect(() => parseMajor("1", "BTC")).toThrow(UnknownCurrencyError)
  })

  it("reads fewer decimals than the currency has", () => {
    expect(parseMajor("12.5", "USD")).toBe(1250n)
    expect(parseMajor("12", "usd")).toBe(1200n)
    expect(parseMajor("-0.01", "USD")).toBe(-1n)
    expect(parseMajor("-0", "USD")).toBe(0n)
    expect(parseMajor("1.234", "KWD")).toBe(1234n)
    expect(parseMajor("7", "JPY")).toBe(7n)
  })
})

describe("formatMajor", () => {
  it("always shows the currency's full number of decimals", () => {
    expect(formatMajor(1250n, "USD")).toBe("12.50")
    expect(formatMajor(-5n, "USD")).toBe("-0.05")
    expect(formatMajor(0n, "USD")).toBe("0.00")
    expect(formatMajor(0n, "JPY")).toBe("0")
    expect(formatMajor(-1200n, "JPY")).toBe("-1200")
    expect(formatMajor(1n, "KWD")).toBe("0.001")
    expect(formatMajor(9_007_199_254_740_993n, "USD")).toBe("90071992547409.93")
  })
})

describe("parseJsonNumber", () => {
  it.each([
    NaN,
    Infinity,
    -Infinity,
    1e21,
    1e-7,
    1.005,
    0.1 + 0.2,
    1234567890123.4567,
    90071992547409.93,
    1e15,
  ])("refuses %p in USD", (value) => {
    expect(() => parseJsonNumber(value, "USD")).toThrow(InvalidAmountError)
  })

  it("reads numbers whose product with a hundred is not whole in a double", () => {
    expect(parseJsonNumber(1.1, "USD")).toBe(110n)
    expect(parseJsonNumber(4.35, "USD")).toBe(435n)
    expect(parseJsonNumber(-0.29, "USD")).toBe(-29n)
    expect(parseJsonNumber(-0, "USD")).toBe(0n)
    expect(parseJsonNumber(1.005, "KWD")).toBe(1005n)
  })
})

describe("printJsonNumber", () => {
  it("refuses what a double would change on the way", () => {
    expect(() => printJsonNumber(10n ** 15n, "USD")).not.toThrow()
    expect(() => printJsonNumber(1_234_567_890_123_456n, "USD")).toThrow(
      InvalidAmountError
    )
  })

  it("prints the shortest form, without an exponent", () => {
    expect(printJsonNumber(1250n, "USD")).toBe("12.5")
    expect(printJsonNumber(1200n, "USD")).toBe("12")
    expect(printJsonNumber(1000n, "USD")).toBe("10")
    expect(printJsonNumber(1234n, "USD")).toBe("12.34")
    expect(printJsonNumber(1n, "USD")).toBe("0.01")
    expect(printJsonNumber(0n, "USD")).toBe("0")
    expect(printJsonNumber(1200n, "JPY")).toBe("1200")
    expect(printJsonNumber(1n, "CLF")).toBe("0.0001")
  })
})

describe("decimals", () => {
  it.each(["", "1.", ".1", "+1", "1e", "1e1000", "NaN", " 1", "1".repeat(201)])(
    "are not read from %j",
    (text) => {
      expect(() => parseDecimal(text)).toThrow(InvalidAmountError)
    }
  )

  it("keep every digit a shop stores", () => {
    const text = "33.333333333333333333333333333333"

    expect(printDecimal(parseDecimal(text))).toBe(text)
    expect(parseDecimal("1e-7")).toEqual({ units: 1n, scale: 7 })
    expect(parseDecimal("1.5e3")).toEqual({ units: 1500n, scale: 0 })
    expect(printDecimal(parseDecimal("-0.50"))).toBe("-0.5")
    expect(printDecimal(parseDecimal("100"))).toBe("100")
    expect(printDecimal(parseDecimal("-0"))).toBe("0")
  })

  it("add up exactly where doubles do not", () => {
    const sum = sumDecimals(["0.1", "0.2", "-0.3"].map(parseDecimal))

    expect(equalDecimals(sum, parseDecimal("0"))).toBe(true)
  })

  it("round half to even, once", () => {
    const cases: [string, bigint][] = [
      ["0.005", 0n],
      ["0.015", 2n],
      ["0.025", 2n],
      ["-0.005", 0n],
      ["-0.015", -2n],
      ["0.00500000000000001", 1n],
      ["1.004999", 100n],
      ["2", 200n],
    ]
    for (const [text, expected] of cases) {
      expect(roundToMinor(parseDecimal(text), "USD")).toBe(expected)
    }
  })

  it("round to the nearest, and the same way below zero", () => {
    fc.assert(
      fc.property(
        minor,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (numerator, denominator) => {
          const rounded = divideHalfEven(numerator, denominator)
          const off = numerator - rounded * denominator
          const distance = off < 0n ? -off : off

          expect(distance * 2n <= denominator).toBe(true)
          expect(divideHalfEven(-numerator, denominator)).toBe(-rounded)
        }
      )
    )
  })
})

describe("mulBasisPoints", () => {
  it("refuses rates that are not whole basis points", () => {
    for (const rate of [0.5, -1, NaN, 2 ** 60]) {
      expect(() => mulBasisPoints(100n, rate)).toThrow(RangeError)
    }
  })

  it("rounds half to even", () => {
    expect(mulBasisPoints(1000n, 1250)).toBe(125n)
    expect(mulBasisPoints(5n, 1000)).toBe(0n)
    expect(mulBasisPoints(15n, 1000)).toBe(2n)
    expect(mulBasisPoints(-15n, 1000)).toBe(-2n)
    expect(mulBasisPoints(9_007_199_254_740_993n, 10_000)).toBe(
      9_007_199_254_740_993n
    )
  })

  it("never exceeds the amount at rates up to the whole", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.integer({ min: 0, max: 10_000 }),
        (amount, rate) => {
          const part = mulBasisPoints(amount, rate)

          expect(part >= 0n && part <= amount).toBe(true)
        }
      )
    )
  })
})
