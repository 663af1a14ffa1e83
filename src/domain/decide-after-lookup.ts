import { isBack, type RemoteStatus } from "./decide-after-attempt"
import {
  AMBIGUOUS_ATTEMPTS_MAX,
  IDLE_LOOKUP_MS,
  KEY_TRUSTED_MS,
  LOOKUP_DELAY_MAX_MS,
  LOOKUP_DELAY_MIN_MS,
  lookupDelay,
  NOT_FOUND_GAP_MS,
  ROTATIONS_MAX,
  UNKNOWN_PERIOD_MAX_MS,
  VISIBILITY_DELAY_MS,
} from "./lookup-timing"
import type {
  AfterLookup,
  AfterLookupInput,
  FoundLoad,
  ParkReason,
  WaitReason,
} from "./lookup-types"
import { nextStatus, type PayoutEvent } from "./payout-status"

/**
 * Turns one look-up into the next step. Truth that was found wins over
 * everything. "Not found" is evidence only from a complete list that was read
 * after the last request had time to show, and it never changes the client id:
 * at most the key rotates. What is not to be sent again is given up instead. `now` ages the key and the unknown period;
 * `lookup_began_at` is what proofs are measured from.
 */
export function decideAfterLookup(input: AfterLookupInput): AfterLookup {
  return input.found ? afterFound(input, input.found) : afterNotFound(input)
}

function afterFound(input: AfterLookupInput, found: FoundLoad): AfterLookup {
  const { status } = input
  if (!isWhatWeAskedFor(input, found)) {
    return nextStatus(status, "mismatch")
      ? { do: "park", reason: "client_load_id_mismatch", event: "mismatch" }
      : idle("mismatch")
  }
  if (status === "cancelled" && isBack(found.status)) {
    return afterStillCancelled(input)
  }
  if (status === "reversing" && input.is_take_back_unsent) {
    return afterFoundUnsent(input, found)
  }
  if (status === "reversing" && !isLookupPastVisibility(input)) {
    // A reversal that is still on its way would be missed.
    return isBack(found.status)
      ? applyTruth(input, found)
      : waitUntilVisible(input)
  }
  return applyTruth(input, found)
}

/**
 * Nothing was asked of MassPay yet, so that it is still paid says nothing about
 * the reversal, which is still to be sent. Nor does a part that somebody else
 * called back: ours brings what is left.
 */
function afterFoundUnsent(
  input: AfterLookupInput,
  found: FoundLoad
): AfterLookup {
  const isUnchanged =
    found.status === "COMPLETED" || found.status === "PARTLY_REVERSED"
  return isUnchanged
    ? wait("take_back_unsent", LOOKUP_DELAY_MIN_MS)
    : applyTruth(input, found)
}

function applyTruth(input: AfterLookupInput, found: FoundLoad): AfterLookup {
  if (found.status === "ERROR") return afterError(input)
  if (found.status === "PARTLY_REVERSED") return afterPart(input, found)
  const event = eventOf(found.status)
  if (event === null) return afterUntoldStatus(input)
  const to = nextStatus(input.status, event)
  if (to === null) return wait("nothing_new", pollDelay(input, found))
  return { do: "apply_truth", to, event }
}

/** It ended, and whether the money came back is not told: for a person, until it is. */
function afterError({ status }: AfterLookupInput): AfterLookup {
  return nextStatus(status, "mismatch")
    ? { do: "park", reason: "payout_error", event: "mismatch" }
    : idle("mismatch")
}

/**
 * Books know no half payout. A person who was told of it books the part that came
 * back and says so by asking again: then it is completed, as MassPay calls it.
 */
function afterPart(input: AfterLookupInput, found: FoundLoad): AfterLookup {
  const { status, is_asked = false, is_part_known = false } = input
  if (status === "completed") {
    return is_part_known
      ? wait("nothing_new", pollDelay(input, found))
      : idle("partly_reversed")
  }
  if (status === "needs_review" && is_asked && is_part_known) {
    return { do: "apply_truth", to: "completed", event: "found_completed" }
  }
  // With a person already, for something else.
  if (status === "needs_review" && !is_part_known)
    return idle("partly_reversed")
  return nextStatus(status, "mismatch")
    ? { do: "park", reason: "partly_reversed", event: "mismatch" }
    : idle("mismatch")
}

