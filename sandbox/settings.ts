import {
  CANCELLATIONS,
  REVERSAL_OUTCOMES,
  type ReversalOutcome,
} from "./payouts/types"
import {
  SIGNATURE_ENCODINGS,
  type SignatureEncoding,
  TIMESTAMP_UNITS,
  type TimestampUnit,
} from "./webhooks/signature"

/** Behaviour that MassPay does not document, so that both readings can be tried. */
export type Settings = {
  /** A `client_load_id` seen before: answer 400, or load again. */
  duplicate_client_load_id: "refuse" | "allow"
  /** The same for a `client_spendback_id`. */
  duplicate_client_spendback_id: "refuse" | "allow"
  /** A load the funding wallet cannot pay: 400, or 200 with status CANCELLED. */
  insufficient_funds: "refuse" | "cancel"
  /** A spendback of more than the user's wallet holds: 400, or 200 with `failure`. */
  insufficient_wallet: "refuse" | "failure"
  /** The status for a key that comes back with another request. */
  idempotency_mismatch_status: 400 | 409 | 422
  /** How a user look-up says that there is nobody. */
  lookup_miss: "404" | "null" | "empty_object" | "empty_array"
  /** A silent cap on the load list, which then shows the latest ones only. */
  load_list_max_rows: number | null
  /** The same for the spendback list. */
  spendback_list_max_rows: number | null
  /** The same for the list of direct payouts. */
  payout_list_max_rows: number | null
  /**
   * A `client_transfer_id` seen before: DUPLICATE always, DUPLICATE unless what there
   * is are quotes that were never committed and expired, or another payout. The same
   * of a reversal: 400 in the first two cases.
   */
  duplicate_client_transfer_id: "refuse" | "free_when_dead" | "allow"
  /** The status of a quote that expired. */
  dead_quote: "pending" | "cancelled"
  /** `auto_commit` although the currencies differ: 400, or a quote as without it. */
  auto_commit_between_currencies: "refuse" | "ignore"
  /** An amount below a payer's minimum: 400, or taken all the same. */
  below_minimum: "refuse" | "allow"
  /** Whether a payout needs the user's address, city and date of birth. */
  payout_profile: "complete" | "any"
  /** From commit to COMPLETED or READY_FOR_PICKUP, on the virtual clock. */
  payout_delivery_seconds: number
  /** From READY_FOR_PICKUP to COMPLETED; null: nobody comes to fetch it. */
  payout_pickup_seconds: number | null
  /** What becomes of the fee of a payout that comes back. */
  payout_fee_on_return: "return" | "keep"
  /** What a request to stop a payout that is under way is answered. */
  payout_cancellation:
    "CANCELLED" | "CANCELLATION_REQUESTED" | "CANCELLATION_FAILED"
  /** From CANCELLATION_REQUESTED to CANCELLED, on the virtual clock. */
  cancellation_seconds: number
  /** `cancellation_status` or, as another page has it, `cancelation_status`. */
  cancellation_spelling: "two_l" | "one_l"
  /** What becomes of a reversal of a payout that can be reversed. */
  payout_reversal: ReversalOutcome
  /** Which names webhooks about payouts have. */
  payout_event_type: "dotted" | "payout"
  /** So much of each load leaves its user's wallet at once, as with a payout rule. */
  autopayout_percentage: number
  /** Also take the key from a header called `apiKey`. */
  accept_api_key_header: boolean
  /** How long each call waits before it is executed, in real time. */
  latency_ms: number
  /**
   * Where upload links point: to a page of this sandbox, or to the hosts that MassPay
   * prints. A link's secret opens the sandbox's page in both cases.
   */
  upload_links: "sandbox" | "masspay"
  /** What becomes of papers that were sent; with `manual` nothing until told. */
  kyc_review: "approve" | "decline" | "resubmit" | "manual"
  /** How long that takes, on the virtual clock. */
  kyc_review_seconds: number
  /** How a webhook's signature writes its moment. */
  webhook_timestamp: TimestampUnit
  /** How a webhook's signature is written. */
  webhook_encoding: SignatureEncoding
  /** Which clock that moment is taken from. */
  webhook_clock: "machine" | "virtual"
  /** How long a receiver may take to answer, in real time. */
  webhook_timeout_ms: number
  /** How often a delivery is tried in all. */
  webhook_attempts: number
  /** Before the second attempt, in real time; twice as long before each further one. */
  webhook_retry_ms: number
  /** Whether a further attempt is the same to the last byte or signed anew. */
  webhook_retry_signature: "same" | "new"
  /** How many deliveries are under way at once. */
  webhook_concurrency: number
}

