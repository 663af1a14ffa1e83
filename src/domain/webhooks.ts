/** What a webhook is about. `unknown`: a type we do not know; `unreadable`: not a JSON object. */
export const WEBHOOK_KINDS = [
  "payout",
  "load",
  "spendback",
  "user",
  "tax",
  "balance_credit",
  "unknown",
  "unreadable",
] as const
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/** Fields that are kept for people to read. Nothing is decided by them. */
export const WEBHOOK_DETAILS = [
  "amount",
  "source_amount",
  "destination_amount",
  "source_currency_code",
  "destination_currency_code",
  "status_reason",
] as const

/** All that is kept of a genuine message. */
export type WebhookEvent = {
  kind: WebhookKind
  /** As MassPay wrote it, where it is a plain word. */
  event_type: string | null
  remote_token: string | null
  /** One of ours; other people's ids are not kept. */
  client_id: string | null
  user_token: string | null
  /** What the message claims. Never applied. */
  status: string | null
  details: Partial<Record<(typeof WEBHOOK_DETAILS)[number], string>>
  body_sha256: string
}

/**
 * `received` waits for a look-up; `applied`: the truth that was read after it
 * came stands in the books; `ignored`: there is nothing of ours to look at;
 * `dead`: tried too often, a person has to look.
 */
export const WEBHOOK_STATES = [
  "received",
  "applied",
  "ignored",
  "dead",
] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]

/** Why a message is in its state. Stable codes. */
export const WEBHOOK_REASONS = {
  /** About somebody or something that is not this shop's. */
  foreign: "ignored",
  unknown_type: "ignored",
  unreadable: "ignored",
  /** Names nothing that could be looked up. */
  no_object: "ignored",
  /** Only kept: nothing follows from it. */
  noted: "applied",
  /** Carries this shop's tag, and these books have no such operation. */
  unknown_operation: "dead",
  /** What was read could not be applied, again and again. */
  not_applied: "dead",
} as const satisfies Record<string, WebhookState>
export type WebhookReason = keyof typeof WEBHOOK_REASONS

/** After so many tries that came to nothing a message is dead. */
export const WEBHOOK_ATTEMPTS_MAX = 8

/** At most one look-up of the same object in this time, however much is sent about it. */
export const COALESCE_MS = 5_000
/** A message that the truth does not bear out is held against a second look: lists may lag. */
export const SECOND_LOOK_MS = 60_000

const BACKOFF_MS = 5_000
const BACKOFF_MAX_MS = 15 * 60_000

/** How long to wait after so many tries in a row that failed. */
export function backoffAfter(failures: number): number {
  return Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** Math.min(failures - 1, 10))
}

/** MassPay's words for one state of affairs, in the words of our operations; `null`: says nothing we know. */
export function claimedStatus(
  kind: WebhookKind,
  status: string | null
): string | null {
  const word = status?.toUpperCase() ?? null
  if (kind === "spendback") {
    if (word === "SUCCESS") return "COMPLETED"
    if (word === "FAILURE") return "CANCELLED"
  }
  return word === "CANCELED" ? "CANCELLED" : word
}
