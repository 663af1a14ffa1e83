import {
  leftOf,
  ruleDestinations,
  typedPercentage,
} from "../../../src/admin/lib/autopayouts"
import type {
  AdminDestination,
  Autopayout,
} from "../../../src/types/http-destinations"

const rule = (overrides: Partial<Autopayout>): Autopayout => ({
  id: "rule_1",
  currency_code: "EUR",
  percentage: 10,
  destination: "…0001",
  label: null,
  ...overrides,
})

describe("a share that somebody types", () => {
  it.each([
    ["25", 25],
    ["12,5", 12.5],
    [" 100 % ", 100],
    ["0.01", 0.01],
  ])("%s is one", (text, percentage) => {
    expect(typedPercentage(text)).toBe(percentage)
  })

  it.each(["", "0", "0.00", "100.01", "-5", "1e1", "12.345", "half"])(
    "'%s' is none",
    (text) => {
      expect(typedPercentage(text)).toBeNull()
    }
  )
})

describe("what rules leave of a wallet", () => {
  it("is counted in hundredths, by currency, and never less than nothing", () => {
    const rules = [
      rule({ percentage: 33.33 }),
      rule({ percentage: 33.33 }),
      rule({ currency_code: "USD", percentage: 50 }),
    ]

    expect(leftOf(rules, "EUR")).toBe(33.34)
    expect(leftOf(rules, "USD")).toBe(50)
    expect(leftOf(rules, "GBP")).toBe(100)
    expect(leftOf([...rules, rule({ percentage: 60 })], "EUR")).toBe(0)
  })
})

describe("a destination for a rule", () => {
  it("is complete, and pays in the wallet's own currency", () => {
    const destination = (overrides: Partial<AdminDestination>) =>
      ({
        id: "one",
        status: "ready",
        currency_code: "EUR",
        destination_currency_code: "EUR",
        ...overrides,
      }) as AdminDestination
    const fits = destination({})

    expect(
      ruleDestinations([
        fits,
        destination({ status: "incomplete" }),
        destination({ status: "returned" }),
        destination({ destination_currency_code: "USD" }),
      ])
    ).toEqual([fits])
  })
})