export const DEFAULT_SETTINGS: Settings = {
  duplicate_client_load_id: "refuse",
  duplicate_client_spendback_id: "refuse",
  insufficient_funds: "refuse",
  insufficient_wallet: "refuse",
  idempotency_mismatch_status: 400,
  lookup_miss: "404",
  load_list_max_rows: null,
  spendback_list_max_rows: null,
  payout_list_max_rows: null,
  duplicate_client_transfer_id: "refuse",
  dead_quote: "pending",
  auto_commit_between_currencies: "refuse",
  below_minimum: "refuse",
  payout_profile: "complete",
  payout_delivery_seconds: 0,
  payout_pickup_seconds: null,
  payout_fee_on_return: "return",
  payout_cancellation: "CANCELLED",
  cancellation_seconds: 60,
  cancellation_spelling: "two_l",
  payout_reversal: "whole",
  payout_event_type: "dotted",
  autopayout_percentage: 0,
  accept_api_key_header: false,
  latency_ms: 0,
  upload_links: "masspay",
  kyc_review: "approve",
  kyc_review_seconds: 0,
  webhook_timestamp: "seconds",
  webhook_encoding: "hex",
  webhook_clock: "machine",
  webhook_timeout_ms: 5_000,
  webhook_attempts: 1,
  webhook_retry_ms: 1_000,
  webhook_retry_signature: "same",
  webhook_concurrency: 4,
}

const LATENCY_MS_MAX = 60_000
const REVIEW_SECONDS_MAX = 365 * 86_400
const RETRY_MS_MAX = 3_600_000

type Check = { accepts: (value: unknown) => boolean; allowed: string }

function oneOf(...values: readonly (string | number | boolean)[]): Check {
  return {
    accepts: (value) => values.some((allowed) => allowed === value),
    allowed: values.map((value) => JSON.stringify(value)).join(", "),
  }
}

function isIntegerWithin(value: unknown, min: number, max: number): boolean {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  )
}

function wholeFrom(min: number, max: number): Check {
  return {
    accepts: (value) => isIntegerWithin(value, min, max),
    allowed: `a whole number from ${min} to ${max}`,
  }
}

const LIST_CAP: Check = {
  accepts: (value) => value === null || isIntegerWithin(value, 1, 100_000),
  allowed: "null, or a whole number from 1 to 100000",
}

const CHECKS: Record<keyof Settings, Check> = {
  duplicate_client_load_id: oneOf("refuse", "allow"),
  duplicate_client_spendback_id: oneOf("refuse", "allow"),
  insufficient_funds: oneOf("refuse", "cancel"),
  insufficient_wallet: oneOf("refuse", "failure"),
  idempotency_mismatch_status: oneOf(400, 409, 422),
  lookup_miss: oneOf("404", "null", "empty_object", "empty_array"),
  load_list_max_rows: LIST_CAP,
  spendback_list_max_rows: LIST_CAP,
  payout_list_max_rows: LIST_CAP,
  duplicate_client_transfer_id: oneOf("refuse", "free_when_dead", "allow"),
  dead_quote: oneOf("pending", "cancelled"),
  auto_commit_between_currencies: oneOf("refuse", "ignore"),
  below_minimum: oneOf("refuse", "allow"),
  payout_profile: oneOf("complete", "any"),
  payout_delivery_seconds: wholeFrom(0, REVIEW_SECONDS_MAX),
  payout_pickup_seconds: {
    accepts: (value) =>
      value === null || isIntegerWithin(value, 0, REVIEW_SECONDS_MAX),
    allowed: `null, or a whole number from 0 to ${REVIEW_SECONDS_MAX}`,
  },
  payout_fee_on_return: oneOf("return", "keep"),
  payout_cancellation: oneOf(...CANCELLATIONS),
  cancellation_seconds: wholeFrom(0, REVIEW_SECONDS_MAX),
  cancellation_spelling: oneOf("two_l", "one_l"),
  payout_reversal: oneOf(...REVERSAL_OUTCOMES),
  payout_event_type: oneOf("dotted", "payout"),
  autopayout_percentage: wholeFrom(0, 100),
  accept_api_key_header: oneOf(true, false),
  latency_ms: wholeFrom(0, LATENCY_MS_MAX),
  upload_links: oneOf("sandbox", "masspay"),
  kyc_review: oneOf("approve", "decline", "resubmit", "manual"),
  kyc_review_seconds: wholeFrom(0, REVIEW_SECONDS_MAX),
  webhook_timestamp: oneOf(...TIMESTAMP_UNITS),
  webhook_encoding: oneOf(...SIGNATURE_ENCODINGS),
  webhook_clock: oneOf("machine", "virtual"),
  webhook_timeout_ms: wholeFrom(1, LATENCY_MS_MAX),
  webhook_attempts: wholeFrom(1, 20),
  webhook_retry_ms: wholeFrom(0, RETRY_MS_MAX),
  webhook_retry_signature: oneOf("same", "new"),
  webhook_concurrency: wholeFrom(1, 64),
}

/** One sentence for the first thing wrong with a change of settings, or null. */
export function problemWithSettings(
  change: Record<string, unknown>
): string | null {
  for (const [name, value] of Object.entries(change)) {
    const check = new Map(Object.entries(CHECKS)).get(name)
    if (!check) {
      const names = Object.keys(CHECKS).join(", ")
      return `There is no setting "${name}". There are: ${names}`
    }
    if (!check.accepts(value)) {
      return `The setting "${name}" cannot be ${JSON.stringify(value)}. Allowed: ${check.allowed}`
    }
  }
  return null
}
