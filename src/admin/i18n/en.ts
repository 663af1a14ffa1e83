import type {
  BlockReason,
  EntryKind,
  OperationKind,
  PayoutEvent,
  PayoutMethod,
  PayoutStatus,
} from "../../domain/payout-status"
import type {
  AdminOrderSettlement,
  AdminPayoutOperation,
  HeldReason,
  NotPaidReason,
} from "../../types/http"

/** What a status is called, and what it does and does not prove. */
type StatusText = { label: string; meaning: string }

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
      "MassPay has accepted it. That it has reached the vendor's wallet is not confirmed yet.",
  },
  completed: {
    label: "In the vendor's wallet",
    meaning: "MassPay confirms that the money is in the vendor's wallet.",
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
  negative: "The vendor owes more than is owed to the vendor",
  paused: "Payouts to this vendor are paused",
  not_linked: "The vendor has no MassPay user yet",
  kyc: "MassPay wants papers from the vendor",
  deactivated: "The vendor's MassPay user is deactivated",
  no_funding_wallet: "No funding wallet in this currency",
  hold: "On hold",
  being_read: "Her loads at MassPay are being read in full first",
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
  not_sent: "It was not sent. It is tried again.",
  throttled: "MassPay asked to slow down. It is tried again later.",
  refused: "MassPay refused it. Nothing was executed.",
  accepted: "MassPay accepted it.",
  completed: "MassPay answered that the money is in the vendor's wallet.",
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
  spendback_refused:
    "MassPay refused to take it back. It is carried, and not tried again.",
}

/** Every English text of the plugin's admin. All keys stand below `masspay`. */
export const en = {
  masspay: {
    menu: { payouts: "Payouts" },
    general: {
      retry: "Try again",
      showMore: "Show {{count}} more",
      showLess: "Show less",
    },
    errors: {
      title: "This could not be loaded",
      forbiddenTitle: "You may not see this",
      forbidden: "Your account has no permission to see payouts.",
      signedOutTitle: "You are signed out",
      signedOut: "Sign in again to see payouts.",
      notFoundTitle: "There is no such payout",
      notFound: "No payout has the id {{id}}.",
      offline: "The server did not answer.",
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
      paid: "Paid",
      created: "Created",
      due: "Due on",
      notice: "Please check",
      empty: "Nothing to pay",
      emptyText: "No vendor has a share in this order.",
    },
    payouts: {
      title: "Payouts",
      vendor: "Vendor",
      amount: "Amount",
      status: "Status",
      age: "Age",
      ascending: { age: "Oldest first", amount: "Smallest first" },
      descending: { age: "Newest first", amount: "Largest first" },
      empty: "No payouts yet",
      emptyText:
        "A payout appears here when a vendor's money is due and the next run collects it.",
      filteredEmpty: "No payout matches",
      filteredEmptyText: "Change the search or the filters.",
    },
    preview: {
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
    payout: {
      title: "Payout",
      to: "To {{vendor}}",
      vendor: "Vendor",
      vendorId: "Vendor id",
      id: "Payout id",
      method: "Method",
      created: "Created",
      changed: "Last change",
      completed: "In the wallet since",
      why: "Why",
      loading: "Loading the payout",
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
    },
    status: statuses,
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
  },
}
