import {
  type DecisionRefusal,
  DecisionRefusedError,
  DECISIONS,
} from "../../../src/domain/decisions"

it("operators decide about vendors and holds by names that stay", () => {
  expect(DECISIONS).toEqual([
    "pause",
    "resume",
    "set_terms",
    "pay_now",
    "hold",
    "release_hold",
    "link",
    "redrive_webhook",
    "clear_kyc_request",
    "notify_kyc_request",
    "resend_notification",
    "reconcile",
    "resolve_discrepancy",
    "record_funding_movement",
    "attest_go_live",
    "withdraw_go_live",
    "acknowledge_incident",
    "choose_destination",
    "give_destination_details",
    "use_destination_again",
    "add_autopayout",
    "delete_autopayout",
  ])
})

it.each<[DecisionRefusal, boolean, string]>([
  ["vendor_not_found", true, "a vendor is known once one of her orders"],
  ["order_not_found", true, "no such order"],
  ["hold_not_found", true, "no such hold"],
  ["already_released", false, "released already"],
  ["until_is_past", false, "has to lie ahead"],
  ["books_unknown", false, "restored or failed over"],
  ["nothing_to_pay", false, "Nothing of hers can be paid"],
  ["request_id_used", false, "Use a new one"],
])(
  "%s is a code and a sentence for the operator",
  (code, is_not_found, words) => {
    const error = new DecisionRefusedError(code)

    expect(error).toMatchObject({
      code,
      is_not_found,
      name: "DecisionRefusedError",
    })
    expect(error.message).toContain(words)
    expect(error.message).toMatch(/\.$/)
  }
)

it("what is known about a refusal follows its sentence", () => {
  expect(
    new DecisionRefusedError("nothing_to_pay", "She is paused.").message
  ).toBe("Nothing of hers can be paid now. She is paused.")
})
