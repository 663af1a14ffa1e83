import {
  deficitOf,
  effectOfBooking,
  effectOfProposing,
  isBalanceAction,
  magnitudeOf,
  parseAdjustment,
} from "../../../src/domain/adjustment"

describe("an adjustment", () => {
  it("is read exactly, with its sign", () => {
    expect(parseAdjustment("12.50", "USD")).toBe(1250n)
    expect(parseAdjustment("-12.50", "USD")).toBe(-1250n)
    expect(parseAdjustment("-7", "JPY")).toBe(-7n)
    expect(parseAdjustment("999999999999.999", "KWD")).toBe(
      999_999_999_999_999n
    )
  })

  it.each([
    ["0", "USD", "of nothing"],
    ["-0.00", "USD", "of nothing"],
    ["10000000000000.00", "USD", "at most 15 digits"],
    ["-10000000000000.00", "USD", "at most 15 digits"],
    ["1.001", "USD", "at most 2 decimals"],
    ["0.1", "JPY", "at most 0 decimals"],
    ["+1", "USD", "Not an amount"],
    ["1e3", "USD", "Not an amount"],
    ["1", "XXQ", "not an ISO 4217 currency"],
  ])("of %s %s is refused", (text, currency, message) => {
    expect(() => parseAdjustment(text, currency)).toThrow(message)
  })

  it("says what it does, in the size that it has", () => {
    const say = (action: "adjust" | "write_off", amount: bigint) =>
      effectOfBooking({ action, amount, currency_code: "USD" })

    expect(say("adjust", 1250n)).toBe(
      "12.50 USD are added to what she is owed."
    )
    expect(say("adjust", -1250n)).toMatch(/^12.50 USD are taken from/)
    expect(say("write_off", 1250n)).toMatch(
      /^The 12.50 USD that she owes are written off/
    )
    expect(effectOfProposing("It is done.")).toMatch(
      /second person.*nothing is booked.*It is done\.$/
    )
  })
})

describe("a deficit", () => {
  const open = (amount: bigint, is_held = false) => ({ amount, is_held })

  it("is what open entries lack, without those on hold", () => {
    expect(deficitOf([])).toBe(0n)
    expect(deficitOf([open(5n), open(-5n)])).toBe(0n)
    expect(deficitOf([open(6n), open(-5n)])).toBe(0n)
    expect(deficitOf([open(5n), open(-8n)])).toBe(3n)
    expect(deficitOf([open(5n), open(-8n, true)])).toBe(0n)
    expect(deficitOf([open(5n, true), open(-8n)])).toBe(8n)
  })

  it("is compared by its size, and is about a balance", () => {
    expect([magnitudeOf(-3n), magnitudeOf(3n), magnitudeOf(0n)]).toEqual([
      3n,
      3n,
      0n,
    ])
    expect(["adjust", "write_off", "approve"].map(isBalanceAction)).toEqual([
      true,
      true,
      false,
    ])
  })
})
