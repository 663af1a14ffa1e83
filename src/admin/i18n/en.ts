import type { ActionRefusal, PayoutAction } from "../../domain/actions"
import type { Weekday } from "../../domain/collect-schedule"
import type { Decision } from "../../domain/decisions"
import type {
  DestinationProblem,
  DestinationStatus,
} from "../../domain/destinations"
import type {
  DiscrepancyAction,
  DiscrepancyClass,
} from "../../domain/discrepancies"
import type { GoLiveKey, GoLiveState } from "../../domain/go-live"
import type { HoldKind } from "../../domain/holds"
import type { IncidentKind } from "../../domain/incidents"
import type {
  KycClearReason,
  KycKind,
  KycProvider,
  KycStatus,
} from "../../domain/kyc"
import type {
  NotificationAudience,
  NotificationKind,
  NotificationWay,
} from "../../domain/notifications"
import type {
  OverviewAttentionKind,
  OverviewJobName,
} from "../../domain/overview"
import type { PayeeAction } from "../../domain/payee-action"
import type { PayeeNeed } from "../../domain/payee-needs"
import type {
  BlockReason,
  EntryKind,
  OperationKind,
  PayeeStatus,
  PayoutEvent,
  PayoutMethod,
  PayoutStatus,
} from "../../domain/payout-status"
import type { ProfileField } from "../../domain/profile"
import type {
  WebhookKind,
  WebhookReason,
  WebhookState,
} from "../../domain/webhooks"
import type {
  AdminOrderSettlement,
  AdminPayoutOperation,
  HeldReason,
  NotPaidReason,
} from "../../types/http"
import type { KycLinkState } from "../../types/http-kyc"
import type { NotificationState } from "../../types/http-notifications"
import type { BalanceAction } from "../../types/http-statements"

/** What a status is called, and what it does and does not prove. */
type StatusText = { label: string; meaning: string }

/** A text for one and one for several of each, but for those that are no number of things. */
type Plural<Code extends string, Single extends Code = never> = Record<
  Single | `${Exclude<Code, Single>}_${"one" | "other"}`,
  string
>

// The overview

const attentions = {
  dispatch_stopped: "Sending is stopped",
  incidents_one: "{{count}} open alarm",
  incidents_other: "{{count}} open alarms",
  discrepancies_one: "{{count}} difference between our books and MassPay's",
  discrepancies_other: "{{count}} differences between our books and MassPay's",
  payouts_to_review_one: "{{count}} payout has to be looked at",
  payouts_to_review_other: "{{count}} payouts have to be looked at",
  payouts_unknown_one: "{{count}} payout is being looked up",
  payouts_unknown_other: "{{count}} payouts are being looked up",
  payouts_to_approve_one: "{{count}} payout waits for approval",
  payouts_to_approve_other: "{{count}} payouts wait for approval",
  actions_to_confirm_one: "{{count}} proposal waits for a second person",
  actions_to_confirm_other: "{{count}} proposals wait for a second person",
  payouts_blocked_one: "{{count}} payout is blocked",
  payouts_blocked_other: "{{count}} payouts are blocked",
  refunds_to_allocate_one: "{{count}} refund has to be allocated",
  refunds_to_allocate_other: "{{count}} refunds have to be allocated",
  payees_locked_one: "{{count}} vendor is locked at MassPay",
  payees_locked_other: "{{count}} vendors are locked at MassPay",
  papers_wanted_one: "{{count}} vendor has to hand in papers",
  papers_wanted_other: "{{count}} vendors have to hand in papers",
  balances_negative_one: "{{count}} vendor owes more than is due",
  balances_negative_other: "{{count}} vendors owe more than is due",
  webhooks_dead_one: "{{count}} message of MassPay could not be applied",
  webhooks_dead_other: "{{count}} messages of MassPay could not be applied",
} satisfies Plural<OverviewAttentionKind, "dispatch_stopped">

const attentionTexts = {
  dispatch_stopped: "Nothing is sent to MassPay until somebody resumes it.",
  incidents: "The runbook has a page for each that says what to do.",
  discrepancies: "Somebody has to decide which side is right.",
  payouts_to_review: "Nothing goes on by itself.",
  payouts_unknown:
    "Nothing is sent that could pay twice. This usually ends by itself.",
  payouts_to_approve: "Nothing is sent before somebody approves it.",
  actions_to_confirm: "Whoever proposed it cannot confirm it.",
  payouts_blocked: "It goes on once the cause is gone.",
  refunds_to_allocate: "It is not clear which vendor bears what was refunded.",
  payees_locked: "Nothing is paid until MassPay unlocks.",
  papers_wanted: "MassPay pays once the papers are accepted.",
  balances_negative: "What is earned next is kept back first.",
  webhooks_dead: "Look-ups find out the same, only later.",
} satisfies Record<OverviewAttentionKind, string>

const jobs = {
  "masspay-dispatch-payouts": "Send payouts",
  "masspay-resolve-payouts": "Look up what is not known",
  "masspay-apply-webhooks": "Apply MassPay's messages",
  "masspay-sweep-orders": "Look through the orders",
  "masspay-collect-payouts": "Collect what is due",
  "masspay-link-payees": "Link vendors to MassPay",
  "masspay-watch": "Watch and raise alarms",
  "masspay-mirror-balances": "Read balances",
  "masspay-reconcile": "Compare with MassPay",
} satisfies Record<OverviewJobName, string>

// Alarms

const incidentKinds = {
  payout_parked: {
    label: "A payout needs a person",
    text: "Neither MassPay's answer nor a look-up proved whether the vendor was paid. Nothing is sent again by itself.",
  },
  payout_flipped: {
    label: "MassPay took its word back",
    text: "A completed payout is cancelled now, or one that was given up was paid after all.",
  },
  payout_unknown: {
    label: "Outcomes that nobody can prove yet",
    text: "Payouts were sent two hours ago or more, and no look-up has shown what became of them.",
  },
  payout_waiting: {
    label: "Ready payouts are not sent",
    text: "Nothing keeps them, and yet they have waited for more than 15 minutes.",
  },
  funding_low: {
    label: "A funding wallet does not last",
    text: "It holds less than is to be paid within a day, or less than the limit that was set.",
  },
  webhooks_silent: {
    label: "MassPay's messages have stopped coming",
    text: "Payouts are right all the same; what became of them is only seen later.",
  },
  webhooks_rejected: {
    label: "Messages are being refused",
    text: "More than one in twenty was unsigned, wrongly signed or altered. Nothing of them was believed.",
  },
  job_overdue: {
    label: "A job does not run",
    text: "What it does is not done. It goes on where it stopped.",
  },
  reconcile_overdue: {
    label: "The books were not compared with MassPay",
    text: "No comparison was complete for two hours.",
  },
  invariant_broken: {
    label: "The books contradict themselves",
    text: "A rule that always has to hold does not. Where money depends on it, sending is stopped.",
  },
  dispatch_stopped: {
    label: "Sending is stopped",
    text: "Payouts are made and wait until somebody resumes sending.",
  },
  circuit_open: {
    label: "MassPay does not work, or refuses the key",
    text: "Nothing was sent for ten minutes. It goes on by itself with the first good answer.",
  },
  restore_waiting: {
    label: "The database is another one",
    text: "Nothing is sent until everything that MassPay knows was read into the books.",
  },
  discrepancy: {
    label: "MassPay and the books differ",
    text: "It is not put right by itself, because that would move money.",
  },
} satisfies Record<IncidentKind, { label: string; text: string }>

// Payouts: the list, one of them, the next ones, and the order's widget

const actionNames = {
  approve: "Approve",
  reject: "Reject",
  void: "Give up",
  resolve: "Look up",
  retry: "Send again",
  settle_elsewhere: "Paid by other means",
  reverse: "Take back",
  cancel: "Cancel at MassPay",
  assert_not_executed: "Was not executed",
} satisfies Record<PayoutAction, string>

/** What an action does; never more than the server does. */
const actionEffects = {
  approve: "It is sent to MassPay with the next run.",
  reject: "It is given up. What it covered is open again.",
  void: "It is given up. What it covered is open again.",
  resolve:
    "MassPay is asked what became of it, and its answer is written down. Nothing is sent again.",
  retry:
    "MassPay is asked about it first. Only if it was not executed, it is sent again.",
  settle_elsewhere:
    "It is given up and written down as paid by other means. MassPay pays nothing for it.",
  reverse:
    "MassPay is asked, once, to take the whole amount back: out of the vendor's wallet, or from where it went directly. If it is not there any more, nothing changes. Once it is back, what it paid is due again, and is paid with the next payout unless the vendor is paused.",
  cancel: "MassPay is asked to cancel it before it is executed.",
  assert_not_executed:
    "A second person is asked to confirm that MassPay did not execute it.",
} satisfies Record<PayoutAction, string>

