import fc from "fast-check"

import { InvalidAmountError } from "../../../src/domain/errors"
import {
  formatMajor,
  mulBasisPoints,
  parseDecimal,
  parseJsonNumber,
  parseMajor,
  printJsonNumber,
  roundToMinor,
} from "../../../src/domain/money"
import { holds, MANY_CASES, must } from "../../support/property"

/** Number of decimals by ISO 4217, written out a second time on purpose. */
const EXPONENTS: readonly (readonly [string, number])[] = [
  ["JPY", 0],
  ["KRW", 0],
  ["USD", 2],
  ["EUR", 2],
  ["KWD", 3],
  ["TND", 3],
  ["CLF", 4],
  ["UYW", 4],
]
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit))
const BEYOND_DOUBLE = 2n ** 53n + 1n

const currency = fc.constantFrom(...EXPONENTS)
const sign = fc.constantFrom("", "-")
const whole = fc.oneof(
  fc.bigInt({ min: 0n, max: 9n }),
  fc.bigInt({ min: 0n, max: 10n ** 6n }),
  fc.bigInt({ min: BEYOND_DOUBLE - 5n, max: BEYOND_DOUBLE + 5n }),
  fc.bigInt({ min: 0n, max: 10n ** 33n })
)
const digits = fc.string({
  unit: fc.constantFrom(...DIGITS),
  minLength: 0,
  maxLength: 4,
})
const minorUnits = fc.oneof(
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  fc.bigInt({ min: BEYOND_DOUBLE - 5n, max: BEYOND_DOUBLE + 5n }),
  fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n })
)

/** An amount written by hand, and what it is in minor units: computed apart from the code. */
const written = fc
  .tuple(sign, whole, digits, currency)
  .map(([sign, whole, digits, [code, exponent]]) => {
    const fraction = digits.slice(0, exponent)
    const magnitude =
      whole * 10n ** BigInt(exponent) +
      BigInt(fraction || "0") * 10n ** BigInt(exponent - fraction.length)
    return {
      code,
      exponent,
      text: `${sign}${whole}${fraction && `.${fraction}`}`,
      full: `${whole}${exponent === 0 ? "" : `.${fraction.padEnd(exponent, "0")}`}`,
      minor: sign === "-" ? -magnitude : magnitude,
    }
  })

function isRefused(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch (error) {
    if (error instanceof InvalidAmountError) return true
    throw error
  }
}

describe("an amount in major units, in every number of decimals", () => {
  it("is read as exactly the minor units that are written", () => {
    holds(
      fc.property(written, ({ text, code, minor }) => {
        must(parseMajor(text, code) === minor, () => `${text} ${code}`)
      }),
      MANY_CASES
    )
  })

  it("is printed with all its decimals, and reads back as itself", () => {
    holds(
      fc.property(written, ({ full, code, minor }) => {
        const printed = formatMajor(minor, code)
        const expected = minor < 0n ? `-${full}` : full
        must(printed === expected, () => `${printed}, not ${expected}`)
        must(parseMajor(printed, code) === minor, () => printed)
      }),
      MANY_CASES
    )
  })

  it("is refused with one decimal too many, be it a zero", () => {
    holds(
      fc.property(
        written,
        fc.constantFrom(...DIGITS),
        ({ full, code, exponent }, digit) => {
          const longer = exponent === 0 ? `${full}.${digit}` : full + digit
          must(
            isRefused(() => parseMajor(longer, code)),
            () => longer
          )
        }
      ),
      MANY_CASES
    )
  })

  it("is refused with anything in it that is not its notation", () => {
    const foreign = fc.constantFrom(
      ...Array.from(" +-,_eExX'\n\t$\u0661\uff11"),
      "..",
      "1e1",
      "NaN",
      "\u00a0"
    )
    holds(
      fc.property(written, foreign, fc.nat(), ({ text, code }, junk, where) => {
        const at = where % (text.length + 1)
        // A minus before a positive amount is notation.
        const isSign = junk === "-" && at === 0 && !text.startsWith("-")
        const broken = text.slice(0, at) + junk + text.slice(at)
        must(isRefused(() => parseMajor(broken, code)) !== isSign, () =>
          JSON.stringify(broken)
        )
      }),
      MANY_CASES
    )
  })

  it("carries 2^53 + 1 without losing the one", () => {
    for (const [code] of EXPONENTS) {
      for (const minor of [BEYOND_DOUBLE, -BEYOND_DOUBLE]) {
        expect(parseMajor(formatMajor(minor, code), code)).toBe(minor)
        expect(isRefused(() => printJsonNumber(minor, code))).toBe(true)
      }
    }
  })
})

