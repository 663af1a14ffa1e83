/** What an operator decides about a vendor, or about the money of an order. */
export const DECISIONS = [
  "pause",
  "resume",
  "set_terms",
  "pay_now",
  "hold",
  "release_hold",
  "redrive_webhook",
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
  until_is_past: "The hold would be over already: until has to lie ahead.",
  books_unknown:
    "The database was restored or failed over; nothing is decided until MassPay's side was read.",
  nothing_to_pay: "Nothing of hers can be paid now.",
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
