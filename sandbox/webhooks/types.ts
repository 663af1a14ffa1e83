import type { EventContent } from "./bodies"

/** One thing MassPay tells, however often its message arrives. */
export type WebhookEvent = Omit<EventContent, "body"> & {
  token: string
  /** The bytes that are signed and sent. */
  body: string
  body_sha256: string
  created_ms: number
  /** Of the first genuine delivery that left: identical copies carry it too. */
  signature: string | null
}

/**
 * `first` and `copy` are the same to the last byte. `resigned` has a moment of its
 * own. A `forged` one carries a signature that cannot be right: made with another
 * key, or (`tampered`) for another body.
 */
export type DeliveryKind =
  "first" | "copy" | "resigned" | "redelivery" | "forged" | "tampered"

export const DELIVERY_STATES = [
  "waiting",
  "sending",
  "delivered",
  "failed",
  "lost",
  "dropped",
  "taken",
] as const

/**
 * `delivered`: the receiver answered 2xx. `failed`: it did not, and there is no
 * further attempt. `lost`: never left, as scripted. `dropped`: the queue was full.
 * `taken`: handed out in process.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export type DeliveryAttempt = {
  /** On the machine's clock. */
  at: string
  /** What the receiver answered; null when it did not. */
  status: number | null
  /** The beginning of its answer, or what went wrong. */
  answer: string
  duration_ms: number
}

export type Delivery = {
  token: string
  /** Position in order of creation, from 1. */
  number: number
  event: WebhookEvent
  kind: DeliveryKind
  /** Older by so much than it should be when it is signed. */
  stale_ms: number
  /** Its place in the line: its own number, or a later one that it gives way to. */
  place: number
  /** When it may leave at the earliest, on the virtual clock. */
  time_ms: number
  /** The same on the machine's clock. */
  real_ms: number
  state: DeliveryState
  signature: string | null
  attempts: DeliveryAttempt[]
}

/** What becomes of the deliveries of one event. */
export type Treatment = {
  is_lost: boolean
  /** Deliveries on top of the first. */
  copies: number
  resigned: number
  forged: number
  tampered: number
  stale_ms: number
  delay_ms: number
  real_delay_ms: number
  /** Each delivery gives way to up to so many later ones. */
  shuffle: number
  /** For what is drawn per delivery. Null: it gives way to exactly so many. */
  seed: number | null
}

export const NO_TREATMENT: Treatment = {
  is_lost: false,
  copies: 0,
  resigned: 0,
  forged: 0,
  tampered: 0,
  stale_ms: 0,
  delay_ms: 0,
  real_delay_ms: 0,
  shuffle: 0,
  seed: null,
}
