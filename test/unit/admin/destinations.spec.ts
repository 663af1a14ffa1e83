import {
  destinationColor,
  problemsIn,
  problemWith,
  readWish,
} from "../../../src/admin/lib/destinations"
import type { DestinationField } from "../../../src/types/http-destinations"

function field(change: Partial<DestinationField> = {}): DestinationField {
  return {
    token: "attr_1",
    label: "Account number",
    type: "BankAccountNumber",
    input: "text",
    is_required: true,
    options: null,
    pattern: null,
    hint: null,
    has_value: false,
    max_length: 200,
    ...change,
  }
}

describe("a route is asked for", () => {
  const typed = {
    currency_code: " usd",
    destination_currency_code: "mxn ",
    country_code: "mx",
  }

  it("in the server's spelling, however it was typed", () => {
    expect(readWish(typed)).toEqual({
      currency_code: "USD",
      destination_currency_code: "MXN",
      country_code: "MX",
    })
  })

  it.each([
    { currency_code: "us" },
    { currency_code: "usd1" },
    { destination_currency_code: "m" },
    { country_code: "m" },
    { country_code: "" },
    { country_code: "4X" },
  ])("not while %j is typed", (change) => {
    expect(readWish({ ...typed, ...change })).toBeNull()
  })
})

describe("an answer is not sent", () => {
  it.each([
    ["required", field(), "  "],
    ["option", field({ options: ["Checking", "Savings"] }), "checking"],
    ["pattern", field({ pattern: "^\\d{8}$" }), "1234567"],
    ["day", field({ input: "date" }), "17.05.1990"],
  ])("for want of: %s", (problem, of, value) => {
    expect(problemWith(of, value)).toBe(problem)
  })

  it.each([
    ["nothing, where nothing is required", field({ is_required: false }), ""],
    ["one of the list", field({ options: ["Checking"] }), "Checking"],
    ["what fits", field({ pattern: "^\\d{8}$" }), " 12345678 "],
    ["what no pattern of this browser tells", field({ pattern: "(" }), "x"],
    ["a day", field({ input: "date" }), "1990-05-17"],
  ])("unless it is %s", (_, of, value) => {
    expect(problemWith(of, value)).toBeNull()
  })

  it("and each is named by its field", () => {
    const fields = [field(), field({ token: "attr_2" })]
    expect(problemsIn(fields, { attr_2: "x" })).toEqual({ attr_1: "required" })
  })
})

it("a status of a later version is grey", () => {
  expect(["ready", "returned", "later"].map(destinationColor)).toEqual([
    "green",
    "red",
    "grey",
  ])
})