const actionRefusals = {
  not_found: "There is no such payout.",
  wrong_status: "The payout's status does not allow it.",
  wrong_method: "This kind of payout does not allow it.",
  own_payout: "You caused this payout, so somebody else has to decide.",
  was_sent:
    "Something was sent to MassPay for it, so it cannot be given up as if nothing had been.",
  unproven: "What came of a request to MassPay is not proven yet.",
  executed: "MassPay is known to have executed it. The next look-up decides.",
  look_up_first:
    "Look it up first: what came of the last request has to be known.",
  too_early: "What was sent for it may not show at MassPay yet.",
  on_the_wire: "It is on its way to MassPay at this moment.",
  no_user: "The vendor has no MassPay user.",
  option_off:
    "Taking payouts back out of wallets is switched off (payouts.allowReversal).",
  direct_option_off:
    "Reversing direct payouts is switched off (direct.allowReversal).",
  tried_before: "It was tried before. It is tried only once.",
  no_load: "MassPay's own record of it is not known.",
  books_unknown:
    "The database was restored. Nothing is decided until MassPay's side has been read.",
  already_proposed: "A second person has been asked about it already.",
  own_proposal: "Somebody else has to confirm what you proposed.",
  already_answered: "This proposal was answered already.",
  request_id_used: "This request was used for something else.",
  no_deficit: "Nothing is to be written off.",
  deficit_grew: "More is owed by now than was proposed.",
  on_its_way: "Another payout to this vendor has not ended yet.",
} satisfies Record<ActionRefusal, string>

// Where vendors are paid directly

/** MassPay's list is open: what is not here is shown in its own words. */
const deliveries = {
  BANK_DEPOSIT: "Bank account",
  CASH_PICKUP: "Cash pickup",
  HOME_DELIVERY: "Home delivery",
  MOBILE_WALLET: "Mobile wallet",
  MASSPAY_CARD: "MassPay card",
  PAPER_CHECK: "Paper check",
  BILL: "Bill",
  CRYPTOCURRENCY: "Cryptocurrency",
}

const destinationStatuses = {
  incomplete: "Details missing",
  ready: "Ready",
  returned: "Money came back",
  gone: "Not offered any more",
} satisfies Record<DestinationStatus, string>

const destinationProblems = {
  attributes_missing: "Details of where to pay to are still missing.",
  attributes_required:
    "MassPay wants more details before it pays to this destination.",
  returned:
    "Money that was paid to this destination came back. Change it, or use it again.",
  route_gone: "MassPay does not offer this way of paying any more.",
  currency_gone: "MassPay does not pay out in this currency by this way now.",
  user_gone: "MassPay does not know this user any more.",
} satisfies Record<DestinationProblem, string>

/** MassPay's words for a direct payout. None says more than MassPay does. */
const directStatuses = {
  PENDING: "Quoted. That it is to be paid is not confirmed.",
  SCHEDULED: "MassPay has taken it and pays it later.",
  PROCESSING: "MassPay is working on it.",
  HOLD: "MassPay holds it, for a check for example. It is neither paid nor refused.",
  READY_FOR_PICKUP:
    "The cash lies ready. Only the vendor sees the code it is handed out for.",
  COMPLETED: "MassPay says that it is completed.",
  CANCELLED: "MassPay says that it is cancelled.",
  REVERSED: "MassPay lists that all of it was called back.",
  PARTLY_REVERSED: "MassPay lists that a part of it was called back.",
  ERROR:
    "MassPay ended it with an error and does not say whether the money came back.",
}

/** What MassPay's word proves depends on where the money goes. */
const statusesOfWallet = {
  accepted: {
    label: "Accepted by MassPay",
    meaning:
      "MassPay has accepted it. That it has reached the vendor's wallet is not confirmed yet.",
  },
  completed: {
    label: "In the vendor's wallet",
    meaning: "MassPay confirms that the money is in the vendor's wallet.",
  },
} satisfies Partial<Record<PayoutStatus, StatusText>>

const statusesOfDirect = {
  accepted: {
    label: "Accepted by MassPay",
    meaning:
      "MassPay has accepted it. That it has reached the vendor is not confirmed yet.",
  },
  completed: {
    label: "Paid out by MassPay",
    meaning:
      "MassPay confirms that the payout to the vendor's destination is completed. A bank may still send it back.",
  },
} satisfies Partial<Record<PayoutStatus, StatusText>>

const statusesOfSpendback = {
  accepted: {
    label: "Accepted by MassPay",
    meaning:
      "MassPay has accepted it. That the amount has left the vendor's wallet is not confirmed yet.",
  },
  completed: {
    label: "Taken back",
    meaning:
      "MassPay confirms that the amount was taken back out of the vendor's wallet.",
  },
} satisfies Partial<Record<PayoutStatus, StatusText>>

// What payouts, entries and answers of MassPay are called

const statuses = {
  pending: {
    label: "Waiting for approval",
    meaning: "Nothing is sent to MassPay before it is approved.",
  },
  ready: {
    label: "Ready to send",
    meaning: "It waits for the next run, which asks MassPay to pay it.",
  },
  sending: {
    label: "Being sent",
    meaning:
      "MassPay is being asked to pay it. What became of the request is not known yet.",
  },
  accepted: {
    label: "Accepted by MassPay",
    meaning:
      "MassPay has accepted it. That it is carried out is not confirmed yet.",
  },
  completed: {
    label: "Completed by MassPay",
    meaning: "MassPay confirms that it is completed.",
  },
  cancelled: {
    label: "Cancelled by MassPay",
    meaning:
      "MassPay reports it as cancelled. The money stays reserved until a later look-up confirms that.",
  },
  unknown: {
    label: "Not known yet",
    meaning:
      "It is not proven whether MassPay executed it. It is being looked up, and nothing is sent that could pay it twice.",
  },
  blocked: {
    label: "Blocked",
    meaning: "It was not executed. It goes on once the cause is gone.",
  },
  needs_review: {
    label: "Needs review",
    meaning: "A person has to look at it. Nothing goes on by itself.",
  },
  reversing: {
    label: "Being taken back",
    meaning:
      "MassPay is being asked to take the whole amount back. The outcome is not known yet.",
  },
  reversed: {
    label: "Taken back",
    meaning:
      "MassPay took the whole amount back. What it covered is open again.",
  },
  netted: {
    label: "Netted",
    meaning: "Credits and charges made zero. No money had to move.",
  },
  void: {
    label: "Void",
    meaning: "It ended without paying. What it covered is open again.",
  },
} satisfies Record<PayoutStatus, StatusText>

const blockReasons = {
  kyc: "MassPay wants papers from the vendor before it pays.",
  funds: "The funding wallet does not hold enough in this currency.",
  vendor: "MassPay does not pay this vendor at the moment.",
  auth: "MassPay does not accept this shop's credentials.",
  config: "The plugin's settings or the MassPay account have to be corrected.",
  limit: "A limit at MassPay has been reached.",
} satisfies Record<BlockReason, string>

const blockReasonsShort = {
  kyc: "papers wanted",
  funds: "funding wallet",
  vendor: "vendor",
  auth: "credentials",
  config: "settings",
  limit: "limit",
} satisfies Record<BlockReason, string>

const notPaidReasons = {
  not_due: "Not due yet",
  not_scheduled: "Waits for the next day on which the vendor is paid",
  below_minimum: "Below the minimum amount for a payout",
  negative: "The vendor owes more than the vendor has earned",
  paused: "Payouts to this vendor are paused",
  not_linked: "The vendor has no MassPay user yet",
  kyc: "MassPay wants papers from the vendor",
  deactivated: "The vendor's MassPay user is deactivated",
  no_funding_wallet: "No funding wallet in this currency",
  no_destination: "The vendor has no complete destination",
  destination_returned: "The last payout to her destination came back",
  destination_gone: "MassPay offers her destination no more",
  above_maximum: "Above what her destination takes at a time",
  hold: "On hold",
  being_read: "The vendor's payments at MassPay are being read in full first",
  repeated_cancel: "MassPay cancelled payouts to this vendor repeatedly",
  will_be_paid: "Goes into the next payout",
} satisfies Record<NotPaidReason, string>

const heldReasons = {
  not_captured: "The customer's payment is not captured yet",
  partially_captured: "The customer's payment is captured only in part",
  not_released: "The order has not reached the point at which vendors are paid",
  canceled: "The order is cancelled",
  placed_before_start: "The order is older than the payouts",
  unallocated_refund: "It is not settled which vendor a refund falls on",
  unknown_currency: "The order's currency is not known",
  nothing_due: "Nothing is due to this vendor",
} satisfies Record<HeldReason, string>

const settlementStates = {
  held: "Held",
  open: "Not paid yet",
  blocked: "Blocked",
  in_transit: "In transit",
  paid: "Paid",
  nothing_due: "Nothing due",
} satisfies Record<AdminOrderSettlement["state"], string>

