import {
  fieldsRequiredIn,
  missingOf,
  missingToChange,
  problemsWith,
  profileFacts,
  type ProfileInput,
} from "../../../src/domain/profile"

const TODAY = new Date("2026-11-25T12:00:00Z")
const problems = (input: ProfileInput, country_code: string | null = "US") =>
  problemsWith(input, { country_code, today: TODAY })

it.each<[ProfileInput, string | null]>([
  [{ postal_code: "94103" }, "US"],
  [{ postal_code: "94103-1234" }, "US"],
  [{ state_province: "NY" }, "US"],
  [{ postal_code: "K1A 0B1", state_province: "ON" }, "CA"],
  [{ postal_code: "EC1A 1BB", state_province: "Greater London" }, "GB"],
  [{ postal_code: "whatever" }, null],
  [{ date_of_birth: "2008-11-25" }, "US"],
  [{ date_of_birth: "2000-02-29" }, "US"],
  [{ mobile_number: "16502000226" }, "US"],
  [{ language: "en" }, "US"],
  [{ city: "x".repeat(200) }, "US"],
  [{ date_of_birth: "1906-11-25" }, "US"],
  [{ mobile_number: "1650200" }, "US"],
])("%j is fine in %s", (input, country) => {
  expect(problems(input, country)).toEqual([])
})

it.each<[ProfileInput, string, string]>([
  [{ postal_code: "1234x" }, "US", "ZIP code"],
  [{ state_province: "California" }, "US", "two letters"],
  [{ postal_code: "94103" }, "CA", "postal code"],
  [{ date_of_birth: "2008-11-26" }, "US", "18 years old"],
  [{ date_of_birth: "2001-02-29" }, "US", "a day that exists"],
  [{ date_of_birth: "9.3.1987" }, "US", "YYYY-MM-DD"],
  [{ date_of_birth: "1806-01-01" }, "US", "too far back"],
  [{ mobile_number: "+1 650 200" }, "US", "digits only"],
  [{ language: "english" }, "US", "two letters"],
  [{ date_of_birth: "1906-11-24" }, "US", "too far back"],
  [{ date_of_birth: "x2000-01-01" }, "US", "YYYY-MM-DD"],
  [{ date_of_birth: "2000-01-01 " }, "US", "YYYY-MM-DD"],
  [{ mobile_number: "+16502000226" }, "US", "digits only"],
  [{ mobile_number: "16502000226x" }, "US", "digits only"],
  [{ mobile_number: "06502000226" }, "US", "digits only"],
  [{ mobile_number: "1".repeat(16) }, "US", "digits only"],
  [{ language: "xen" }, "US", "two letters"],
  [{ state_province: "xNY" }, "US", "two letters"],
  [{ state_province: "NYx" }, "US", "two letters"],
  [{ postal_code: "x94103" }, "US", "ZIP code"],
  [{ postal_code: "94103x" }, "US", "ZIP code"],
  [{ state_province: "xON" }, "CA", "two letters"],
  [{ state_province: "ONx" }, "CA", "two letters"],
  [{ postal_code: "xK1A 0B1" }, "CA", "postal code"],
  [{ postal_code: "K1A 0B1x" }, "CA", "postal code"],
  [{ city: "   " }, "US", "1 to 200 characters"],
  [{ city: "x".repeat(201) }, "US", "1 to 200 characters"],
])("%j is refused in %s, without repeating it", (input, country, words) => {
  const [problem = "", ...others] = problems(input, country)
  expect(others).toEqual([])
  expect(problem).toContain(words)
  for (const value of Object.values(input).filter((text) => text.trim())) {
    expect(problem).not.toContain(value)
  }
})

it("tells what a payout needs from what a change needs", () => {
  expect(missingOf({})).toEqual([
    "address1",
    "city",
    "state_province",
    "postal_code",
    "date_of_birth",
  ])
  expect(
    missingOf({ address1: "a", city: "b", date_of_birth: "2000-01-01" })
  ).toEqual(["state_province", "postal_code"])
  expect(
    missingToChange({ address1: "a", city: " ", postal_code: null })
  ).toEqual(["city", "state_province", "postal_code"])
  expect(profileFacts(["date_of_birth"])).toEqual({
    has_address: true,
    has_date_of_birth: false,
    missing: ["date_of_birth"],
  })
  expect(profileFacts(["city"])).toMatchObject({ has_address: false })
})

describe("a payout that was refused for want of facts about the person", () => {
  it("names which, once each, however they are written", () => {
    expect(
      fieldsRequiredIn([
        "address1 of the user is required for a payout",
        "The recipient's date of birth is missing",
        "Required: date_of_birth of the payee",
        "Profile: POSTAL_CODE must be provided",
      ])
    ).toEqual(["address1", "date_of_birth", "postal_code"])
  })

  it("is no such refusal where anything else is said, or nothing", () => {
    for (const reasons of [
      [],
      [""],
      // A field of a destination is called the same.
      ["City is required"],
      ["Date of birth is required"],
      ["Not a valid city of the user"],
      ["The velocity of the user is required"],
      ["There is no user like this"],
      ["city of the user is required", "The amount is below the minimum"],
    ]) {
      expect({ reasons, fields: fieldsRequiredIn(reasons) }).toEqual({
        reasons,
        fields: [],
      })
    }
  })
})