describe("an amount as a JSON number", () => {
  it("is the shortest text, and survives a real JSON parser; or it is refused", () => {
    holds(
      fc.property(minorUnits, currency, (minor, [code, exponent]) => {
        const magnitude = (minor < 0n ? -minor : minor).toString()
        const padded = magnitude.padStart(exponent + 1, "0")
        const cut = padded.length - exponent
        const fraction = padded.slice(cut).replace(/0+$/, "")
        const expected =
          (minor < 0n ? "-" : "") +
          padded.slice(0, cut) +
          (fraction && `.${fraction}`)
        const significant = expected.replace(/[-.]/g, "").replace(/^0+/, "")
        if (significant.length > 15) {
          must(
            isRefused(() => printJsonNumber(minor, code)),
            () => expected
          )
          return
        }
        const printed = printJsonNumber(minor, code)
        must(printed === expected, () => `${printed}, not ${expected}`)
        const value: unknown = JSON.parse(printed)
        must(typeof value === "number", () => printed)
        must(JSON.stringify(value) === printed, () => printed)
        must(parseJsonNumber(Number(value), code) === minor, () => printed)
      }),
      MANY_CASES
    )
  })

  it("is read digit by digit from any double, or refused; nothing is rounded", () => {
    const double = fc.oneof(
      fc.double(),
      fc
        .tuple(
          fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
          fc.nat({ max: 6 })
        )
        .map(([units, scale]) => units / 10 ** scale),
      fc.maxSafeInteger()
    )
    holds(
      fc.property(double, currency, (value, [code, exponent]) => {
        const text = String(value)
        const [, minus, whole = "", fraction = ""] =
          /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
        const significant = (whole + fraction).replace(/^0+/, "").length
        const isExact =
          whole !== "" && fraction.length <= exponent && significant <= 15
        if (!isExact) {
          must(
            isRefused(() => parseJsonNumber(value, code)),
            () => text
          )
          return
        }
        const magnitude = BigInt(whole + fraction.padEnd(exponent, "0"))
        const expected = minus === "-" ? -magnitude : magnitude
        must(parseJsonNumber(value, code) === expected, () => text)
      }),
      MANY_CASES
    )
  })
})

describe("rounding", () => {
  /** Whether `rounded` is the nearest whole number to the fraction, a tie to the even one. */
  function isHalfEven(rounded: bigint, over: bigint, under: bigint): boolean {
    const off = (rounded * under - over) * 2n
    const distance = off < 0n ? -off : off
    return distance === under ? rounded % 2n === 0n : distance < under
  }

  it("of a share in basis points is to the nearest unit, a tie to the even one", () => {
    const even = fc.bigInt({ min: -20n, max: 20n }).map((n) => n * 5_000n)
    holds(
      fc.property(
        fc.oneof(minorUnits, even),
        fc.oneof(fc.nat({ max: 10_000 }), fc.constantFrom(1, 5_000)),
        (minor, rate) => {
          const part = mulBasisPoints(minor, rate)
          must(
            isHalfEven(part, minor * BigInt(rate), 10_000n),
            () => `${minor} × ${rate} = ${part}`
          )
        }
      ),
      MANY_CASES
    )
  })

  it("of a shop's decimal happens once, whatever its scale", () => {
    const tail = fc.constantFrom("", "0", "5", "50", "500000000000001", "4999")
    holds(
      fc.property(
        sign,
        whole,
        digits,
        tail,
        currency,
        (sign, whole, digits, tail, [code, exponent]) => {
          const fraction = digits + tail
          const text = `${sign}${whole}${fraction && `.${fraction}`}`
          const magnitude = BigInt(`${whole}${fraction}`)
          const units = sign === "-" ? -magnitude : magnitude
          const rounded = roundToMinor(parseDecimal(text), code)
          must(
            isHalfEven(
              rounded,
              units * 10n ** BigInt(exponent),
              10n ** BigInt(fraction.length)
            ),
            () => `${text} ${code} became ${rounded}`
          )
        }
      ),
      MANY_CASES
    )
  })
})