const entryKinds = {
  earning: "Earning",
  clawback: "Clawback",
  correction: "Correction",
  adjustment: "Adjustment",
  overpayment: "Overpayment",
  settled_elsewhere: "Settled elsewhere",
} satisfies Record<EntryKind, string>

const operationKinds = {
  load: "Load of the vendor's wallet",
  quote: "Quote",
  commit: "Commit",
  reverse: "Reversal",
  cancel: "Cancellation",
  spendback: "Spendback",
} satisfies Record<OperationKind, string>

const methods = {
  wallet: "To the vendor's MassPay wallet",
  direct: "To the vendor's own destination",
  spendback: "Back from the vendor's wallet",
  netting: "None, it only nets entries",
} satisfies Record<PayoutMethod, string>

const proofs = {
  none: "Not proven yet",
  executed: "Proven executed",
  not_executed: "Proven not executed",
} satisfies Record<AdminPayoutOperation["proof"], string>

/** What happened; the status it led to stands above it. */
const events = {
  collected: "The vendor's due entries were collected into this payout.",
  collected_for_approval:
    "The vendor's due entries were collected. It needs an approval.",
  netted: "The vendor's due entries cancelled each other out.",
  adopted: "MassPay knew it and the shop did not, so it was written down.",
  approved: "It was approved.",
  rejected: "It was rejected.",
  remade: "It was replaced by a payout with other entries.",
  voided: "It was voided.",
  approval_required: "It needs an approval now; it was not sent.",
  blocked_at_claim: "It was stopped before it was sent.",
  unblocked: "What blocked it seems to be gone.",
  resend_confirmed: "Two people confirmed that it may be sent again.",
  reversal_started: "Taking it back was started.",
  cancellation_started: "MassPay is asked to cancel it.",
  claimed: "It was taken up to be sent.",
  quoted: "MassPay quoted it, and the quote is to be committed.",
  not_sent: "It was not sent. It is tried again.",
  throttled: "MassPay asked to slow down. It is tried again later.",
  refused: "MassPay refused it. Nothing was executed.",
  accepted: "MassPay accepted it.",
  completed: "MassPay answered that it is completed.",
  answered_cancelled:
    "MassPay answered that it is cancelled. A look-up has to confirm that.",
  outcome_unknown: "No answer proved what happened. It is being looked up.",
  lease_expired:
    "The sender vanished before an answer was recorded. It is being looked up.",
  found_accepted: "A look-up found it accepted.",
  found_completed: "A look-up found it completed.",
  found_cancelled: "A look-up found it cancelled.",
  settled_cancelled: "A later look-up agreed that it is cancelled.",
  mismatch: "What MassPay shows is not what it was asked for.",
  not_found: "A look-up proved that MassPay has not executed it.",
  resend_allowed:
    "A look-up did not find it. Sending the same request again cannot pay twice.",
  parked: "It was handed to a person.",
} satisfies Record<PayoutEvent, string>

/** What became of a request. The server puts "masspay." before most of these. */
const outcomes = {
  ok: "MassPay answered",
  not_sent: "Not sent",
  quoted: "Quoted",
  quote_expired: "The quote had expired",
  quote_fee: "The fee is too high",
  quote_rate: "The exchange rate moved too far",
  quote_differs: "The quote is not what was asked for",
  attributes_required: "MassPay wants more details of the destination",
  profile_required: "MassPay lacks facts about the vendor",
  unreachable: "No connection, nothing was sent",
  unavailable: "No usable answer",
  throttled: "MassPay asked to slow down",
  off_contract: "An answer that was not agreed on",
  outcome_unknown: "No answer that proves what happened",
  duplicate_client_id: "MassPay knows our id already",
  key_mismatch: "MassPay knows the key with another request",
  unauthorized: "MassPay did not accept the credentials",
  misconfigured: "Refused because of the settings",
  insufficient_funds: "The funding wallet does not hold enough",
  documentation_required: "MassPay wants papers from the vendor",
  payee_unusable: "MassPay does not pay this vendor",
  rejected: "MassPay refused it",
}

/** Codes that the server gives as the detail of a step or of a review. */
const details = {
  ...outcomes,
  late_result: "The answer came late.",
  funding_short: "The funding wallet did not hold enough.",
  overpayment_booked:
    "Its entries had been released, so the amount is taken from what she earns next.",
  overpayment_returned: "What was taken from her for it is owed to her again.",
  key_rotated: "The next request gets a new key.",
  config_refused_repeatedly: "MassPay refused it several times in a row.",
  approval_required:
    "It needs an approval now, and nobody knows what came of an earlier request.",
  load_token_taken: "Two payouts claim the same load or spendback at MassPay.",
  client_load_id_mismatch:
    "MassPay shows another amount, currency or vendor under our id.",
  duplicate_client_id:
    "MassPay says that it knows our id, and does not show it.",
  key_mismatch:
    "MassPay says that it knows the key with another request, and does not show it.",
  unknown_too_long: "It has been unknown for too long.",
  too_many_ambiguous_attempts: "Too many requests had no clear outcome.",
  too_many_rotations: "The key was replaced too often.",
  unrecognised_status:
    "MassPay shows it, but never said what became of it in words we know.",
  payout_error:
    "MassPay ended it with an error and does not say whether the money came back. Ask MassPay.",
  partly_reversed:
    "Only a part of it came back. Book that part as an adjustment, then look it up: it is completed by that.",
  spendback_refused:
    "MassPay refused to take it back. It is carried, and not tried again.",
}

// Vendors: the list, and one of them

const needsShort = {
  account: "MassPay user",
  confirmation: "Confirmation of the user",
  papers: "Papers",
  profile: "Facts about the vendor",
  resume: "Paused",
} satisfies Record<PayeeNeed, string>

const needs = {
  account: {
    label: "No open MassPay user",
    text: "MassPay pays vendors who have a user there. Nothing is paid until there is one.",
  },
  confirmation: {
    label: "A user was found and has to be confirmed",
    text: "MassPay knows a user with these details whom this shop did not create. Somebody has to say whether it is this vendor's.",
  },
  papers: {
    label: "MassPay wants papers",
    text: "MassPay pays nothing more until it has accepted them.",
  },
  profile: {
    label: "MassPay lacks facts about the vendor",
    text: "MassPay needs them before the money can leave the wallet: {{fields}}.",
  },
  resume: {
    label: "Payouts are paused",
    text: "Nothing is collected or sent until somebody resumes them.",
  },
} satisfies Record<PayeeNeed, { label: string; text: string }>

const payeeStatuses = {
  unlinked: "No MassPay user",
  linking: "Being linked",
  active: "Active at MassPay",
  locked: "Locked at MassPay",
  deactivated: "Closed at MassPay",
} satisfies Record<PayeeStatus, string>

const kycStatuses = {
  unknown: "Nothing known",
  not_required: "None wanted",
  required: "Wanted",
  submitted: "Handed in, not decided yet",
  declined: "Declined",
  approved: "Accepted",
} satisfies Record<KycStatus, string>

const fields = {
  address1: "Address",
  address2: "Address, second line",
  city: "City",
  state_province: "State or province",
  postal_code: "Postal code",
  date_of_birth: "Date of birth",
  mobile_number: "Mobile number",
  middle_name: "Middle name",
  language: "Language (two letters)",
  // Of the shop's own record, without which nobody is linked.
  email: "E-mail address",
  first_name: "First name",
  last_name: "Last name",
  country_code: "Country",
} satisfies Record<
  | ProfileField
  | ("address2" | "middle_name" | "language")
  | ("email" | "first_name" | "last_name" | "country_code"),
  string
>

const weekdays = {
  monday: "Every Monday",
  tuesday: "Every Tuesday",
  wednesday: "Every Wednesday",
  thursday: "Every Thursday",
  friday: "Every Friday",
  saturday: "Every Saturday",
  sunday: "Every Sunday",
} satisfies Record<Weekday, string>

const providers = {
  veriff: "Veriff",
  au10tix: "AU10TIX",
} satisfies Record<KycProvider, string>

// Papers

const kycKinds = {
  identity: "Proof of identity",
  bank_document: "Bank document",
  other: "Other papers",
} satisfies Record<KycKind, string>

const clearReasons = {
  payee_active: "MassPay has unlocked the vendor",
  payment_passed: "MassPay paid the vendor again",
  session_approved: "MassPay accepted the papers",
  session_over: "The session is over",
  superseded: "A newer request took its place",
  operator: "Closed by an operator",
} satisfies Record<KycClearReason, string>

const links = {
  available: "There is a link.",
  none: "MassPay gave no link.",
  not_stored: "The link was not kept: the option encryptionKey is missing.",
  unreadable: "The link was kept with a key that is gone.",
  dropped: "The link was dropped with the request.",
} satisfies Record<KycLinkState, string>

// Approvals

