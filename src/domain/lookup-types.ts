import type { RemoteStatus } from "./decide-after-attempt"
import type { PayoutEvent, PayoutStatus } from "./payout-status"

/** What a look-up by our client id found: a load, or a spendback. */
export type FoundLoad = {
  status: RemoteStatus
  currency_code: string
  /** Minor units, with the sign that our payouts have. */
  amount: bigint
  /** In the future for a scheduled one. */
  time_of_load?: Date | null
}

export type AfterLookupInput = {
  status: PayoutStatus
  /** What was asked for, minor units. */
  amount: bigint
  currency_code: string

  found: FoundLoad | null
  /** Whether "not in the list" proves anything. */
  listComplete: boolean
  /** When the GET began. What it shows may be that old, never newer. */
  lookup_began_at: Date
  now: Date

  /** Whether any request for this operation may have left. */
  ever_sent: boolean
  /** Whether any of those has no proof. */
  attempts_unproven: boolean
  /** The latest `lease_until` of any attempt; `null` when never sent. */
  last_possible_send_at: Date | null
  key_seq: number
  key_burnt: boolean
  key_first_used_at: Date | null

  /** Not-founds that counted since the last send, and when the latest of them began. */
  not_found_count: number
  not_found_at: Date | null
  /** Start of this unknown period, `null` outside one; the two counts are within it. */
  unknown_since: Date | null
  ambiguous_count: number
  rotations: number

  /** When a cancelled payout may be given up. */
  settle_until: Date | null
  /** Set after an answer that only an existing load explains: then "not found" is for a person. */
  must_be_found?: MustBeFound | null
  /** MassPay refused it, and it is not to be sent again: proven not executed, it is given up. */
  give_up?: boolean
  /** A person asked for this look-up. */
  is_asked?: boolean
  /** The books were restored, and may have forgotten that they sent it. */
  may_be_forgotten?: boolean
  /** That a part of it came back was seen, and told, before. */
  is_part_known?: boolean
  /** It is to be taken back, and nothing that counts was sent for that yet. */
  is_take_back_unsent?: boolean

  visibility_delay_ms?: number
  not_found_gap_ms?: number
  lookup_delays_ms?: readonly number[]
}

export type MustBeFound = "duplicate_client_id" | "key_mismatch"

/**
 * From the outcome codes of an operation's unproven attempts: whether MassPay
 * already told us that it knows this id, or this key with another request.
 */
export function mustBeFound(
  codes: readonly (string | null)[]
): MustBeFound | null {
  if (codes.includes("masspay.key_mismatch")) return "key_mismatch"
  if (codes.includes("masspay.duplicate_client_id")) {
    return "duplicate_client_id"
  }
  return null
}

export const PARK_REASONS = [
  "client_load_id_mismatch",
  "duplicate_client_id",
  "key_mismatch",
  "unknown_too_long",
  "too_many_ambiguous_attempts",
  "too_many_rotations",
  "unrecognised_status",
  "payout_error",
  "partly_reversed",
] as const
export type ParkReason = (typeof PARK_REASONS)[number]

export type WaitReason =
  /** Truth and our status agree, or MassPay's word is not final. */
  | "nothing_new"
  | "unrecognised_status"
  | "mismatch"
  | "not_expected_yet"
  | "list_incomplete"
  | "not_visible_yet"
  | "take_back_unsent"
  /** Of what stays completed, or is with a person already: told once. */
  | "partly_reversed"
  | "second_look_needed"
  | "settle_window"
  | "approval_needed"

/**
 * What to do after a look-up. `event` is the move to record; `resend` and
 * `send_first` allow the next claim, they send nothing themselves.
 */
export type AfterLookup =
  | { do: "apply_truth"; to: PayoutStatus; event: PayoutEvent }
  | { do: "park"; reason: ParkReason; event: "mismatch" | "parked" }
  | { do: "send_first" }
  | { do: "resend"; rotate: false }
  | { do: "resend"; rotate: true; close_attempts: true }
  | {
      do: "wait"
      reason: WaitReason
      delay_ms: number
      /** This look-up counts: set `not_found_at` to its beginning. */
      count_not_found: boolean
    }
  | { do: "void"; event: "settled_cancelled" }
  | { do: "give_up"; event: "voided" }
