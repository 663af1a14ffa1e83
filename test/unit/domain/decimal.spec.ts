import {
  commonScale,
  divideHalfEven,
  equalDecimals,
  negateDecimal,
  parseDecimal,
  printDecimal,
  roundToMinor,
  sumDecimals,
  unitsAt,
} from "../../../src/domain/decimal"
import { InvalidAmountError } from "../../../src/domain/errors"

const sumOf = (...texts: string[]) => sumDecimals(texts.map(parseDecimal))

describe("parseDecimal", () => {
  it("takes 200 characters, and not one more", () => {
    expect(parseDecimal("1".repeat(200))).toEqual({
      units: BigInt("1".repeat(200)),
      scale: 0,
    })
    expect(() => parseDecimal("1".repeat(201))).toThrow(InvalidAmountError)
  })

  it.each([
    ["0", 0n, 0],
    ["007", 7n, 0],
    ["-12", -12n, 0],
    ["12.340", 12340n, 3],
    ["-0.05", -5n, 2],
    ["1e-7", 1n, 7],
    ["1E-7", 1n, 7],
    ["12e-10", 12n, 10],
    ["1.5e+12", 1_500_000_000_000n, 0],
    ["1e2", 100n, 0],
    ["1.25e2", 125n, 0],
    ["1.25e1", 125n, 1],
    ["-1e-100", -1n, 100],
  ])("reads %s digit by digit", (text, units, scale) => {
    expect(parseDecimal(text)).toEqual({ units, scale })
  })

  it.each([
    "1.",
    ".1",
    "1,5",
    "--1",
    "x1",
    "1x",
    "1\n",
    "1e",
    "1e+",
    "1e1.5",
    "1e1000",
    "1 e2",
  ])("refuses %j and says why", (text) => {
    expect(() => parseDecimal(text)).toThrow(InvalidAmountError)
    expect(() => parseDecimal(text)).toThrow("Not a decimal number")
  })
})

describe("decimals of different scales", () => {
  it("add up to the exact sum", () => {
    expect(sumOf("0.1", "0.02", "3")).toEqual({ units: 312n, scale: 2 })
    expect(sumOf("0.001", "-1")).toEqual({ units: -999n, scale: 3 })
    expect(sumOf()).toEqual({ units: 0n, scale: 0 })
  })

  it("are equal when their values are", () => {
    const isEqual = (a: string, b: string) =>
      equalDecimals(parseDecimal(a), parseDecimal(b))

    expect(isEqual("1.50", "1.5")).toBe(true)
    expect(isEqual("150e-2", "1.5")).toBe(true)
    expect(isEqual("1.5", "15")).toBe(false)
    expect(isEqual("1.5", "-1.5")).toBe(false)
    expect(isEqual("0.10", "0.1")).toBe(true)
    expect(isEqual("0.01", "0.1")).toBe(false)
  })

  it("meet at the finest scale, and never at a coarser one", () => {
    const [fine, coarse] = [parseDecimal("0.125"), parseDecimal("2")]

    expect(commonScale([fine, coarse])).toBe(3)
    expect(commonScale([])).toBe(0)
    expect(unitsAt(coarse, 3)).toBe(2000n)
    expect(unitsAt(fine, 3)).toBe(125n)
    expect(() => unitsAt(fine, 2)).toThrow(RangeError)
    expect(() => unitsAt(fine, 2)).toThrow("The scale is too small")
  })

  it("are turned around without a loss", () => {
    expect(negateDecimal(parseDecimal("-0.50"))).toEqual({
      units: 50n,
      scale: 2,
    })
    expect(negateDecimal(parseDecimal("3"))).toEqual({ units: -3n, scale: 0 })
  })
})

describe("printDecimal", () => {
  it.each([
    ["1.500", "1.5"],
    ["1.000", "1"],
    ["100", "100"],
    ["1e2", "100"],
    ["0.0100", "0.01"],
    ["10.0", "10"],
    ["-0.00", "0"],
    ["-7", "-7"],
    ["-0.007", "-0.007"],
    ["1.00100", "1.001"],
  ])("writes %s as %s", (text, printed) => {
    expect(printDecimal(parseDecimal(text))).toBe(printed)
  })
})

describe("roundToMinor", () => {
  it("keeps what the currency can carry, and pads what has fewer decimals", () => {
    expect(roundToMinor(parseDecimal("1.5"), "USD")).toBe(150n)
    expect(roundToMinor(parseDecimal("1.55"), "USD")).toBe(155n)
    expect(roundToMinor(parseDecimal("1.555"), "USD")).toBe(156n)
    expect(roundToMinor(parseDecimal("1.5"), "JPY")).toBe(2n)
    expect(roundToMinor(parseDecimal("1.5"), "KWD")).toBe(1500n)
  })
})

describe("divideHalfEven", () => {
  it.each([
    [7n, 2n, 4n],
    [5n, 2n, 2n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [2n, 3n, 1n],
    [1n, 3n, 0n],
    [-2n, 3n, -1n],
    [0n, 5n, 0n],
    [9n, 1n, 9n],
  ])("%p / %p is %p", (numerator, denominator, quotient) => {
    expect(divideHalfEven(numerator, denominator)).toBe(quotient)
  })

  it.each([0n, -1n, -3n])("refuses the denominator %p", (denominator) => {
    const divide = () => divideHalfEven(1n, denominator)

    expect(divide).toThrow(RangeError)
    expect(divide).toThrow("The denominator must be positive")
  })
})
