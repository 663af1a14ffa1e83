import {
  type AfterLookup,
  type AfterLookupInput,
  decideAfterLookup,
  type FoundLoad,
  REMOTE_STATUSES,
  type RemoteStatus,
} from "../../../src/domain/decide-next"
import {
  canMove,
  nextStatus,
  PAYOUT_STATUSES,
  type PayoutEvent,
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
  if (!input.ever_sent && input.status !== "unknown") {
    return input.listComplete ? "send_first" : "wait"
  }
  const visible_from =
    input.last_possible_send_at === null
      ? input.ever_sent
        ? Infinity
        : -Infinity
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

const LOADS: FoundLoad[] = [
  ...product<Omit<FoundLoad, "time_of_load">>({
    status: REMOTE_STATUSES,
    amount: [1250n, 1249n],
    currency_code: ["USD", "usd", "EUR"],
  }),
]

const TRUTH: Record<RemoteStatus, PayoutEvent | null> = {
  COMPLETED: "found_completed",
  SCHEDULED: "found_accepted",
  PROCESSING: "found_accepted",
  HOLD: "found_accepted",
  READY_FOR_PICKUP: "found_accepted",
  CANCELLED: "found_cancelled",
  UNRECOGNISED: null,
}

const FOUND: Record<
  string,
  (input: AfterLookupInput, after: AfterLookup) => boolean
> = {
  "what was found is never sent": (_, after) =>
    !["resend", "rotate", "send_first"].includes(named(after)),
  "truth about another amount or currency is not applied": ({ found }, after) =>
    found === null ||
    (found.amount === 1250n && found.currency_code !== "EUR") ||
    after.do === "wait" ||
    (after.do === "park" && after.reason === "client_load_id_mismatch"),
  "truth about what we asked for is applied at once, wherever it is news; a reversal excepted":
    ({ found, status }, after) => {
      const event = found && TRUTH[found.status]
      const isOurs = found?.amount === 1250n && found.currency_code !== "EUR"
      if (!event || !isOurs || status === "reversing") return true
      return (
        (after.do === "apply_truth" && after.event === event) ===
        (nextStatus(status, event) !== null)
      )
    },
  "a word nobody knows changes nothing, until a person has to look": (
    { found, status, unknown_since },
    after
  ) =>
    found?.status !== "UNRECOGNISED" ||
    after.do === "wait" ||
    (after.do === "park" &&
      (after.event === "mismatch" ||
        (after.reason === "unrecognised_status" &&
          (unknown_since ?? NOON) <= ago(72 * HOUR))) &&
      canMove(status, "needs_review", after.event)),
  "a word nobody knows is for a person after 72 hours": (
    { found, status, unknown_since },
    after
  ) =>
    found?.status !== "UNRECOGNISED" ||
    (unknown_since ?? NOON) > ago(72 * HOUR) ||
    !canMove(status, "needs_review", "parked") ||
    after.do === "park",
  "a payout is given up only when cancelled, by a look-up begun after its window and the visibility delay":
    (input, after) =>
      (after.do === "void") ===
      (input.status === "cancelled" &&
        input.found?.status === "CANCELLED" &&
        input.found.amount === 1250n &&
        input.found.currency_code !== "EUR" &&
        input.settle_until !== null &&
        input.lookup_began_at > input.settle_until &&
        input.last_possible_send_at !== null &&
        input.last_possible_send_at.getTime() + VISIBILITY <=
          input.lookup_began_at.getTime()),
  "a reversal is called failed only when it had time to show": (input, after) =>
    input.status !== "reversing" ||
    after.do !== "apply_truth" ||
    after.to === "reversed" ||
    input.lookup_began_at.getTime() >=
      (input.last_possible_send_at?.getTime() ?? 0) + VISIBILITY,
  "truth is applied where the table of moves has a place for it": (
    { status },
    after
  ) => after.do !== "apply_truth" || canMove(status, after.to, after.event),
}

describe("decideAfterLookup, when MassPay shows the load", () => {
  it("keeps the money rules in every state, for every status and every window", () => {
    const broken = new Broken(FOUND)
    const base = aLookup()
    for (const input of product<
      Pick<
        AfterLookupInput,
        | "status"
        | "found"
        | "settle_until"
        | "lookup_began_at"
        | "last_possible_send_at"
        | "listComplete"
        | "key_burnt"
        | "unknown_since"
      >
    >(
      {
        status: PAYOUT_STATUSES,
        found: LOADS,
        unknown_since: [null, ago(72 * HOUR - 1), ago(72 * HOUR)],
        settle_until: [null, ago(-MINUTE), NOON, ago(1), ago(HOUR)],
        lookup_began_at: [NOON, ago(MINUTE)],
        last_possible_send_at: [
          ago(-5 * MINUTE),
          ago(VISIBILITY - 1),
          ago(VISIBILITY),
          ago(3 * HOUR),
        ],
        listComplete: [true, false],
        key_burnt: [true, false],
      },
      STRIDE
    )) {
      const whole = { ...base, ...input }
      if (!broken.check(whole, decideAfterLookup(whole))) break
    }

    expect(broken.inputs).toEqual([])
  })
})