const actions = {
  approve: "Approve a payout",
  reject: "Reject a payout",
  void: "Give a payout up",
  resolve: "Look a payout up",
  retry: "Send a payout again",
  settle_elsewhere: "Paid by other means",
  reverse: "Take a payout back",
  cancel: "Cancel a payout at MassPay",
  assert_not_executed: "A payout was not executed",
  adjust: "Adjustment",
  write_off: "Write-off",
  confirm_user: "Confirm the MassPay user",
  unlink: "Unlink the MassPay user",
  pause: "Pause payouts",
  resume: "Resume payouts",
  set_terms: "Terms of payment",
  pay_now: "Pay now",
  hold: "Place a hold",
  release_hold: "Release a hold",
  link: "Link to MassPay",
  redrive_webhook: "Take a message up again",
  clear_kyc_request: "Close a request for papers",
  notify_kyc_request: "Mail a request for papers",
  resend_notification: "Send a notification again",
  record_funding_movement: "Record what moved a funding wallet",
  attest_go_live: "Vouch for an item of the checklist",
  withdraw_go_live: "Withdraw an item of the checklist",
  reconcile: "Compare with MassPay",
  resolve_discrepancy: "Resolve a difference",
  choose_destination: "Choose a destination",
  give_destination_details: "Give the details of a destination",
  use_destination_again: "Use a destination again",
  add_autopayout: "Add an autopayout rule",
  delete_autopayout: "End an autopayout rule",
  acknowledge_incident: "Take notice of an alarm",
  allocate_refund: "Allocate a refund",
} satisfies Record<string, string> &
  Record<
    PayoutAction | BalanceAction | PayeeAction | Decision | "allocate_refund",
    string
  >

// Holds

const holdKinds = {
  dispute: "Dispute",
  manual: "Hold",
  reserve: "Reserve",
} satisfies Record<HoldKind, string>

// Notifications

const notificationKinds = {
  papers_needed: "Papers are needed",
  destination_changed: "Where a vendor is paid was changed",
  destination_problem: "A vendor cannot be paid where she chose",
  destination_flagged: "A vendor cannot be paid directly",
  papers_accepted: "Papers were accepted",
  payout_paid: "A payout was paid",
  payout_failed: "A payout failed",
  account_locked: "The MassPay account is locked",
  papers_wanted: "MassPay wants papers of a vendor",
  payee_locked: "A vendor is locked",
  approval_waiting: "A payout waits for approval",
  payout_parked: "A payout has to be looked at",
  payout_cancelled: "MassPay cancelled a payout",
  payout_paid_after_all: "A payout was paid after all",
  payout_adopted: "A payout was found at MassPay",
  funding_short: "A funding wallet is short",
  balance_negative: "A vendor owes",
  incident_opened: "An alarm was raised",
  incident_reminder: "An alarm is still open",
} satisfies Record<string, string> & Record<NotificationKind, string>

const notificationStates = {
  pending: "To be sent",
  sent: "Handed over",
  skipped: "Not needed any more",
  no_channel: "No way to send it",
  unclear: "Not known whether it left",
  failed: "Failed",
} satisfies Record<NotificationState, string>

// Messages

const webhookKinds = {
  payout: "Payout",
  load: "Load",
  spendback: "Spendback",
  user: "User",
  tax: "Tax",
  balance_credit: "Funding",
  unknown: "Unknown kind",
  unreadable: "Not readable",
} satisfies Record<WebhookKind, string>

const webhookStates = {
  received: "To be looked up",
  applied: "Applied",
  ignored: "Ignored",
  dead: "Needs somebody",
} satisfies Record<WebhookState, string>

const webhookReasons = {
  foreign: "It is about nobody of this shop",
  unknown_type: "A kind that this version does not know",
  unreadable: "It could not be read",
  no_object: "It names nothing to look up",
  noted: "Only kept: nothing follows from it",
  unknown_operation:
    "It carries this shop's mark, and the books do not know it",
  not_applied: "What was read could not be applied, again and again",
} satisfies Record<WebhookReason, string>

// Reconciliation

const discrepancyClasses = {
  D01: "MassPay shows an outcome that was not known here",
  D02: "MassPay provably does not have what was not known here",
  D03: "Completed here; cancelled or in process at MassPay",
  D04: "Given up here; paid by MassPay",
  D05: "Completed here; MassPay does not show it",
  D06: "MassPay has it with this shop's mark; the books do not know it",
  D07: "Paid in MassPay's own dashboard",
  D08: "Amount, currency or user differ from what was asked for",
  D09: "More than one load for one payout",
  D10: "A vendor has money of a payout that was given up",
  D11: "A funding wallet moved by more than is explained",
  D12: "A vendor's user was locked, unlocked or closed",
  D13: "A withdrawal has another status",
  D14: "A spendback or a reversal differs",
  D15: "A rule of the books does not hold",
} satisfies Record<DiscrepancyClass, string>

const discrepancyActions = {
  flagged: "Shown; nothing was changed",
  truth_applied: "What MassPay says was written down",
  may_be_sent_again: "It may be sent again under the same id",
  adopted_and_paused: "Written down, and the vendor paused",
  vendor_paused: "The vendor was paused",
  payout_frozen_and_vendor_paused:
    "The payout waits for a person, and the vendor was paused",
  netted_by_next_payouts: "Netted with the vendor's next payouts",
  vendor_read_again: "The vendor was read again",
  mirror_updated: "The new status is shown",
  dispatch_stopped: "Sending was stopped",
} satisfies Record<DiscrepancyAction, string>

// Go-live

const goLiveItems = {
  environment: "Environment",
  api_key: "API key",
  ip_address: "Server address",
  clock: "Clocks",
  funding: "Funding wallets",
  webhook_secret: "Webhook secret",
  webhook_delivery: "Webhook delivery",
  jobs: "Scheduled jobs",
  dispatch: "Sending",
  notifications: "Notifications",
  encryption_key: "Encryption key",
  payees: "Vendors",
  wallet_minimums: "Minimums, wallet",
  direct_minimums: "Minimums, direct",
  invariants: "Books",
  shared_modules: "Several instances",
  kyb: "KYB finished",
  sandbox_rehearsal: "Rehearsal",
  ip_allowlist: "Address allow-list",
  reconciliation_plan: "Reconciliation plan",
} satisfies Record<GoLiveKey, string>

const goLiveStates = {
  passed: "In order",
  failed: "Not in order",
  warning: "To be looked at",
  attest_needed: "Somebody has to vouch",
  not_applicable: "Does not apply",
} satisfies Record<GoLiveState, string>

