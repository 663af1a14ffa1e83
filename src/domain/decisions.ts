/** What an operator decides about a vendor, or about the money of an order. */
export const DECISIONS = [
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
] as const
export type Decision = (typeof DECISIONS)[number]

/** Why a decision is not taken. Stable codes, with plain words for the operator. */
const REFUSALS = {
  vendor_not_found:
    "There is no such vendor here: a vendor is known once one of her orders was seen.",
  order_not_found: "There is no such order.",
  hold_not_found: "There is no such hold.",
  webhook_not_found: "There is no such webhook.",
  webhook_not_stuck:
    "Only a webhook that is dead or was ignored can be taken up again; this one waits already, or was applied.",
  already_released: "This hold was released already.",
  moment_ahead:
    "This lies ahead: only money that moved already can be recorded.",
  until_is_past: "The hold would be over already: until has to lie ahead.",
  books_unknown:
    "The database was restored or failed over; nothing is decided until MassPay's side was read.",
  nothing_to_pay: "Nothing of hers can be paid now.",
  kyc_request_not_found: "There is no such request for papers.",
  kyc_request_closed: "This request for papers is closed.",
  notification_not_found: "There is no such notification.",
  incident_not_found: "There is no such incident.",
  incident_closed: "This incident is over: its cause is gone.",
  no_link:
    "There is no link to show: MassPay gave none, or there was no encryptionKey to keep it with. The next refusal or a new session brings one.",
  link_unreadable:
    "The link cannot be read: it was kept with a key that is not among encryptionKey any more. Start a new session, or add the old key.",
  vendor_has_no_account:
    "The vendor has no open account at MassPay yet, so there is nobody to identify.",
  session_in_doubt:
    "This session is being made, or the answer was lost. Ask again in a moment; if it stays so, use a new request_id.",
  session_failed:
    "MassPay made no session for this request_id. Use a new one to try again.",
  link_gone:
    "The link of this request_id is no longer kept. Use a new one for another session.",
  too_many_sessions:
    "Ten sessions were begun for this vendor within a day. Use the link that is there, or wait.",
  masspay_gave_no_link:
    "MassPay gave no link. Try again later, with a new request_id.",
  discrepancy_not_found: "There is no such discrepancy.",
  discrepancy_closed:
    "This discrepancy is at rest: it was resolved, or healed by itself.",
  range_is_nonsense: "These days cannot be compared.",
  reconciliation_running:
    "MassPay's history is being read already: one reconciliation at a time.",
  go_live_item_not_found: "There is no such item on the checklist.",
  go_live_item_is_checked:
    "This item is checked by itself with every run; nobody can vouch for it.",
  not_attested: "This item is not attested, so there is nothing to withdraw.",
  destination_not_found: "There is no such destination of this vendor's.",
  no_destination:
    "No destination was chosen for this currency yet. List the routes and choose one.",
  destination_replaced:
    "This destination is not the one in use any more. Look at the current one.",
  destination_unchanged:
    "Nothing is changed by this: it is the destination that is there already, or one that money came back from. Choose another route or give other details; an operator can also use it again.",
  destination_not_returned:
    "Nothing came back from this destination, so there is nothing to use again.",
  destination_not_ready:
    "The destination lacks details, or cannot be used now.",
  route_not_offered:
    "MassPay does not offer this route for these currencies in this country. List the routes again.",
  terms_changed:
    "MassPay's terms are worse than those that were shown. Look at them again, and send what they are now as 'shown'.",
  route_without_attributes:
    "MassPay does not say what it needs to know for this route: it knows the route or the user no more.",
  attributes_refused: "MassPay refused the details.",
  masspay_did_not_answer:
    "MassPay gave no answer that can be used. Send the same again: it does no harm twice.",
  no_wallet: "The vendor has no wallet at MassPay in this currency.",
  autopayout_needs_same_currency:
    "A rule pays out in the currency of the wallet only: choose a destination that pays in it.",
  autopayout_over_whole:
    "Together with the rules that are there, more than the whole would be paid out.",
  autopayouts_busy:
    "Another change of this vendor's rules is under way. Send the same again.",
  autopayout_not_found: "There is no such rule on this vendor's wallets.",
  payout_not_found: "There is no such payout.",
  payout_not_direct:
    "Only a direct payout has this. This one went into the wallet at MassPay.",
  payout_not_at_masspay: "MassPay has nothing about this payout yet.",
  request_id_used:
    "This request_id was used for something else. Use a new one for each action.",
} as const
export type DecisionRefusal = keyof typeof REFUSALS

/** Nothing was written. The message is for the operator. */
export class DecisionRefusedError extends Error {
  constructor(
    readonly code: DecisionRefusal,
    detail = ""
  ) {
    super(`${REFUSALS[code]}${detail && ` ${detail}`}`)
    this.name = "DecisionRefusedError"
  }

  /** Whether what was named does not exist. */
  get is_not_found(): boolean {
    return this.code.endsWith("_not_found")
  }
}
