/**
 * Every event that this plugin logs, by its stable name, with the fields it may
 * carry. `docs/logs.md` says the same in words; a spec compares the two, and both
 * with the code. A name is never given another meaning: what changes gets a new one.
 *
 * Fields are ids, counts, states and codes. Never an amount beside a name, a name,
 * an e-mail address, a link, a key or a body.
 */
type Described = {
  /** The loudest way in which it is said. */
  level: "info" | "warn" | "error"
  fields: readonly string[]
  says: string
}

const FAILURE = ["error", "code"] as const
const GATEWAY = ["code", "http_status", "error"] as const
const PAYOUT = ["payout_id", "vendor_id"] as const
const MOVE = [...PAYOUT, "from", "to", "reason"] as const
const ATTEMPT = [
  ...PAYOUT,
  "attempt_no",
  "outcome",
  "http_status",
  "status",
  "block_reason",
  "is_late",
] as const

export const LOG_EVENTS = {
  // payouts
  "payout.created": {
    level: "info",
    fields: [...PAYOUT, "status", "method", "source"],
    says: "Open entries became a payout",
  },
  "payout.not_created": {
    level: "error",
    fields: ["vendor_id", ...FAILURE],
    says: "A vendor's money could not be collected; it is tried again",
  },
  "payout.result": {
    level: "warn",
    fields: ATTEMPT,
    says: "What came of one attempt: sent, unknown, blocked or given back, as `status` says",
  },
  "payout.refused": {
    level: "error",
    fields: ATTEMPT,
    says: "MassPay does not accept the key; nothing more is sent",
  },
  "payout.parked": {
    level: "error",
    fields: [...ATTEMPT, "from", "to", "reason"],
    says: "For a person; code never resumes it",
  },
  "payout.contradicted": {
    level: "error",
    fields: ATTEMPT,
    says: "An attempt that was taken for not executed was executed",
  },
  "payout.resolved": {
    level: "info",
    fields: MOVE,
    says: "A look-up moved it",
  },
  "payout.flipped": {
    level: "warn",
    fields: MOVE,
    says: "MassPay changed its word about an ended payout",
  },
  "payout.flip_unclear": {
    level: "error",
    fields: [...PAYOUT, "reason"],
    says: "What MassPay says now fits no move; a person has to look",
  },
  "payout.key_rotated": {
    level: "warn",
    fields: MOVE,
    says: "It is proven not executed, and goes on with a new key",
  },
  "payout.adopted": {
    level: "error",
    fields: PAYOUT,
    says: "MassPay has a load with our tag that the books did not know",
  },
  "payout.lease_expired": {
    level: "warn",
    fields: PAYOUT,
    says: "Its sender vanished; it is unknown and looked up",
  },
  "payout.unfunded": {
    level: "warn",
    fields: [...PAYOUT, "source_token", "currency_code"],
    says: "Its funding wallet is short",
  },
  "payout.approval_required": {
    level: "warn",
    fields: PAYOUT,
    says: "It waits for an approval that it now needs",
  },
  "payout.no_destination": {
    level: "warn",
    fields: PAYOUT,
    says: "It has no complete destination that takes its amount",
  },
  "payout.unrecorded": {
    level: "error",
    fields: [...PAYOUT, "attempt_no", ...FAILURE],
    says: "What came of it could not be written; it is looked up",
  },
  "payout.action": {
    level: "info",
    fields: ["action", "payout_id", "actor", "state"],
    says: "An operator acted on it",
  },
  "take_back.result": {
    level: "warn",
    fields: [...PAYOUT, "attempt_no", "kind", "outcome", "result"],
    says: "MassPay was asked to take a payout back",
  },
  "take_back.unrecorded": {
    level: "error",
    fields: [...PAYOUT, "attempt_no", "kind", ...FAILURE],
    says: "What came of that could not be written; it is looked up",
  },
  "clawback.step": {
    level: "info",
    fields: ["vendor_id", "currency_code", "step", "payout_id"],
    says: "How what a vendor has too much of comes back",
  },
  "clawback.failed": {
    level: "error",
    fields: ["vendor_id", "currency_code", ...FAILURE],
    says: "It could not be decided; it is tried again",
  },
  "clawback.unreadable": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not say what can be taken back",
  },
  // sending as a whole
  "dispatch.stopped": {
    level: "error",
    fields: ["reason", "actor", "invariant"],
    says: "Sending is stopped; said every minute",
  },
  "dispatch.resumed": {
    level: "warn",
    fields: ["actor", "invariant"],
    says: "An operator let it go on",
  },
  "dispatch.key_accepted": {
    level: "warn",
    fields: [],
    says: "MassPay accepts the key again",
  },
  "circuit.state": {
    level: "error",
    fields: ["state", "reason"],
    says: "Nothing is sent while it is `open`",
  },
  "circuit.probe_failed": {
    level: "warn",
    fields: ["result"],
    says: "MassPay does not work yet",
  },
  "circuit.unrecorded": {
    level: "error",
    fields: FAILURE,
    says: "The circuit could not be read or written",
  },
  "rate.changed": {
    level: "warn",
    fields: ["reason", "from", "to", "pause_ms"],
    says: "Requests per second that all processes may send",
  },
  "traffic.unrecorded": {
    level: "warn",
    fields: ["lane", "result", ...FAILURE],
    says: "An answer was not counted",
  },
  "funding.unreadable": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not say what the funding wallets hold",
  },
  "funding.undecided": {
    level: "warn",
    fields: ["currency_code"],
    says: "No wallet, or several, in a currency",
  },
  "funding.unread": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not say how the funding wallets moved",
  },
  "funding.unexplained": {
    level: "error",
    fields: ["currency_code", "discrepancy_id"],
    says: "A funding wallet moved by more than is known of",
  },
  // looking up
  "resolve.unreadable": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not list a user's loads",
  },
  "resolve.unrecorded": {
    level: "error",
    fields: [...PAYOUT, ...FAILURE],
    says: "What a look-up means could not be written",
  },
  "resolve.failed": {
    level: "error",
    fields: ["payouts", ...FAILURE],
    says: "A look-up broke; it is done again",
  },
  // reconciliation
  "recon.run": {
    level: "info",
    fields: ["run_id", "kind", "status", "problem", "found", "healed"],
    says: "A comparison with MassPay read everything",
  },
  "recon.incomplete": {
    level: "warn",
    fields: ["run_id", "kind", "status", "problem", "found", "healed"],
    says: "A comparison could not read everything; nothing is concluded from what it did not see",
  },
  "recon.unanswered": {
    level: "warn",
    fields: ["run_id", "problem", "tries"],
    says: "MassPay did not answer a comparison, which goes on by itself",
  },
  "recon.failed": {
    level: "error",
    fields: ["run_id", "error", "code"],
    says: "A comparison broke; another is begun",
  },
  "recon.discrepancy": {
    level: "warn",
    fields: ["class", "payee_id"],
    says: "The books and MassPay differ, and a person has to look",
  },
  "recon.healed": {
    level: "info",
    fields: ["class", "payee_id"],
    says: "The books and MassPay differed; what is proven was applied",
  },
  // webhooks
  "webhook.received": {
    level: "warn",
    fields: [],
    says: "How many deliveries came to each verdict; the verdicts are the fields. At most one line in ten seconds",
  },
  "webhook.not_stored": {
    level: "error",
    fields: FAILURE,
    says: "A genuine message was answered with 503",
  },
  "webhook.not_nudged": {
    level: "warn",
    fields: FAILURE,
    says: "The job looks into it instead",
  },
  "webhook.sorted": {
    level: "info",
    fields: ["reason", "count"],
    says: "Messages that lead to nothing, by reason",
  },
  "webhook.differs": {
    level: "warn",
    fields: ["webhook_id", "said", "truth"],
    says: "MassPay says something else than its message did",
  },
  "webhook.unanswered": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not answer; it is asked again",
  },
  "webhook.not_applied": {
    level: "error",
    fields: [...GATEWAY, "key", "object"],
    says: "An answer could not be applied",
  },
  "webhook.unknown_operation": {
    level: "error",
    fields: ["webhook_id"],
    says: "A message names a load with our tag that the books do not know",
  },
  "webhook.dead": {
    level: "error",
    fields: ["count"],
    says: "Given up after eight tries",
  },
  "webhook.failed": {
    level: "error",
    fields: FAILURE,
    says: "Looking into it broke; it is done again",
  },
  "webhook.purged": {
    level: "info",
    fields: ["purged"],
    says: "Old messages were forgotten",
  },
  "webhook.redriven": {
    level: "info",
    fields: ["webhook_id", "actor"],
    says: "An operator took one up again",
  },
  // vendors
  "payee.link_asked": {
    level: "info",
    fields: ["payee_id", "actor", "request_id"],
    says: "Somebody asked for her to be linked",
  },
  "payee.not_linked": {
    level: "warn",
    fields: ["payee_id", "vendor_id", "reason"],
    says: "She has no MassPay user yet, and why",
  },
  "payee.link_result": {
    level: "warn",
    fields: ["payee_id", "vendor_id", "result", "reason", ...GATEWAY],
    says: "What came of linking her",
  },
  "payee.user_confirmed": {
    level: "warn",
    fields: ["payee_id", "vendor_id", "actor"],
    says: "An operator confirmed whose MassPay user it is",
  },
  "payee.contact_unreadable": {
    level: "warn",
    fields: ["vendor_id", ...FAILURE, "detail"],
    says: "The shop's record of her could not be read",
  },
  "payee.read": {
    level: "info",
    fields: ["payee_id", "status", "cleared"],
    says: "Her status changed, or her papers were accepted",
  },
  "payee.unreadable": {
    level: "warn",
    fields: ["payee_id", ...GATEWAY],
    says: "MassPay did not say how she is",
  },
  "payee.unrecorded": {
    level: "error",
    fields: ["payee_id", "vendor_id", ...FAILURE],
    says: "What is known of her could not be written",
  },
  "payee.list_incomplete": {
    level: "warn",
    fields: ["payee_id"],
    says: "Her loads could not be read to the end",
  },
  "payee.profile_changed": {
    level: "info",
    fields: ["payee_id", "actor"],
    says: "Her profile was passed on to MassPay",
  },
  "payee.profile_not_changed": {
    level: "warn",
    fields: ["payee_id", "code"],
    says: "MassPay refused the change",
  },
  "payee.action": {
    level: "info",
    fields: ["action", "payee_id", "actor", "state"],
    says: "An operator acted on whose user she is",
  },
  "payee.decision": {
    level: "info",
    fields: ["decision", "payee_id", "actor"],
    says: "An operator paused her, let her go on or set her terms",
  },
  "bulk_link.started": {
    level: "info",
    fields: ["bulk_link_id", "actor"],
    says: "All vendors are being linked",
  },
  "bulk_link.finished": {
    level: "info",
    fields: ["bulk_link_id"],
    says: "All vendors were asked for",
  },
  "bulk_link.cancelled": {
    level: "info",
    fields: ["actor"],
    says: "An operator ended it",
  },
  "bulk_link.not_listed": {
    level: "error",
    fields: ["bulk_link_id", ...FAILURE, "detail"],
    says: "The shop's vendors could not be listed",
  },
  "bulk_link.failed": {
    level: "error",
    fields: [...FAILURE, "detail"],
    says: "It broke; the job goes on with it",
  },
  "kyc.links_not_kept": {
    level: "warn",
    fields: ["missing_option"],
    says: "Without a key, upload links are not kept",
  },
  "kyc.link_shown": {
    level: "info",
    fields: ["kyc_request_id", "actor"],
    says: "Somebody was shown an upload link",
  },
  "kyc.session_started": {
    level: "info",
    fields: ["payee_id", "provider", "source"],
    says: "MassPay made an identity session",
  },
  "kyc.session_failed": {
    level: "warn",
    fields: ["payee_id", ...GATEWAY],
    says: "MassPay made none",
  },
  "kyc.sessions_unreadable": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay did not list her sessions",
  },
  "kyc.cleared": {
    level: "info",
    fields: ["kyc_request_id", "actor"],
    says: "A request for papers was closed by an operator",
  },
  "destination.changed": {
    level: "info",
    fields: ["destination_id", "payee_id", "actor"],
    says: "Where a vendor is paid directly was chosen or changed",
  },
  "destination.used_again": {
    level: "info",
    fields: ["destination_id", "payee_id", "actor"],
    says: "An operator lets money go where it came back from",
  },
  "destination.details_not_kept": {
    level: "warn",
    fields: ["payee_id", "code"],
    says: "MassPay did not take the details of a destination",
  },
  "destination.checked": {
    level: "warn",
    fields: ["destination_id", "result"],
    says: "A route has other limits now, came back, or is gone",
  },
  "destination.unread": {
    level: "warn",
    fields: ["destination_id", ...GATEWAY],
    says: "MassPay did not say whether it still offers a route",
  },
  "destination.unrecorded": {
    level: "error",
    fields: ["destination_id", ...FAILURE],
    says: "What is known of a route could not be written",
  },
  "destinations.not_checked": {
    level: "error",
    fields: FAILURE,
    says: "Routes could not be looked at; it is done again",
  },
  "autopayout.changed": {
    level: "info",
    fields: ["payee_id", "decision", "actor"],
    says: "A rule on a vendor's wallet was made or ended",
  },
  "payout.confirmation_read": {
    level: "info",
    fields: ["payout_id", "actor_type", "actor_id"],
    says: "Somebody downloaded MassPay's confirmation of a payout",
  },
  "payout.pickup_code_shown": {
    level: "info",
    fields: ["payout_id", "actor_type", "actor_id"],
    says: "A vendor was shown the code for the cash desk",
  },
  "masspay.not_answered": {
    level: "warn",
    fields: GATEWAY,
    says: "MassPay gave no link to whoever waits for one",
  },
  // what is due
  "order.not_settled": {
    level: "warn",
    fields: ["topic", "order_id", ...FAILURE, "detail"],
    says: "An order could not be settled; the sweep comes back to it",
  },
  "orders.not_settled_together": {
    level: "warn",
    fields: ["orders", ...FAILURE, "detail"],
    says: "They are settled one by one",
  },
  "refund.allocation": {
    level: "info",
    fields: ["refund_id", "order_id", "actor", "state"],
    says: "An operator said whose a refund is",
  },
  "hold.placed": {
    level: "info",
    fields: ["hold_id", "kind", "actor"],
    says: "Money is kept back",
  },
  "hold.released": {
    level: "info",
    fields: ["hold_id", "actor"],
    says: "It is kept back no more",
  },
  "balance.action": {
    level: "info",
    fields: ["action", "payee_id", "actor", "state"],
    says: "An operator adjusted a balance, or wrote one off",
  },
  "balance.negative_aged": {
    level: "warn",
    fields: ["vendor_id", "balance", "currency_code", "since"],
    says: "A vendor has owed for too long",
  },
  // the books
  "ledger.invariant": {
    level: "error",
    fields: ["invariant", "found"],
    says: "The books do not add up",
  },
  "wallets.unread": {
    level: "warn",
    fields: ["payee_id", ...GATEWAY],
    says: "MassPay did not say what is in a vendor's wallets",
  },
  "account_statement.read": {
    level: "info",
    fields: ["actor_type", "actor_id", "from", "to"],
    says: "Somebody downloaded MassPay's statement of the account",
  },
  "incident.opened": {
    level: "error",
    fields: ["incident_id", "cause_key"],
    says: "An alarm: operators are told once, then reminded",
  },
  "incident.acknowledged": {
    level: "info",
    fields: ["incident_id", "actor"],
    says: "An operator looks after it; nobody is reminded any more",
  },
  "incident.closed": {
    level: "info",
    fields: ["count"],
    says: "What alarms were about is seen no more",
  },
  "incident.purged": {
    level: "info",
    fields: ["purged"],
    says: "Alarms that ended long ago were forgotten",
  },
  "alarms.not_looked": {
    level: "error",
    fields: ["kinds", ...FAILURE],
    says: "An alarm could not be looked for",
  },
  "database.changed": {
    level: "error",
    fields: [],
    says: "The database was restored or failed over; nothing is sent until MassPay was read",
  },
  "database.adopted": {
    level: "warn",
    fields: ["voided"],
    says: "It was read, and what the books had forgotten is booked",
  },
  "outbox.unpublished": {
    level: "error",
    fields: ["count", ...FAILURE],
    says: "The event bus took no events; they are published later",
  },
  "notification.not_sent": {
    level: "warn",
    fields: ["notification_id", "kind", "state", "detail", ...FAILURE],
    says: "A message to a person was not sent, and why",
  },
  "notifications.no_channel": {
    level: "warn",
    fields: ["channel", "detail"],
    says: "No provider serves the channel; said at the start",
  },
  "nudge.failed": {
    level: "error",
    fields: ["nudge", ...FAILURE],
    says: "Work that was begun early broke; the job does it",
  },
  "go_live.check_broke": {
    level: "warn",
    fields: ["item", ...FAILURE, "detail"],
    says: "A check of the go-live list failed itself",
  },
  "go_live.stated": {
    level: "info",
    fields: ["item", "did", "actor"],
    says: "An operator attested an item, or withdrew that",
  },
} as const satisfies Record<string, Described>
