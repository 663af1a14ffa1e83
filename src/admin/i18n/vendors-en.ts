import type { Weekday } from "../../domain/collect-schedule"
import type { Decision } from "../../domain/decisions"
import type { GoLiveKey, GoLiveState } from "../../domain/go-live"
import type { HoldKind } from "../../domain/holds"
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
import type { PayeeAction } from "../../domain/payee-action"
import type { PayeeNeed } from "../../domain/payee-needs"
import type { PayeeStatus } from "../../domain/payout-status"
import type { ProfileField } from "../../domain/profile"
import type {
  WebhookKind,
  WebhookReason,
  WebhookState,
} from "../../domain/webhooks"
import type { PayoutAction } from "../../types/http"
import type { KycLinkState } from "../../types/http-kyc"
import type { NotificationState } from "../../types/http-notifications"
import type { BalanceAction } from "../../types/http-statements"

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

const statuses = {
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
} satisfies Record<
  ProfileField | "address2" | "middle_name" | "language",
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
  acknowledge_incident: "Take notice of an alarm",
  allocate_refund: "Allocate a refund",
} satisfies Record<string, string> &
  Record<
    PayoutAction | BalanceAction | PayeeAction | Decision | "allocate_refund",
    string
  >

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

const providers = {
  veriff: "Veriff",
  au10tix: "AU10TIX",
} satisfies Record<KycProvider, string>

const notificationKinds = {
  papers_needed: "Papers are needed",
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

const holdKinds = {
  dispute: "Dispute",
  manual: "Hold",
  reserve: "Reserve",
} satisfies Record<HoldKind, string>

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

/** English texts about vendors, approvals and what surrounds them; below `masspay`. */
export const vendorsEn = {
  people: {
    system: "the plugin itself",
    by: "by {{actor}}",
    byBecause: "{{actor}}: {{reason}}",
    actions: "Actions",
    done: "Done",
    proposed: "Proposed. A second person has to confirm it.",
    willHappen: "What happens",
    span: "{{from}} to {{to}} of {{count}}",
    changeFilters: "Change the search or the filters.",
  },
  payees: {
    menu: "Vendors",
    title: "Vendors",
    vendor: "Vendor",
    status: "Status",
    missing: "Missing",
    nothingMissing: "Nothing known",
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
    status: statuses,
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
    copyOf: "Copy the link for {{vendor}}",
    copied: "The link is on your clipboard",
    copiedText:
      "Give it to {{vendor}} only: whoever has it can act as this vendor. That you have seen it is recorded.",
    notCopied: "The link was not copied",
    clipboardRefused:
      "The browser does not allow to copy here. Open the admin by https, or send the vendor a mail instead.",
    resend: "Mail again",
    resendTo: "Mail {{vendor}} again",
    resendText: "The vendor gets the link by mail.",
    resendEffect:
      "The vendor is mailed what MassPay wants, with the link, if it is still wanted then.",
    close: "Close",
    closeOf: "Close the request to {{vendor}}",
    closeText: "For what was settled otherwise.",
    closeEffect:
      "The link is dropped. Payouts that waited for it are looked up and go on. A vendor whom MassPay calls locked is still sent nothing.",
  },
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
  webhooks: {
    menu: "Messages from MassPay",
    title: "Messages from MassPay",
    what: "Kind",
    about: "About",
    stateLabel: "State",
    truth: "What MassPay said when asked",
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
      clawback: "Getting money back",
      funding: "Funding wallets",
      vendors: "Vendor API",
      notifications: "Notifications",
      limits: "Limits",
      jobs: "Jobs",
      retention: "Retention",
    },
  },
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
    withdrawEffect: "The item waits for somebody again. What was said is kept.",
    history_one: "{{count}} statement",
    history_other: "{{count}} statements",
    did: {
      attested: "{{actor}} vouched for it",
      withdrawn: "{{actor}} withdrew it",
    },
  },
}