/** It exists, which is all that is known. For a person, when MassPay does not tell in time. */
function afterUntoldStatus(input: AfterLookupInput): AfterLookup {
  if (input.may_be_forgotten && nextStatus(input.status, "mismatch")) {
    // What was never sent as far as books know is about to be given up.
    return { do: "park", reason: "unrecognised_status", event: "mismatch" }
  }
  const canPark = nextStatus(input.status, "parked") !== null
  return canPark && unknownFor(input) >= UNKNOWN_PERIOD_MAX_MS
    ? { do: "park", reason: "unrecognised_status", event: "parked" }
    : wait("unrecognised_status", unknownDelay(input))
}

function eventOf(status: RemoteStatus): PayoutEvent | null {
  switch (status) {
    case "COMPLETED":
      return "found_completed"
    case "CANCELLED":
    case "REVERSED":
      return "found_cancelled"
    case "SCHEDULED":
    case "PROCESSING":
    case "HOLD":
    case "READY_FOR_PICKUP":
      return "found_accepted"
    default:
      return null
  }
}

/** Entries are released only by a look-up that began after the settle window. */
function afterStillCancelled(input: AfterLookupInput): AfterLookup {
  const { settle_until, lookup_began_at, now } = input
  if (settle_until === null) return idle("settle_window")
  if (lookup_began_at > settle_until) {
    // A short window may end while a request could still be on its way.
    return isLookupPastVisibility(input)
      ? { do: "void", event: "settled_cancelled" }
      : waitUntilVisible(input)
  }
  const remaining_ms = settle_until.getTime() - now.getTime()
  return wait("settle_window", remaining_ms + LOOKUP_DELAY_MIN_MS)
}

function afterNotFound(input: AfterLookupInput): AfterLookup {
  switch (input.status) {
    case "ready":
    case "blocked":
    // Of a direct payout only the quote was asked for, which moves nothing.
    case "unknown":
      return input.ever_sent ? afterSendNotFound(input) : beforeFirstSend(input)
    case "pending":
      return idle("approval_needed")
    default:
      // Truth once seen is not undone by a list that does not show it.
      return idle("not_expected_yet")
  }
}

function beforeFirstSend(input: AfterLookupInput): AfterLookup {
  if (!input.listComplete) return idle("list_incomplete")
  return { do: "send_first" }
}

function afterSendNotFound(input: AfterLookupInput): AfterLookup {
  if (!isLookupPastVisibility(input)) return waitUntilVisible(input)

  const limit = reachedLimit(input)
  // A list that shows nothing may show it next time, so only time runs out.
  if (limit && (input.listComplete || limit === "unknown_too_long")) {
    return { do: "park", reason: limit, event: "parked" }
  }
  if (!input.listComplete) return wait("list_incomplete", unknownDelay(input))
  if (input.must_be_found) {
    return { do: "park", reason: input.must_be_found, event: "parked" }
  }
  if (input.give_up) return afterRefusal(input)
  if (isKeyUsable(input)) return { do: "resend", rotate: false }
  if (!input.attempts_unproven || isSecondNotFound(input)) {
    return { do: "resend", rotate: true, close_attempts: true }
  }
  return waitForSecondLook(input)
}

/** Another attempt may have counted although this one was refused: that takes two looks, too. */
function afterRefusal(input: AfterLookupInput): AfterLookup {
  return !input.attempts_unproven || isSecondNotFound(input)
    ? { do: "give_up", event: "voided" }
    : waitForSecondLook(input)
}

