import {
  effectOfPayeeAction,
  isPayeeAction,
  needsSecondForPayee,
  PAYEE_ACTIONS,
  type PayeeRefusal,
  payeeRefusalText,
} from "../../../src/domain/payee-action"

it("two things are done about whose user a vendor has", () => {
  expect(PAYEE_ACTIONS).toEqual(["confirm_user", "unlink"])
  expect(PAYEE_ACTIONS.every(isPayeeAction)).toBe(true)
  expect(isPayeeAction("approve")).toBe(false)
})

it("who could be paid everything takes two people wherever anything does", () => {
  expect(needsSecondForPayee({ kind: "none" })).toBe(false)
  expect(needsSecondForPayee({ kind: "all" })).toBe(true)
  expect(needsSecondForPayee({ kind: "above", amounts: {} })).toBe(true)
})

it.each([
  ["confirm_user", /^MassPay is asked once more\..* before she is paid\.$/],
  ["unlink", /^The vendor has no MassPay user any more .* made for\.$/],
] as const)(
  "%s says what it does, and that it waits for a second",
  (action, words) => {
    const effect = effectOfPayeeAction(action, { needs_second: false })
    expect(effect).toMatch(words)
    expect(effectOfPayeeAction(action, { needs_second: true })).toBe(
      `A second person is asked to confirm. Until the answer nothing changes. Then: ${effect}`
    )
  }
)

it.each<[PayeeRefusal, string]>([
  ["payee_not_found", "no such payee"],
  ["already_linked", "Unlink her first"],
  ["not_linked", "has no MassPay user"],
  ["nobody_found", "Link the vendor first"],
  ["user_changed", "Look at the vendor again"],
  ["user_gone", "does not show this user"],
  ["user_closed", "nothing could be paid"],
  ["user_taken", "e-mail address of her own"],
  ["contact_incomplete", "MassPay cannot be asked"],
  ["being_linked", "Try again in a minute"],
  ["something_open", "while something is open"],
  ["no_answer", "nothing has changed"],
])("%s is said in words that help", (code, words) => {
  expect(payeeRefusalText(code)).toContain(words)
  expect(payeeRefusalText(code)).toMatch(/\.$/)
  expect(payeeRefusalText(code, "A payout is open.")).toBe(
    `${payeeRefusalText(code)} A payout is open.`
  )
})
