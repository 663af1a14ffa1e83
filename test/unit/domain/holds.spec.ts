import { HOLD_KINDS, holdWords, reserveWords } from "../../../src/domain/holds"

it("the kinds of holds are stable names", () => {
  expect(HOLD_KINDS).toEqual(["dispute", "manual", "reserve"])
})

it("says what a hold is, until when, and why, with one full stop", () => {
  const until = new Date("2026-01-31T12:00:00.000Z")

  expect(holdWords({ kind: "dispute", reason: "asked back", until })).toBe(
    "On hold (dispute) until 2026-01-31T12:00:00.000Z: asked back."
  )
  expect(
    holdWords({ kind: "manual", reason: "See 1.2, and ask.", until: null })
  ).toBe("On hold (manual): See 1.2, and ask.")
})

it("says what a reserve keeps back in its currency", () => {
  expect(reserveWords(12_50n, "USD")).toBe(
    "At least 12.50 USD is kept back as a reserve."
  )
  expect(reserveWords(12n, "JPY")).toContain("12 JPY")
})
