import { PAYEE_NEEDS } from "../../../src/domain/payee-needs"

it("what a vendor may need are stable names, which links to the list carry", () => {
  expect(PAYEE_NEEDS).toEqual([
    "account",
    "confirmation",
    "papers",
    "profile",
    "resume",
  ])
})
