import type { ActionRefusal, PayoutAction } from "../../domain/actions"
import type {
  OverviewAttentionKind,
  OverviewJobName,
} from "../../domain/overview"
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
    "MassPay is asked to take the whole amount back out of the vendor's wallet. If it is spent already, nothing changes.",
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
  option_off: "Taking payouts back is switched off (payouts.allowReversal).",
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
  "masspay-reconcile": "Compare with MassPay",
} satisfies Record<OverviewJobName, string>

/** A text for one and one for several of each, but for those that are no number of things. */
type Plural<Code extends string, Single extends Code = never> = Record<
  Single | `${Exclude<Code, Single>}_${"one" | "other"}`,
  string
>

/** Every English text of the plugin's admin. All keys stand below `masspay`. */
export const en = {
  masspay: {
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
