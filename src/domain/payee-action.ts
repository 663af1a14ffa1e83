import type { ApprovalPolicy } from "./collect"

/** What an operator does about whose MassPay user a vendor has: both could pay the wrong person. */
export const PAYEE_ACTIONS = ["confirm_user", "unlink"] as const
export type PayeeAction = (typeof PAYEE_ACTIONS)[number]

export function isPayeeAction(action: string): action is PayeeAction {
  return PAYEE_ACTIONS.some((known) => known === action)
}

const EFFECTS: Record<PayeeAction, string> = {
  confirm_user:
    "MassPay is asked once more. If it names the same user, she is this vendor's from then on, and what MassPay has already paid her for this shop is read before she is paid.",
  unlink:
    "The vendor has no MassPay user any more and is not paid until somebody links her again. Her payouts up to now stay with the user they were made for.",
}

export function effectOfPayeeAction(
  action: PayeeAction,
  { needs_second }: { needs_second: boolean }
): string {
  return needs_second
    ? `A second person is asked to confirm. Until the answer nothing changes. Then: ${EFFECTS[action]}`
    : EFFECTS[action]
}

/**
 * Whether a second person has to agree. There is no amount to compare: whoever
 * is confirmed gets everything this vendor will ever be due.
 */
export function needsSecondForPayee(approval: ApprovalPolicy): boolean {
  return approval.kind !== "none"
}

const REFUSALS = {
  payee_not_found: "There is no such payee.",
  already_linked: "The vendor has a MassPay user already. Unlink her first.",
  not_linked: "The vendor has no MassPay user.",
  nobody_found:
    "MassPay's look-up has found nobody for an operator to confirm. Link the vendor first.",
  user_changed:
    "MassPay's look-up does not name the user that was shown. Look at the vendor again.",
  user_gone: "MassPay does not show this user any more.",
  user_closed:
    "MassPay has closed this user's account, so nothing could be paid to it.",
  user_taken:
    "MassPay's user for this vendor belongs to another vendor here. Two vendors cannot share one: give this vendor an e-mail address of her own.",
  contact_incomplete:
    "The vendor's record lacks an e-mail address, a name or a country, so MassPay cannot be asked.",
  being_linked:
    "MassPay is being asked about this vendor right now. Try again in a minute.",
  something_open: "She cannot be unlinked while something is open.",
  no_answer: "MassPay did not answer, so nothing has changed. Try again.",
} as const
export type PayeeRefusal = keyof typeof REFUSALS

export function payeeRefusalText(code: PayeeRefusal, detail = ""): string {
  return `${REFUSALS[code]}${detail && ` ${detail}`}`
}