function reachedLimit(input: AfterLookupInput): ParkReason | null {
  const { unknown_since, status, attempts_unproven } = input
  const isUnknownPeriod =
    status === "unknown" || unknown_since !== null || attempts_unproven
  if (!isUnknownPeriod) return null
  if (unknownFor(input) >= UNKNOWN_PERIOD_MAX_MS) return "unknown_too_long"
  if (input.ambiguous_count >= AMBIGUOUS_ATTEMPTS_MAX) {
    return "too_many_ambiguous_attempts"
  }
  return input.rotations >= ROTATIONS_MAX ? "too_many_rotations" : null
}

/** MassPay replays or executes under this key; both are right. */
function isKeyUsable(input: AfterLookupInput): boolean {
  const { key_burnt, key_first_used_at, now } = input
  if (key_burnt || key_first_used_at === null) return false
  return now.getTime() - key_first_used_at.getTime() < KEY_TRUSTED_MS
}

/** The first not-found counts only if it, too, was past the visibility delay. */
function isSecondNotFound(input: AfterLookupInput): boolean {
  const first = firstNotFound(input)
  return first !== null && input.lookup_began_at.getTime() - first >= gap(input)
}

function waitForSecondLook(input: AfterLookupInput): AfterLookup {
  const first = firstNotFound(input)
  if (first === null) {
    return { ...wait("second_look_needed", gap(input)), count_not_found: true }
  }
  // Counting again would move the first look and the second would never come.
  const remaining_ms = first + gap(input) - input.now.getTime()
  return wait("second_look_needed", remaining_ms)
}

/** When the not-found that counts began, or `null` if none counts any more. */
function firstNotFound(input: AfterLookupInput): number | null {
  const { not_found_count, not_found_at } = input
  if (not_found_count < 1 || not_found_at === null) return null
  return not_found_at.getTime() >= visibleFrom(input)
    ? not_found_at.getTime()
    : null
}

function isWhatWeAskedFor(
  input: Pick<AfterLookupInput, "amount" | "currency_code">,
  found: FoundLoad
): boolean {
  return (
    found.amount === input.amount &&
    found.currency_code.toUpperCase() === input.currency_code.toUpperCase()
  )
}

function isLookupPastVisibility(input: AfterLookupInput): boolean {
  return input.lookup_began_at.getTime() >= visibleFrom(input)
}

/**
 * From when on a list must show every request. Without a time of the last send
 * there is no such moment once something was sent.
 */
function visibleFrom(input: AfterLookupInput): number {
  const { last_possible_send_at, ever_sent } = input
  if (last_possible_send_at === null) return ever_sent ? Infinity : -Infinity
  const delay_ms = input.visibility_delay_ms ?? VISIBILITY_DELAY_MS
  return last_possible_send_at.getTime() + delay_ms
}

function waitUntilVisible(input: AfterLookupInput): AfterLookup {
  return wait("not_visible_yet", visibleFrom(input) - input.now.getTime())
}

function gap(input: AfterLookupInput): number {
  return input.not_found_gap_ms ?? NOT_FOUND_GAP_MS
}

function unknownFor(input: AfterLookupInput): number {
  const since = input.unknown_since ?? input.now
  return input.now.getTime() - since.getTime()
}

function unknownDelay(input: AfterLookupInput): number {
  return lookupDelay(unknownFor(input), input.lookup_delays_ms)
}

/** A scheduled load is looked at when its time has come. */
function pollDelay(input: AfterLookupInput, found: FoundLoad): number {
  const due = found.time_of_load?.getTime() ?? 0
  const remaining_ms = due - input.now.getTime()
  return remaining_ms > 0 ? remaining_ms : IDLE_LOOKUP_MS
}

function idle(reason: WaitReason): AfterLookup {
  return wait(reason, IDLE_LOOKUP_MS)
}

function wait(
  reason: WaitReason,
  delay_ms: number
): Extract<AfterLookup, { do: "wait" }> {
  const bounded_ms = Math.min(
    Math.max(delay_ms, LOOKUP_DELAY_MIN_MS),
    LOOKUP_DELAY_MAX_MS
  )
  return {
    do: "wait",
    reason,
    delay_ms: bounded_ms,
    count_not_found: false,
  }
}