/** Every English text of the plugin's admin, page by page. All keys stand below `masspay`. */
export const en = {
  masspay: {
    // All pages
    menu: {
      overview: "MassPay",
      payouts: "Payouts",
      preview: "Next payouts",
    },
    search: {
      overview: "MassPay overview",
      payouts: "MassPay payouts",
      preview: "MassPay: next payouts",
    },
    general: {
      removeFilter: "Remove the filter: {{name}}",
      retry: "Try again",
      showMore: "Show {{count}} more",
      showLess: "Show less",
    },
    errors: {
      title: "This could not be loaded",
      forbiddenTitle: "You may not see this",
      forbidden: "Your account has no permission for this.",
      signedOutTitle: "You are signed out",
      signedOut: "Sign in again to go on.",
      signIn: "Sign in",
      broken: "Something went wrong on the server. Try again in a moment.",
      notFoundTitle: "There is no such payout",
      notFound: "No payout has the id {{id}}.",
      offline: "The server did not answer.",
    },
    common: {
      cancel: "Cancel",
      close: "Close",
      reason: "Reason",
      reasonHint: "It is kept with your name, so that others understand it.",
      environment: {
        production: "Production",
        staging: "Staging",
        sandbox: "Sandbox",
      },
      environmentText: {
        production: "Real money moves.",
        staging: "MassPay's test system. No real money moves.",
        sandbox: "A local MassPay. No money moves.",
      },
      dialog: {
        checking: "Finding out what would happen",
        checkFailed: "This cannot be done now",
        willHappen: "What happens",
        moves: "Amount",
        second: "A second person has to confirm it.",
        refused: "Nothing was done",
        unclear: "It is not known whether it was done",
        unclearText:
          "No answer arrived. Ask again: the same request is carried out once, however often it is asked.",
        askAgain: "Ask again",
        done: "Done",
        proposed: "Proposed. A second person has to confirm it.",
      },
    },
    people: {
      system: "the plugin itself",
      vendor: "The vendor",
      by: "by {{actor}}",
      byBecause: "{{actor}}: {{reason}}",
      actions: "Actions",
      done: "Done",
      proposed: "Proposed. A second person has to confirm it.",
      willHappen: "What happens",
      span: "{{from}} to {{to}} of {{count}}",
      changeFilters: "Change the search or the filters.",
    },

    // The overview
    overview: {
      title: "Overview",
      loading: "Loading the overview",
      asOf: "As of",
      attention: {
        title: "Needs attention",
        oldest: "Oldest:",
        nothing: "Nothing needs you",
        nothingText: "All that waits goes on by itself.",
        kind: attentions,
        text: attentionTexts,
      },
      stopped: {
        title: "Nothing is sent to MassPay",
        by: "Stopped by {{actor}}.",
        bySystem: "Stopped by the plugin itself, to be safe.",
      },
      circuit: {
        title: "MassPay is not being called",
        failures:
          "Too many calls failed. One call now and then finds out when it works again.",
        auth: "MassPay does not accept this shop's credentials.",
      },
      funding: {
        title: "Funding wallets",
        subtitle: "What MassPay holds, against what is to be paid within a day",
        balance: "Balance",
        upcoming: "To be paid within a day",
        unknown: "Not known",
        notRead: "not read yet",
        read: "read",
        low: "Low",
        enough: "Enough",
        share: "{{amount}} of {{balance}} is to be paid within a day",
        nothing: "No funding wallet",
        nothingText: "It appears once something was due in a currency.",
      },
      chart: {
        title: "The last 30 days",
        currency: "Currency",
        paid: "Paid",
        due: "Became due",
        held: "Held",
        day: "Day",
        showTable: "Show as a table",
        showChart: "Show as a chart",
        label: "Paid, became due and held for each of the last 30 days",
        nothing: "Nothing yet",
        nothingText: "Nothing was paid, due or held in the last 30 days.",
      },
      runs: {
        title: "Runs",
        job: "Run",
        last: "Last",
        next: "Next",
        now: "now",
        never: "Never so far",
        notPlanned: "Not planned",
        overdue: "Overdue",
        onTime: "On time",
        name: jobs,
      },
      totals: {
        title: "Payouts by state",
        open: "{{count}} × {{status}}",
        nothing: "No payouts yet",
      },
    },

    // Alarms
    incidents: {
      menu: "Alarms",
      title: "Alarms",
      subtitle:
        "What operators were woken for, the open ones first. An alarm ends by itself when its cause is over.",
      what: "What",
      about: "About",
      aboutIt: {
        payout: "The payout",
        payouts: "These payouts",
        vendor: "The vendor",
        funding: "Funding wallets",
        webhooks: "Messages from MassPay",
        discrepancy: "Differences",
        reconciliation: "Comparisons",
        overview: "Overview",
      },
      stateLabel: "State",
      state: { open: "Open", closed: "Over" },
      kind: incidentKinds,
      since: "Since",
      seen: "last seen",
      over: "over",
      reminders_one: "{{count}} reminder",
      reminders_other: "{{count}} reminders",
      isAcknowledged: "Looked after",
      acknowledged: { true: "By somebody", false: "By nobody" },
      by: "{{actor}} looks after it: {{note}}",
      details: "Details",
      runbook: "Runbook page",
      acknowledge: "I look after it",
      acknowledgeOf: "I look after it: {{kind}}",
      acknowledgeTitle: "Look after the alarm",
      acknowledgeEffect:
        "Others see that you look after it and what you do; nobody is reminded of it any more. It ends by itself when its cause is over.",
      empty: "No alarms",
      emptyText: "Nothing has happened that somebody had to be woken for.",
      filteredEmpty: "No alarm matches",
    },

    // Payouts: the list, one of them, the next ones, and the order's widget
    payouts: {
      title: "Payouts",
      vendor: "Vendor",
      amount: "Amount",
      status: "Status",
      age: "Age",
      currency: "Currency",
      created: "Created",
      select: "Choose the payout to {{vendor}}",
      selectAll: "Choose all on this page",
      selected_one: "{{count}} chosen",
      selected_other: "{{count}} chosen",
      days: {
        today: "Today",
        week: "Last 7 days",
        month: "Last 30 days",
      },
      range: "Own span",
      from: "From",
      to: "To",
      bulk: {
        approve: "Approve",
        retry: "Send again",
        approveTitle_one: "Approve {{count}} payout",
        approveTitle_other: "Approve {{count}} payouts",
        retryTitle_one: "Send {{count}} payout again",
        retryTitle_other: "Send {{count}} payouts again",
        approveText: "What is approved is sent to MassPay with the next run.",
        retryText:
          "MassPay is asked about each one first. Only what was not executed is sent again.",
        allowed_one: "{{count}} payout",
        allowed_other: "{{count}} payouts",
        skipped_one: "{{count}} is left out",
        skipped_other: "{{count}} are left out",
        none: "None of these can be done now",
        done_one: "{{count}} payout: done",
        done_other: "{{count}} payouts: done",
        partly: "{{done}} of {{count}} done",
        partlyText: "The rest is listed with its reason.",
        waiting: "Not asked yet",
        ok: "Done",
        unclear: "Not known whether it was done",
        refused: "Not done",
        progress: "{{done}} of {{count}}",
        again: "Ask again for the rest",
      },
      ascending: { age: "Oldest first", amount: "Smallest first" },
      descending: { age: "Newest first", amount: "Largest first" },
      empty: "No payouts yet",
      emptyText:
        "A payout appears here when a vendor's money is due and the next run collects it.",
      filteredEmpty: "No payout matches",
      filteredEmptyText: "Change the search or the filters.",
    },
    payout: {
      title: "Payout",
      to: "To {{vendor}}",
      vendor: "Vendor",
      vendorId: "Vendor id",
      id: "Payout id",
      method: "Method",
      created: "Created",
      changed: "Last change",
      completed: "Completed since",
      why: "Why",
      loading: "Loading the payout",
      direct: {
        title: "Where it goes",
        destination: "Destination",
        none: "No destination is chosen for this currency",
        back: "Money came back",
        backText:
          "This destination sent money back, of this payout or of another one.",
        kind: "Kind",
        toVendor: "See the vendor's destinations",
        isReplaced: "another one is used since",
        receives: "Vendor receives",
        rate: "Rate",
        fee: "Fee",
        feePlatform: "{{amount}}, borne by the marketplace",
        feeVendor: "{{amount}}, taken from the payout",
        quoteUntil: "Quote holds until",
        noQuote: "MassPay has not quoted it yet.",
        estimated: "Arrival, as MassPay estimates it",
        remoteStatus: "MassPay says",
        remoteReason: "MassPay's reason",
        traceCode: "Trace code",
        confirmation: "Confirmation (PDF)",
        confirmationFailed: "The confirmation could not be loaded",
        status: directStatuses,
      },
      items: {
        title: "Orders covered",
        order: "Order {{number}}",
        noOrder: "Without an order",
        released: "Open again since",
        total: "Total",
        empty: "This payout covers no entries.",
      },
      operations: {
        title: "At MassPay",
        empty: "MassPay has not been asked for anything.",
        clientId: "Our id",
        remoteToken: "MassPay's id",
        remoteStatus: "MassPay's status",
        attempts: "Requests",
        attemptCount_one: "{{count}} request",
        attemptCount_other: "{{count}} requests",
        noRemoteToken: "Not known yet",
        notAsked: "None yet",
        copy: "Copy {{what}}",
      },
      timeline: {
        title: "Timeline",
        empty: "Nothing has happened yet.",
        request: "Request {{number}} to MassPay ({{kind}})",
        noAnswer: "No answer is recorded yet",
        httpStatus: "HTTP {{status}}",
        by: "Done by {{actor}}.",
      },
      raw: "Raw facts",
      rawText: "For support: every field as the plugin keeps it",
      empty: "None",
      yes: "Yes",
      no: "No",
      actions: {
        title: "What can be done",
        now: "Now",
        notNow: "Not now, and why",
        none: "Nothing has to be done, and nothing can be.",
        loading: "Finding out what can be done",
        name: actionNames,
        effect: actionEffects,
        refusal: actionRefusals,
        ask: "{{action}}: {{amount}} to {{vendor}}",
        becomes: "Becomes",
        outcome: "What happens to it",
        outcomeReady: "It is looked up and sent again",
        outcomeVoid: "It is given up; what it covered is open again",
      },
      proposal: {
        title: "Waits for a second person",
        by: "{{actor}} proposed this, because: {{reason}}",
        confirm: "Confirm",
        reject: "Reject",
        confirmText:
          "You confirm what somebody else proposed. It is done at once.",
        rejectText: "The proposal ends. Nothing is done.",
        own: "Somebody else has to confirm what you proposed.",
      },
    },
    preview: {
      page: "Next payouts",
      pageText: "What the next run would pay, and why it does not pay the rest",
      vendor: "Vendor",
      open: "Open",
      dueNow: "Due now",
      pays: "Next run pays",
      why: "Why",
      paysNothing: "Nothing",
      closes: "Only closes what cancels out",
      from: "on",
      reason: "Reason",
      currency: "Currency",
      all: "All",
      vendors_one: "{{count}} vendor",
      vendors_other: "{{count}} vendors",
      totals: "In all, by currency",
      nothing: "Nothing is open",
      nothingText: "Every earning is in a payout.",
      nothingMatches: "Nothing matches",
      nothingMatchesText: "Choose another reason or currency.",
      payNow: "Pay now",
      payNowFor: "Pay now: {{vendor}}",
      payNowText:
        "Makes payouts of what is due now, whatever the schedule. Holds, pauses and approvals apply as always.",
      ignoreMinimum: "Even if it is below the smallest payout",
      willPay: "Is paid",
      notPaid: "Is not paid",
      paidReady: "sent with the next run",
      paidPending: "waits for somebody else's approval",
      paidNetted: "only closes what cancels out",
      nothingToPay: "Nothing would be paid",
      made_one: "{{count}} payout was made",
      made_other: "{{count}} payouts were made",
      title: "Not paid yet, and why",
      summary_one: "{{count}} vendor balance is open",
      summary_other: "{{count}} vendor balances are open",
      needsAttention_one: "{{count}} needs somebody to act",
      needsAttention_other: "{{count}} need somebody to act",
      empty: "Nothing is open: every earning is in a payout.",
      loading: "Loading what is not paid yet",
      due: "{{amount}} due now",
      noneDue: "Nothing due now",
      nextDue: "More becomes due on",
    },
    order: {
      title: "Vendor payouts",
      toPayouts: "All payouts",
      loading: "Loading the vendors' shares",
      summary_one: "{{paid}} of {{count}} vendor paid",
      summary_other: "{{paid}} of {{count}} vendors paid",
      gross: "Share of the order",
      including: "with {{parts}}",
      shipping: "{{amount}} shipping",
      tax: "{{amount}} tax",
      commission: "Commission",
      platform: "Kept by the shop",
      net: "For the vendor",
      total: "For all vendors",
      payoutOf: "Payout of {{amount}}",
      openPayout: "Payout of {{amount}} to {{vendor}}",
      kycTitle: "MassPay wants papers from {{vendor}}",
      kycText:
        "Nothing more is paid to this vendor until MassPay has accepted them.",
      toVendor: "To the vendor",
      paid: "Paid",
      created: "Created",
      due: "Due on",
      notice: "Please check",
      empty: "Nothing to pay",
      emptyText: "No vendor has a share in this order.",
    },

    // What payouts, entries and answers of MassPay are called
    status: statuses,
    /** By method, where it proves more or something else. */
    statusOf: {
      wallet: statusesOfWallet,
      direct: statusesOfDirect,
      spendback: statusesOfSpendback,
    },
    blockReason: blockReasons,
    blockReasonShort: blockReasonsShort,
    notPaidReason: notPaidReasons,
    heldReason: heldReasons,
    settlementState: settlementStates,
    entryKind: entryKinds,
    operationKind: operationKinds,
    method: methods,
    proof: proofs,
    orderReason: {
      no_vendor_lines:
        "None of this order's items or shipping methods belongs to a vendor.",
      not_settled_yet:
        "The vendors' shares have not been worked out yet. That happens by itself.",
      ambiguous_marketplace:
        "It is not clear which marketplace this shop uses. The plugin's option “marketplace” must name it.",
    },
    entryReason: {
      sale: "Sale",
      return: "Items came back",
      cancel: "Order cancelled",
      edit: "Order changed",
      refund: "Refund",
      paid_after_release: "Paid after its entries had been released",
      cancelled_after_release: "That payment was cancelled after all",
    },
    notice: {
      attribution_changed:
        "A line's vendor changed after it was booked. It stays with the vendor it was booked for.",
    },
    event: events,
    outcome: outcomes,
    detail: details,

    // Vendors: the list, and one of them
    payees: {
      menu: "Vendors",
      title: "Vendors",
      vendor: "Vendor",
      status: "Status",
      missing: "Missing",
      nothingMissing: "Nothing",
      needShort: needsShort,
      open: "Open",
      inTransit: "In transit",
      paid: "Paid",
      currency: "Currency",
      ascending: { name: "A to Z", open: "Smallest first" },
      descending: { name: "Z to A", open: "Largest first" },
      empty: "No vendors yet",
      emptyText:
        "A vendor appears here once one of the vendor's orders was seen.",
      filteredEmpty: "No vendor matches",
      bulkLink: {
        start: "Link all",
        title: "Link all vendors to MassPay",
        text: "Every vendor without a MassPay user is looked up there, and created where MassPay does not know the vendor. It goes on in the background.",
        count: {
          vendors: "Vendors in all",
          linked: "Linked already",
          toLookUp: "To be looked up",
          incomplete: "Lack an e-mail address, a name or a country",
          paused: "Paused",
          unlinked: "Unlinked by an operator, and left alone",
        },
        nobody: "There is nobody to link",
        nobodyText: "Every vendor who can be linked is linked.",
        notComplete:
          "This marketplace cannot list its vendors, so only those with an order are known.",
        whoIsIncomplete: "Who lacks what",
        started: "Linking has begun",
        progress: "{{done}} of {{total}} looked up, {{linked}} linked",
        stop: "Stop",
        notCancelled: "It could not be stopped",
      },
    },
    payee: {
      title: "Vendor",
      loading: "Loading the vendor",
      notFound: "There is no such vendor",
      notFoundText: "No vendor has the id {{id}}.",
      toAll: "All vendors",
      vendorId: "Vendor id",
      user: "MassPay user",
      noUser: "None",
      email: "E-mail",
      country: "Country",
      papers: "Papers",
      notKnown: "Not known",
      fine: "Nothing is known to be missing",
      fineText: "What is due is paid with the next run.",
      pausedBecause: "{{actor}} paused them: {{reason}}",
      status: payeeStatuses,
      need: needs,
      kycStatus: kycStatuses,
      field: fields,
      schedule: {
        immediate: "As soon as something is due",
        daily: "Every day",
        weekly: weekdays,
        monthly: "Every month on day {{day}}",
      },
      actions: {
        title: "What can be done about this vendor",
        pause: "Pause payouts",
        resume: "Resume payouts",
        adjust: "Adjust the balance",
        writeOff: "Write off the debt",
        profile: "Pass facts on to MassPay",
        session: "Start an identity check",
        sync: "Read MassPay now",
        link: "Link to MassPay",
        confirmUser: "Confirm the user",
        unlink: "Unlink the user",
      },
      pause: {
        title: "Pause payouts to {{vendor}}",
        text: "For as long as something about this vendor has to be found out.",
        effect:
          "Nothing of this vendor's is collected or sent until somebody resumes it. What is on its way to MassPay already is not called back.",
      },
      resume: {
        title: "Resume payouts to {{vendor}}",
        text: "What is due is paid again.",
        effect:
          "What is due is collected with the next run, and waiting payouts are sent.",
      },
      link: {
        title: "Link {{vendor}} to MassPay",
        text: "MassPay is asked about the vendor now.",
        effect:
          "MassPay is asked whether it knows the vendor by e-mail address and name. Where it does not, the vendor gets a user there. No money moves.",
      },
      confirmUser: {
        title: "The found user is {{vendor}}'s",
        text: "Everything this vendor is ever due goes to this user. Be sure that it is the same person.",
        found: "MassPay user that was found",
      },
      unlink: {
        title: "Take the MassPay user away from {{vendor}}",
        text: "Only when nothing of this vendor's is open.",
      },
      sync: {
        done: "MassPay was read",
        failed: "MassPay was not read",
      },
      session: {
        title: "Start an identity check for {{vendor}}",
        text: "MassPay makes a link under which the vendor proves who they are. The provider charges for each check.",
        effect:
          "A new check is begun, and its link goes to your clipboard. Whoever has it can act as the vendor: give it to the vendor only.",
        confirm: "Start and copy the link",
        provider: "Provider",
        name: providers,
        begun: "The check was begun",
        copyThere:
          "The browser did not allow to copy its link. Copy it from the request for papers.",
      },
      adjust: {
        title: "Adjust the balance of {{vendor}}",
        text: "The vendor reads the amount and the reason on the statement.",
        confirm: "Book it",
        direction: "Direction",
        credit: "The vendor gets more",
        charge: "The vendor gets less",
        amount: "Amount",
        currency: "Currency",
        typeAmount: "Type how much, for example 12.50.",
        books: "Books {{amount}}",
      },
      writeOff: {
        title: "Write off what {{vendor}} owes",
        text: "All of it in one currency. The shop bears it.",
        confirm: "Write it off",
      },
      profile: {
        title: "Pass facts on to MassPay",
        text: "What you type goes to MassPay and is kept nowhere in this shop. Only what is filled in is changed.",
        send: "Send to MassPay",
        nothing: "Fill in at least one field.",
        sent: "MassPay has it",
        complete: "Nothing is missing any more.",
        stillMissing: "Still missing: {{fields}}.",
        notSent: "MassPay did not take it",
        cleared: "For safety the fields were emptied.",
      },
      balances: {
        title: "Balance",
        empty: "Nothing was earned yet",
        open: "{{amount}} open",
        owes: "Owes {{amount}}",
        due: "Due",
        held: "Held",
        in_transit: "In transit",
        paid: "Paid",
        reserved: "{{amount}} of what is due is kept as a reserve.",
        reservedUntil: "Less from",
      },
      ledger: {
        title: "Ledger",
        subtitle: "Every amount that was booked for the vendor, newest first",
        loading: "Loading the ledger",
        empty: "Nothing was booked yet",
        emptyText: "An entry appears with the first order that is settled.",
        state: {
          open: "Open",
          in_transit: "In transit",
          paid: "Paid",
          netted: "Netted",
        },
      },
      payouts: {
        title: "Payouts",
        loading: "Loading the payouts",
        all: "All",
        empty: "No payouts yet",
        emptyText: "The next run makes one when something is due.",
      },
      statement: {
        title: "Statement",
        subtitle: "Opening balance, entries, payouts and closing balance",
        currency: "Currency",
        from: "From",
        to: "To and including",
        csv: "For a spreadsheet (CSV)",
        html: "To read and print (HTML)",
        noSpan: "The first day has to lie before the last one.",
        failed: "The statement could not be made",
        empty: "There is nothing to state yet",
      },
      terms: {
        title: "Terms of payment",
        edit: "Change",
        editOf: "Terms of payment of {{vendor}}",
        editText: "What is not set here is as the shop's options say.",
        save: "Save",
        effect: "They hold from the next run on. Payouts that exist stay.",
        schedule: "Paid",
        next: "Next",
        minimum: "Smallest payout",
        noMinimum: "Any amount",
        own: "own",
        shops: "the shop's",
        asShop: "As the shop's options say",
        currency: "Currency",
        amount: "Amount",
        add: "Add a currency",
        remove: "Remove {{currency}}",
      },
      decisions: {
        title: "Decisions",
        all: "All",
        empty: "Nobody has decided anything about this vendor",
      },
    },

    // Where vendors are paid directly
    // What the server's `detail` says besides a reason, by its facts.
    reasonFacts: {
      minimum: "The smallest payout is {{amount}}.",
      maximum: "The destination takes at most {{amount}} at a time.",
      reserve: "At least {{amount}} is kept back as a reserve.",
      hold: "{{kind}}: {{reason}}",
      holdUntil: "{{kind}}, until {{until}}: {{reason}}",
      missing: "The shop's record of the vendor lacks: {{fields}}.",
    },
    autopayouts: {
      title: "Automatic payouts",
      subtitle:
        "Rules by which MassPay sends on what comes into the vendor's wallet",
      loading: "MassPay is asked for the rules",
      none: "No rule",
      noneUnlinked: "The vendor has no MassPay user, and so no wallet.",
      noneYet:
        "What comes in stays in the wallet until the vendor takes it out.",
      noneFits:
        "A rule needs a complete destination that pays in the wallet's own currency.",
      rule: "{{share}} of what comes into the {{currency}} wallet",
      to: "to {{destination}}",
      toUnknown: "MassPay does not say where to",
      add: {
        open: "Add a rule",
        title: "Pay out automatically: {{vendor}}",
        text: "MassPay sends the share on the moment money comes into the wallet, to the vendor's destination of that currency.",
        destination: "To",
        share: "Share in percent",
        left: "At most {{left}}: no other rule of the {{currency}} wallet takes it.",
        typeShare:
          "Type a share above 0, up to {{left}}, with two decimals at most.",
        effect:
          "{{share}} of what comes into the {{currency}} wallet goes to this destination from the next payment on. What was sent on cannot be taken back.",
        confirm: "Add the rule",
      },
      end: {
        open: "End",
        of: "End: {{rule}}",
        title: "End an automatic payout: {{vendor}}",
        effect:
          "What comes into the {{currency}} wallet stays there from now on.",
      },
    },
    destinations: {
      title: "How the vendor is paid",
      loading: "Loading the destinations",
      none: "No destination",
      noneUnlinked:
        "The vendor needs a MassPay user before a destination can be chosen.",
      noneDirect:
        "Money of every currency waits until a destination is chosen for it.",
      noneWallet:
        "None is needed: money goes into the vendor's wallet at MassPay.",
      earlier_one: "{{count}} earlier destination",
      earlier_other: "{{count}} earlier destinations",
      currencies: "{{from}} to {{to}}",
      replaced: "replaced",
      checked: "Last offered by MassPay",
      returnedPayout: "The payout that came back",
      fee: "Fee {{amount}}",
      noFee: "Fee not told",
      rate: "1 {{from}} is about {{rate}} {{to}}",
      between: "{{min}} to {{max}} at a time",
      from: "from {{min}} on",
      upTo: "up to {{max}} at a time",
      estimated: "MassPay's estimate of the arrival:",
      delivery: deliveries,
      status: destinationStatuses,
      problem: destinationProblems,
      method: {
        wallet: "Into the wallet at MassPay",
        direct: "Directly to a destination",
        change: "Change how",
        title: "How {{vendor}} is paid",
        text: "Into a wallet that the vendor withdraws from, or straight to a bank account, a card or a cash desk.",
        effect: {
          wallet:
            "From the next run on, money goes into the vendor's wallet at MassPay. Payouts that exist stay as they are.",
          direct:
            "From the next run on, money goes to the destination of its currency. Without one that is ready, it waits. Payouts that exist stay as they are.",
          shop: "From the next run on, the vendor is paid as the shop's options say. Payouts that exist stay as they are.",
        },
      },
      choose: {
        open: "Choose a destination",
        another: "Choose another",
        title: "Where {{vendor}} is paid",
        text: "MassPay is asked how it can pay the vendor now. There is one destination for each currency; another one takes its place.",
        currency_code: "Currency owed",
        destination_currency_code: "Currency received",
        country_code: "Country",
        incomplete:
          "Type both currencies and the country, for example USD, MXN and MX.",
        routes: "Ways to pay",
        noRoute:
          "MassPay offers no way to pay this currency into that one in this country. Often it pays in the country's own currency.",
        foundBy: {
          best: "MassPay's own choice.",
          cheapest:
            "MassPay names no best way. These are the cheapest of each kind.",
          all: "MassPay names no best way. These are all it has.",
        },
        feesFor: "Fees are for the {{amount}} that are due now.",
        first: "Recommended",
        fits: {
          below_minimum: "What is due is too little",
          above_maximum: "What is due is too much",
        },
        confirm: "Choose on these terms",
        done: "Destination chosen",
      },
      details: {
        give: "Enter the details",
        change: "Change the details",
        title: "{{name}}: {{kind}}",
        text: "This is what MassPay asks for. The answers go straight on to MassPay, and the shop keeps none of them. To change one, all are entered again.",
        loading: "Asking MassPay what it wants to know",
        optional: "optional",
        select: "Select",
        hasValue: "MassPay has an answer",
        label: "Name of this destination (optional)",
        labelHint:
          "It is kept in the shop, to tell accounts apart. Nothing of the account may be in it.",
        byLink: "More by a link",
        byLinkText:
          "MassPay collects this from the vendor through a link: {{what}}. Once the details are there, it is a request for papers.",
        send: "Send to MassPay",
        notSent: "The details are not confirmed",
        cleared: "The answers were cleared. Enter them again.",
        done: "MassPay has the details",
        problem: {
          required: "MassPay needs this.",
          option: "Choose one of the list.",
          pattern: "MassPay expects another form of “{{field}}”.",
          day: "Choose a day.",
        },
      },
      again: {
        open: "Use it again",
        title: "Use {{name}} again",
        text: "Money that was paid to it came back. Say why it is right after all.",
        effect: "From the next run on, money goes there again.",
      },
    },

    // Papers
    kyc: {
      menu: "Papers",
      title: "Papers that MassPay wants",
      loading: "Loading the requests for papers",
      none: "No papers are wanted",
      noneText: "A request appears here when MassPay asks for papers.",
      filteredEmpty: "No request matches",
      asked: "What is asked for",
      kind: kycKinds,
      stateLabel: "State",
      state: { open: "Open", cleared: "Closed" },
      link: links,
      clearReason: clearReasons,
      age: "Age",
      since: "Asked for",
      mailed: "mailed",
      blocks: "MassPay pays nothing until it has these papers",
      blocksShort: "Keeps payouts back",
      wanted: "MassPay wants papers",
      copy: "Copy link",
      copyOf: "Copy link for {{vendor}}",
      copied: "The link is on your clipboard",
      copiedText:
        "Give it to {{vendor}} only: whoever has it can act as this vendor. That you have seen it is recorded.",
      notCopied: "The link was not copied",
      clipboardRefused:
        "The browser does not allow to copy here. Open the admin by https, or send the vendor a mail instead.",
      resend: "Mail again",
      resendTo: "Mail again to {{vendor}}",
      resendText: "The vendor gets the link by mail.",
      resendEffect:
        "The vendor is mailed what MassPay wants, with the link, if it is still wanted then.",
      close: "Close",
      closeOf: "Close the request to {{vendor}}",
      closeText: "For what was settled otherwise.",
      closeEffect:
        "The link is dropped. Payouts that waited for it are looked up and go on. A vendor whom MassPay calls locked is still sent nothing.",
    },

    // Approvals
    requests: {
      menu: "Approvals",
      title: "Approvals and decisions",
      what: "What",
      who: "Asked by",
      stateLabel: "State",
      age: "Age",
      action: actions,
      state: {
        proposed: "Waits for a second person",
        done: "Done",
        rejected: "Rejected",
      },
      confirm: "Confirm",
      reject: "Reject",
      withdraw: "Withdraw",
      own: "Yours",
      ownText: "Somebody else has to confirm what you proposed.",
      proposedBecause: "Proposed because: {{reason}}",
      empty: "Nobody has decided anything yet",
      emptyText: "What operators do stands here with its reason.",
      filteredEmpty: "Nothing matches",
    },

    // Refunds to allocate
    refunds: {
      menu: "Refunds to allocate",
      title: "Refunds to allocate",
      order: "Order",
      toOrder: "Open the order",
      unallocated: "To allocate",
      ofRefund: "of {{amount}} refunded",
      suggestion: "Suggested",
      platform: "The shop",
      age: "Refunded",
      allocate: "Allocate",
      allocateTitle: "Whose are {{amount}}?",
      allocateText:
        "The customer got this back, and nobody said for which goods. The suggestion goes by what each has left of the order.",
      most: "at most {{amount}}",
      changes: "What changes",
      noChanges: "No vendor's balance changes.",
      doesNotAddUp: "It does not add up yet",
      notAnAmount: "One of the fields is not an amount.",
      tooMuch: "{{amount}} too much.",
      tooLittle: "{{amount}} are missing.",
      empty: "Nothing to allocate",
      emptyText: "It is known of every refund which vendor bears it.",
      filteredEmpty: "No refund matches",
    },

    // Holds
    holds: {
      menu: "Holds",
      title: "Holds",
      what: "What is held, and why",
      allOfOrder: "All vendors of the order",
      kindLabel: "Kind",
      kind: holdKinds,
      stateLabel: "State",
      state: { open: "Stands", over: "Over" },
      placed: "Placed",
      share_one: "{{percent}} % of each new earning, for {{count}} day",
      share_other: "{{percent}} % of each new earning, for {{count}} days",
      anOrder: "of an order",
      until: "until",
      untilReleased: "until somebody releases it",
      release: "Release",
      releaseTitle: "Release the hold",
      releaseText: "Before its time.",
      releaseEffect: "What it kept back goes on with the next run.",
      place: "Place a hold",
      placeTitle: "Keep money back",
      placeText: "Until it is released, or until its last day is over.",
      placeEffect:
        "Nothing of this vendor's is collected meanwhile, and waiting payouts are not sent. What is on its way to MassPay is not called back.",
      reserveEffect:
        "At least this much of what is due stays here. Payouts that exist are sent.",
      lastDay: "Last day (empty: until released)",
      noneOfVendor: "No hold on this vendor",
      noneOfVendorText: "Holds on whole orders stand in the list of all holds.",
      all: "All holds",
      empty: "No holds yet",
      emptyText: "A hold keeps money back until something is found out.",
      filteredEmpty: "No hold matches",
    },

    // Notifications
    notifications: {
      menu: "Notifications",
      title: "Notifications",
      what: "What was told",
      to: "To",
      toBy: "{{audience}}, {{way}}",
      stateLabel: "State",
      age: "Age",
      kind: notificationKinds,
      audience: {
        vendor: "Vendor",
        operators: "Operators",
      } satisfies Record<NotificationAudience, string>,
      way: { feed: "in the admin", mail: "by mail" } satisfies Record<
        NotificationWay,
        string
      >,
      state: notificationStates,
      detail: {
        over: "It is not so any more",
        not_applicable: "There was nothing to tell",
        mails_off: "Mails are switched off",
        no_address: "There is no address",
        not_delivered: "The mail provider did not take it",
        earlier_try_unknown: "An earlier try may have left",
      },
      resend: "Send again",
      resendTitle: "Send it again",
      resendEffect:
        "It is sent once more by every way it is told, if what it tells is still so.",
      empty: "Nobody was told anything yet",
      emptyText: "The words and addresses of messages are kept nowhere.",
      filteredEmpty: "No notification matches",
    },

    // Messages
    webhooks: {
      menu: "Messages",
      title: "Messages from MassPay",
      what: "Kind",
      about: "About",
      stateLabel: "State",
      truth: "MassPay says",
      age: "Received",
      kind: webhookKinds,
      state: webhookStates,
      reason: webhookReasons,
      redrive: "Take up again",
      redriveTitle: "Take the message up again",
      redriveText: "What it claims is never applied.",
      redriveEffect:
        "What it names is looked up at MassPay once more, as if it had just come.",
      empty: "No messages yet",
      emptyText: "Signed messages from MassPay are kept here.",
      filteredEmpty: "No message matches",
    },

    // Reconciliation
    reconciliation: {
      menu: "Reconciliation",
      title: "Differences between the books and MassPay",
      what: "What",
      stateLabel: "State",
      severityLabel: "Severity",
      classLabel: "Class",
      about: "About",
      payout: "Payout",
      sides: "Both sides",
      compare: "Compare",
      ours: "The books",
      theirs: "MassPay",
      nothingThere: "Nothing",
      since: "Since",
      class: discrepancyClasses,
      action: discrepancyActions,
      severity: {
        info: "For information",
        warn: "To be watched",
        high: "High",
        critical: "Critical",
      },
      state: { open: "Open", resolved: "Resolved", healed: "Healed" },
      empty: "No differences",
      emptyText: "The books and MassPay agree in all that was compared.",
      filteredEmpty: "No difference matches",
      resolve: "Resolve",
      resolveTitle: "Put the difference at rest",
      resolveEffect:
        "It is kept who looked and why it may rest. It moves no money and resumes nobody.",
      runs: "Comparisons",
      runsText: "The latest, whether they began by themselves or were started",
      loading: "Loading the comparisons",
      noRuns: "Nothing was compared yet",
      noRunsText: "The first comparison begins by itself.",
      kind: {
        sweep: "Latest days",
        sweep_long: "Latest five weeks",
        deep: "Vendor by vendor",
        manual: "Days that somebody named",
      },
      status: {
        running: "Under way",
        complete: "Complete",
        incomplete: "Incomplete",
        failed: "Failed",
      },
      days: "{{from}} to {{to}}",
      read: "{{rows}} transactions and {{payees}} vendors read",
      found: "Differences: {{found}}, healed: {{healed}}",
      unread_one: "{{count}} vendor could not be read",
      unread_other: "{{count}} vendors could not be read",
      file: {
        discrepancies: "Differences (CSV)",
        transactions: "Transactions (CSV)",
      },
      noFile: "The file could not be made",
      start: "Compare now",
      startTitle: "Compare the books with MassPay",
      startText: "For days that you name, whole and in UTC.",
      startEffect:
        "MassPay's history of these days is read, and everything of each vendor who was paid since. What is provably so is written down; nothing is sent.",
      started: "It begins within a minute",
    },

    // Go-live
    goLive: {
      menu: "Go-live",
      title: "Before the shop pays for real",
      subtitle: "Looked at anew each time",
      checked: "Looked at",
      loading: "Looking at everything; MassPay is asked, too",
      again: "Look again",
      ready: "Ready",
      readyText: "Nothing failed, and somebody vouches for the rest.",
      notReady: "Not ready yet",
      notReadyText:
        "{{failed}} not in order, {{attest}} for somebody to vouch for.",
      item: goLiveItems,
      state: goLiveStates,
      fix: "To do:",
      attest: "Vouch for it",
      attestTitle: "Vouch for: {{title}}",
      attestEffect:
        "It is kept with your name and with how you know. It moves no money and switches nothing on.",
      renew: "Vouch again",
      withdraw: "Withdraw",
      withdrawTitle: "Withdraw: {{title}}",
      withdrawEffect:
        "The item waits for somebody again. What was said is kept.",
      history_one: "{{count}} statement",
      history_other: "{{count}} statements",
      did: {
        attested: "{{actor}} vouched for it",
        withdrawn: "{{actor}} withdrew it",
      },
    },

    // Settings
    settings: {
      menu: "Settings",
      title: "Settings",
      subtitle:
        "The plugin's options as they hold. They are changed in the shop's configuration.",
      loading: "Loading the settings",
      set: "Set",
      notSet: "Not set",
      changed: "Changed",
      none: "None",
      yes: "Yes",
      no: "No",
      group: {
        connection: "Connection to MassPay",
        webhooks: "Messages from MassPay",
        marketplace: "Marketplace",
        settlement: "What vendors are due",
        payouts: "Payouts",
        direct: "Direct payouts",
        clawback: "Getting money back",
        funding: "Funding wallets",
        vendors: "Vendor API",
        notifications: "Notifications",
        limits: "Limits",
        jobs: "Jobs",
        retention: "Retention",
      },
    },
  },
}
