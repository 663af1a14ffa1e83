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
} from "../../../src/domain/payout-status"
import { Broken, product, STRIDE } from "../../support/exhaustive"
import { ago, aLookup, HOUR, MINUTE, NOON } from "./lookup-builders"

const VISIBILITY = 2 * MINUTE

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
  REVERSED: "found_cancelled",
  // Only a person makes something of a part.
  PARTLY_REVERSED: null,
  ERROR: null,
  UNRECOGNISED: null,
}

function isOurs({ found }: Pick<AfterLookupInput, "found">): boolean {
  return found?.amount === 1250n && found.currency_code !== "EUR"
}

function isMismatch(after: AfterLookup): boolean {
  return after.do === "park" && after.reason === "client_load_id_mismatch"
}

const FOUND: Record<
  string,
  (input: AfterLookupInput, after: AfterLookup) => boolean
> = {
  "what was found is never sent": (_, after) =>
    !["resend", "send_first"].includes(after.do),
  "truth about another amount or currency is not applied": ({ found }, after) =>
    found === null ||
    isOurs({ found }) ||
    after.do === "wait" ||
    isMismatch(after),
  "truth about what we asked for is applied at once, wherever it is news; a reversal excepted":
    ({ found, status }, after) => {
      const event = found && TRUTH[found.status]
      if (!event || !isOurs({ found }) || status === "reversing") return true
      return (
        (after.do === "apply_truth" && after.event === event) ===
        (nextStatus(status, event) !== null)
      )
    },
  "a word nobody knows changes nothing, and goes to a person after 72 hours": (
    input,
    after
  ) => {
    const isTold = input.found?.status !== "UNRECOGNISED"
    if (isTold || isMismatch(after)) return true
    const isForAPerson =
      nextStatus(input.status, "parked") !== null &&
      (input.unknown_since ?? NOON) <= ago(72 * HOUR)
    return isForAPerson && isOurs(input)
      ? after.do === "park" && after.reason === "unrecognised_status"
      : after.do === "wait"
  },
  "an error is for a person wherever that has a place, and changes nothing else":
    (input, after) => {
      if (input.found?.status !== "ERROR" || !isOurs(input)) return true
      const isTooEarly =
        input.status === "reversing" &&
        input.lookup_began_at.getTime() <
          (input.last_possible_send_at?.getTime() ?? 0) + VISIBILITY
      return nextStatus(input.status, "mismatch") !== null && !isTooEarly
        ? after.do === "park" && after.reason === "payout_error"
        : after.do === "wait"
    },
  "a part that came back is for a person, and she alone ends it": (
    input,
    after
  ) => {
    if (input.found?.status !== "PARTLY_REVERSED" || !isOurs(input)) return true
    if (after.do === "apply_truth") {
      return (
        input.status === "needs_review" &&
        input.is_asked === true &&
        input.is_part_known === true &&
        after.to === "completed"
      )
    }
    return (
      after.do === "wait" ||
      (after.do === "park" && after.reason === "partly_reversed")
    )
  },
  "a payout is given up only when cancelled, by a look-up begun after its window and the visibility delay":
    (input, after) =>
      (after.do === "void") ===
      (input.status === "cancelled" &&
        ["CANCELLED", "REVERSED"].includes(input.found?.status ?? "") &&
        isOurs(input) &&
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
        | "unknown_since"
        | "is_asked"
        | "is_part_known"
      >
    >(
      {
        status: PAYOUT_STATUSES,
        found: LOADS,
        settle_until: [null, ago(-MINUTE), NOON, ago(1), ago(HOUR)],
        lookup_began_at: [NOON, ago(MINUTE)],
        last_possible_send_at: [
          ago(-5 * MINUTE),
          ago(VISIBILITY - 1),
          ago(VISIBILITY),
          ago(3 * HOUR),
        ],
        listComplete: [true, false],
        unknown_since: [null, ago(72 * HOUR - 1), ago(72 * HOUR)],
        is_asked: [false, true],
        is_part_known: [false, true],
      },
      STRIDE
    )) {
      const whole = { ...base, ...input }
      if (!broken.check(whole, decideAfterLookup(whole))) break
    }

    expect(broken.inputs).toEqual([])
  })
})
