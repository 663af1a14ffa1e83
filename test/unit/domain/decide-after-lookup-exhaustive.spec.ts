import {
  type AfterLookup,
  type AfterLookupInput,
  decideAfterLookup,
} from "../../../src/domain/decide-next"
import {
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "../../../src/domain/payout-status"
import { Broken, product, STRIDE } from "../../support/exhaustive"
import { ago, aLookup, HOUR, MINUTE, NOON, SECOND } from "./lookup-builders"

const VISIBILITY = 2 * MINUTE
const GAP = 10 * MINUTE
const KEY_AGES: (Date | null)[] = [
  null,
  ago(MINUTE),
  ago(22 * HOUR + 59 * MINUTE),
  ago(23 * HOUR - 1),
  ago(23 * HOUR),
  ago(23 * HOUR + MINUTE),
  ago(24 * HOUR + MINUTE),
  ago(72 * HOUR),
]

/** Nothing in any other state ever goes out again. */
const SENDABLE: readonly PayoutStatus[] = ["ready", "blocked", "unknown"]

/** What is tied together: a payout was sent or not, and is proven or not. */
const SENT = [
  { ever_sent: false, attempts_unproven: false },
  { ever_sent: true, attempts_unproven: false },
  { ever_sent: true, attempts_unproven: true },
]
const NOT_FOUNDS = [
  { not_found_count: 0, not_found_at: null },
  // One that stopped counting, and one without its time: neither proves anything.
  { not_found_count: 0, not_found_at: ago(GAP) },
  { not_found_count: 1, not_found_at: null },
  { not_found_count: 1, not_found_at: ago(GAP - 1) },
  { not_found_count: 1, not_found_at: ago(GAP) },
  { not_found_count: 2, not_found_at: ago(100 * HOUR) },
]

type Resolving = Pick<
  AfterLookupInput,
  | "status"
  | "listComplete"
  | "lookup_began_at"
  | "last_possible_send_at"
  | "key_burnt"
  | "key_first_used_at"
  | "unknown_since"
  | "ambiguous_count"
  | "rotations"
> & {
  must_be_found: "duplicate_client_id" | null
  give_up: boolean
  sent: (typeof SENT)[number]
  seen: (typeof NOT_FOUNDS)[number]
}

/**
 * `resolve()` of the money rules from "not found" on, for whatever may be sent
 * again at all: the only way back to the wire.
 */
function resolveNotFound(input: AfterLookupInput): string {
  if (!SENDABLE.includes(input.status)) return "wait"
  if (!input.ever_sent) {
    return input.listComplete ? "send_first" : "wait"
  }
  const visible_from =
    input.last_possible_send_at === null
      ? Infinity
      : input.last_possible_send_at.getTime() + VISIBILITY
  if (input.lookup_began_at.getTime() < visible_from) return "wait"

  const isUnknownPeriod =
    input.status === "unknown" ||
    input.unknown_since !== null ||
    input.attempts_unproven
  const age_ms = NOON.getTime() - (input.unknown_since ?? NOON).getTime()
  if (isUnknownPeriod && age_ms >= 72 * HOUR) return "park"
  if (!input.listComplete) return "wait"
  if (isUnknownPeriod && input.ambiguous_count >= 12) return "park"
  if (isUnknownPeriod && input.rotations >= 2) return "park"
  if (input.must_be_found) return "park"

  const first = input.not_found_at?.getTime() ?? -Infinity
  const isTwice =
    input.not_found_count >= 1 &&
    first >= visible_from &&
    input.lookup_began_at.getTime() - first >= GAP
  if (input.give_up) {
    return !input.attempts_unproven || isTwice ? "give_up" : "wait"
  }
  const key_age_ms =
    input.key_first_used_at === null
      ? Infinity
      : NOON.getTime() - input.key_first_used_at.getTime()
  if (!input.key_burnt && key_age_ms < 23 * HOUR) return "resend"
  if (!input.attempts_unproven) return "rotate"
  return isTwice ? "rotate" : "wait"
}

function named(after: AfterLookup): string {
  return after.do === "resend" && after.rotate ? "rotate" : after.do
}

const NOT_FOUND: Record<
  string,
  (input: AfterLookupInput, after: AfterLookup) => boolean
> = {
  "it is what the money rules say": (input, after) =>
    named(after) === resolveNotFound(input),
  "nothing is sent while the last request may still show": (input, after) =>
    !input.ever_sent ||
    !["resend", "rotate"].includes(named(after)) ||
    (input.last_possible_send_at !== null &&
      input.lookup_began_at.getTime() >=
        input.last_possible_send_at.getTime() + VISIBILITY),
  "what is unproven is sent again only under its own young key, or after two proofs":
    (input, after) =>
      !input.attempts_unproven ||
      !["resend", "rotate", "send_first"].includes(named(after)) ||
      (named(after) === "resend" && !input.key_burnt) ||
      (named(after) === "rotate" && input.not_found_count > 0),
  "what is not to be sent again is not": (input, after) =>
    !input.give_up ||
    !input.ever_sent ||
    !["resend", "rotate", "send_first"].includes(named(after)),
  "nothing is given up that may be sent again": (input, after) =>
    after.do !== "give_up" || input.give_up === true,
  "a not-found is counted at most once per gap, and only where it counts": (
    input,
    after
  ) =>
    after.do !== "wait" ||
    !after.count_not_found ||
    (after.reason === "second_look_needed" &&
      input.listComplete &&
      input.attempts_unproven),
  "it is looked at again within a second and a day": (_, after) =>
    after.do !== "wait" ||
    (after.delay_ms >= SECOND && after.delay_ms <= 24 * HOUR),
  "a parked one says why": (input, after) => {
    if (after.do !== "park") return true
    switch (after.reason) {
      case "unknown_too_long":
        return (input.unknown_since ?? NOON) <= ago(72 * HOUR)
      case "too_many_ambiguous_attempts":
        return input.ambiguous_count >= 12
      case "too_many_rotations":
        return input.rotations >= 2
      case "duplicate_client_id":
      case "key_mismatch":
        return input.must_be_found === after.reason
      case "client_load_id_mismatch":
      case "unrecognised_status":
        return false
      default:
        return false
    }
  },
}

describe("decideAfterLookup, when nothing is found", () => {
  const base = aLookup({ found: null })

  it("keeps the money rules at every boundary of key, visibility, gap and limits", () => {
    const everything = {
      status: SENDABLE,
      listComplete: [true, false],
      sent: SENT,
      last_possible_send_at: [
        null,
        ago(-5 * MINUTE),
        ago(VISIBILITY - 1),
        ago(VISIBILITY),
        // The not-found of a gap ago began when this one began to be visible.
        ago(GAP + VISIBILITY),
      ],
      lookup_began_at: [NOON, ago(MINUTE)],
      key_burnt: [false, true],
      key_first_used_at: KEY_AGES,
      seen: NOT_FOUNDS,
      unknown_since: [null, ago(72 * HOUR - 1), ago(72 * HOUR)],
      ambiguous_count: [11, 12],
      rotations: [1, 2],
      must_be_found: [null, "duplicate_client_id" as const],
      give_up: [false],
    }
    const refused = {
      ...everything,
      key_first_used_at: [ago(MINUTE), ago(23 * HOUR)],
      rotations: [1],
      give_up: [true],
    }
    const elsewhere = {
      ...everything,
      status: PAYOUT_STATUSES.filter((status) => !SENDABLE.includes(status)),
      key_first_used_at: [null, ago(MINUTE), ago(23 * HOUR)],
      rotations: [2],
      must_be_found: [null],
    }
    const broken = new Broken(NOT_FOUND)
    for (const values of [everything, elsewhere, refused]) {
      for (const { sent, seen, ...rest } of product<Resolving>(
        values,
        STRIDE
      )) {
        const input = { ...base, ...rest, ...sent, ...seen }
        if (!broken.check(input, decideAfterLookup(input))) break
      }
    }

    expect(broken.inputs).toEqual([])
  })

  it("trusts a key for 23 hours and not a minute longer, whatever else is true", () => {
    for (const status of ["ready", "blocked", "unknown"] as const) {
      for (const proven of [true, false]) {
        const decided = KEY_AGES.slice(2).map((key_first_used_at) =>
          named(
            decideAfterLookup({
              ...base,
              status,
              attempts_unproven: !proven,
              unknown_since: null,
              key_first_used_at,
              last_possible_send_at: ago(3 * HOUR),
            })
          )
        )
        const older = proven ? "rotate" : "wait"
        expect(decided).toEqual([
          "resend",
          "resend",
          older,
          older,
          older,
          older,
        ])
      }
    }
  })
})
