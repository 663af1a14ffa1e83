import { InvalidAmountError } from "../../../src/domain/errors"
import {
  mulBasisPoints,
  parseJsonNumber,
  parseMajor,
  printJsonNumber,
} from "../../../src/domain/money"

describe("parseMajor", () => {
  it("takes 40 characters, and not one more", () => {
    expect(parseMajor("1".repeat(40), "USD")).toBe(
      BigInt("1".repeat(40)) * 100n
    )
    expect(() => parseMajor("1".repeat(41), "USD")).toThrow(InvalidAmountError)
  })

  it("takes as many decimals as the currency has, and not one more", () => {
    expect(parseMajor("0.05", "USD")).toBe(5n)
    expect(parseMajor("10.00", "USD")).toBe(1000n)
    expect(parseMajor("-1.0005", "CLF")).toBe(-10005n)
    expect(() => parseMajor("0.050", "USD")).toThrow(InvalidAmountError)
  })

  it("says what is wrong with a text", () => {
    expect(() => parseMajor("1,5", "USD")).toThrow(
      "Not an amount in major units"
    )
    expect(() => parseMajor("1.005", "usd")).toThrow(
      "An amount in USD has at most 2 decimals"
    )
    expect(() => parseMajor("x1", "USD")).toThrow(InvalidAmountError)
    expect(() => parseMajor("1x", "USD")).toThrow(InvalidAmountError)
  })
})

describe("a number of JSON", () => {
  it("carries 15 significant digits, and not one more", () => {
    expect(parseJsonNumber(123_456_789_012_345, "USD")).toBe(
      12_345_678_901_234_500n
    )
    expect(parseJsonNumber(-1_234_567_890_123.45, "USD")).toBe(
      -123_456_789_012_345n
    )
    expect(() => parseJsonNumber(1_234_567_890_123_456, "JPY")).toThrow(
      "More than 15 significant digits"
    )
    expect(printJsonNumber(-123_456_789_012_345n, "USD")).toBe(
      "-1234567890123.45"
    )
    expect(() => printJsonNumber(1_234_567_890_123_456n, "JPY")).toThrow(
      "More than 15 significant digits"
    )
  })

  it("does not count the zeros before its first digit", () => {
    expect(parseJsonNumber(0.0001, "CLF")).toBe(1n)
    expect(printJsonNumber(-1n, "CLF")).toBe("-0.0001")
    expect(() => parseJsonNumber(0.00123456789012345, "USD")).toThrow(
      "at most 2 decimals"
    )
  })

  it("is refused with its reason", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(() => parseJsonNumber(value, "USD")).toThrow("Not a finite number")
    }
    for (const value of [1e21, 1e-7, -1.5e300]) {
      expect(() => parseJsonNumber(value, "USD")).toThrow(
        "A number in exponent notation"
      )
    }
  })

  it("ends in no idle zero, and loses none that counts", () => {
    expect(printJsonNumber(100_000n, "USD")).toBe("1000")
    expect(printJsonNumber(100_050n, "USD")).toBe("1000.5")
    expect(printJsonNumber(100_005n, "USD")).toBe("1000.05")
    expect(printJsonNumber(100n, "JPY")).toBe("100")
  })
})

describe("mulBasisPoints", () => {
  it("takes nothing, the whole, and more than the whole", () => {
    expect(mulBasisPoints(1234n, 0)).toBe(0n)
    expect(mulBasisPoints(1234n, 10_000)).toBe(1234n)
    expect(mulBasisPoints(1234n, 20_000)).toBe(2468n)
  })

  it("says what it refuses", () => {
    for (const rate of [0.5, -1, NaN, 2 ** 53]) {
      expect(() => mulBasisPoints(100n, rate)).toThrow(
        "Basis points must be a whole number, not negative"
      )
    }
  })
})
