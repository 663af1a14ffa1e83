import { IllegalMoveError } from "../../../src/domain/errors"
import {
  assertMove,
  canMove,
  isFlippable,
  nextStatus,
  PAYOUT_EVENTS,
  PAYOUT_STATUSES,
  type PayoutEvent,
  type PayoutStatus,
} from "../../../src/domain/payout-status"

type From = PayoutStatus | null

/** Written out a second time on purpose: the table must match it exactly. */
const LEGAL: readonly (readonly [From, PayoutEvent, PayoutStatus])[] = [
  [null, "collected", "ready"],
  [null, "collected_for_approval", "pending"],
  [null, "netted", "netted"],
  [null, "adopted", "void"],

  ["pending", "approved", "ready"],
  ["pending", "rejected", "void"],
  ["pending", "remade", "void"],
  ["pending", "voided", "void"],
  ["pending", "found_accepted", "accepted"],
  ["pending", "found_completed", "completed"],
  ["pending", "found_cancelled", "cancelled"],
  ["pending", "mismatch", "needs_review"],

  ["ready", "claimed", "sending"],
  ["ready", "blocked_at_claim", "blocked"],
  ["ready", "approval_required", "pending"],
  ["ready", "voided", "void"],
  ["ready", "remade", "void"],
  ["ready", "not_found", "ready"],
  ["ready", "resend_allowed", "ready"],
  ["ready", "found_accepted", "accepted"],
  ["ready", "found_completed", "completed"],
  ["ready", "found_cancelled", "cancelled"],
  ["ready", "mismatch", "needs_review"],
  ["ready", "parked", "needs_review"],

  // Between the two requests for a direct payout.
  ["sending", "quoted", "sending"],
  ["sending", "not_sent", "ready"],
  ["sending", "throttled", "ready"],
  ["sending", "refused", "blocked"],
  ["sending", "accepted", "accepted"],
  ["sending", "completed", "completed"],
  ["sending", "found_cancelled", "cancelled"],
  ["sending", "answered_cancelled", "unknown"],
  ["sending", "outcome_unknown", "unknown"],
  ["sending", "lease_expired", "unknown"],
  ["sending", "mismatch", "needs_review"],
  ["sending", "parked", "needs_review"],

  ["unknown", "found_accepted", "accepted"],
  ["unknown", "found_completed", "completed"],
  ["unknown", "found_cancelled", "cancelled"],
  ["unknown", "accepted", "accepted"],
  ["unknown", "completed", "completed"],
  ["unknown", "not_found", "ready"],
  ["unknown", "resend_allowed", "ready"],
  ["unknown", "mismatch", "needs_review"],
  ["unknown", "parked", "needs_review"],

  ["accepted", "cancellation_started", "accepted"],
  ["accepted", "found_completed", "completed"],
  ["accepted", "found_cancelled", "cancelled"],
  ["accepted", "mismatch", "needs_review"],

  ["completed", "found_cancelled", "cancelled"],
  ["completed", "found_accepted", "accepted"],
  ["completed", "reversal_started", "reversing"],

  ["cancelled", "found_completed", "completed"],
  ["cancelled", "found_accepted", "accepted"],
  ["cancelled", "settled_cancelled", "void"],

  ["blocked", "unblocked", "ready"],
  ["blocked", "voided", "void"],
  ["blocked", "remade", "void"],
  ["blocked", "found_accepted", "accepted"],
  ["blocked", "found_completed", "completed"],
  ["blocked", "found_cancelled", "cancelled"],
  ["blocked", "mismatch", "needs_review"],
  ["blocked", "parked", "needs_review"],

  ["needs_review", "found_accepted", "accepted"],
  ["needs_review", "found_completed", "completed"],
  ["needs_review", "found_cancelled", "cancelled"],
  ["needs_review", "resend_confirmed", "ready"],
  ["needs_review", "voided", "void"],

  ["reversing", "found_cancelled", "reversed"],
  ["reversing", "found_completed", "completed"],
  ["reversing", "found_accepted", "accepted"],
  ["reversing", "mismatch", "needs_review"],

  ["reversed", "found_completed", "completed"],
  ["reversed", "found_accepted", "accepted"],
  ["void", "found_completed", "completed"],
  ["void", "found_accepted", "accepted"],
]

/**
 * The table of a payout's life in the design, in its own terms: where a payout
 * can come to from where, whatever the event is called. "Any truth state" is
 * accepted, completed and cancelled.
 */
const LIFE: readonly (readonly [From, readonly PayoutStatus[]])[] = [
  // An adopted one begins as void, after a restore.
  [null, ["pending", "ready", "netted", "void"]],
  [
    "pending",
    ["ready", "void", "accepted", "completed", "cancelled", "needs_review"],
  ],
  [
    "ready",
    [
      // A look-up agrees that it may be sent: it stays, and the timeline says why.
      "ready",
      // The policy of the day of sending asks for an approval it never got.
      "pending",
      "sending",
      "void",
      "blocked",
      "accepted",
      "completed",
      "cancelled",
      "needs_review",
    ],
  ],
  [
    "sending",
    [
      "ready",
      // A direct payout was quoted, and its commit is on the wire.
      "sending",
      "blocked",
      "accepted",
      "completed",
      "cancelled",
      "unknown",
      "needs_review",
    ],
  ],
  ["unknown", ["accepted", "completed", "cancelled", "needs_review", "ready"]],
  [
    "accepted",
    [
      // The clawback ladder cancels what is scheduled: asked for, it is still accepted.
      "accepted",
      "completed",
      "cancelled",
      "needs_review",
    ],
  ],
  ["completed", ["cancelled", "accepted", "reversing"]],
  ["cancelled", ["completed", "accepted", "void"]],
  [
    "blocked",
    ["ready", "void", "accepted", "completed", "cancelled", "needs_review"],
  ],
  ["needs_review", ["accepted", "completed", "cancelled", "ready", "void"]],
  ["reversing", ["reversed", "completed", "accepted", "needs_review"]],
  ["reversed", ["completed", "accepted"]],
  ["void", ["completed", "accepted"]],
  ["netted", []],
]

const FROM: readonly From[] = [null, ...PAYOUT_STATUSES]

function isRefused(from: From, to: PayoutStatus, event: PayoutEvent): boolean {
  try {
    assertMove(from, to, event)
    return false
  } catch (error) {
    return (
      error instanceof IllegalMoveError && error.code === "masspay.illegal_move"
    )
  }
}

describe("the moves of a payout", () => {
  it("are these and no others, for every state and every event", () => {
    const wrong: unknown[] = []
    for (const from of FROM) {
      for (const event of PAYOUT_EVENTS) {
        for (const to of PAYOUT_STATUSES) {
          const isLegal = LEGAL.some(
            (move) => move[0] === from && move[1] === event && move[2] === to
          )
          const isAllowed = canMove(from, to, event)
          if (isAllowed !== isLegal || isRefused(from, to, event) === isLegal) {
            wrong.push({ from, event, to, isLegal, isAllowed })
          }
        }
      }
    }

    expect(wrong).toEqual([])
  })

  it("lead where the design says, and nowhere else", () => {
    const reached = FROM.map((from) => {
      const targets = PAYOUT_EVENTS.map((event) => nextStatus(from, event))
      return [from, PAYOUT_STATUSES.filter((to) => targets.includes(to))]
    })
    const designed = FROM.map((from) => {
      const targets = LIFE.find((row) => row[0] === from)?.[1] ?? []
      return [from, PAYOUT_STATUSES.filter((to) => targets.includes(to))]
    })

    expect(reached).toEqual(designed)
  })

  it("never lead from a possible send to ready but by proof or a look-up", () => {
    const proof = new Set<PayoutEvent>([
      "not_sent",
      "throttled",
      "not_found",
      "resend_allowed",
    ])
    for (const from of ["sending", "unknown"] as const) {
      for (const event of PAYOUT_EVENTS) {
        if (nextStatus(from, event) === "ready") {
          expect(proof.has(event)).toBe(true)
        }
      }
    }
  })

  it("never send anything but a claimed ready payout", () => {
    for (const from of FROM) {
      for (const event of PAYOUT_EVENTS) {
        if (nextStatus(from, event) === "sending") {
          expect([
            ["ready", "claimed"],
            ["sending", "quoted"],
          ]).toContainEqual([from, event])
        }
      }
    }
  })

  it("never give up a payout whose outcome is open", () => {
    for (const from of [
      "sending",
      "unknown",
      "accepted",
      "completed",
    ] as const) {
      for (const event of PAYOUT_EVENTS) {
        expect(nextStatus(from, event)).not.toBe("void")
      }
    }
  })

  it("never leave a netted payout, which never was on the wire", () => {
    for (const event of PAYOUT_EVENTS) {
      expect(nextStatus("netted", event)).toBeNull()
    }
  })

  it("never end in a state that MassPay can still change, unseen", () => {
    const flippable = PAYOUT_STATUSES.filter(isFlippable)

    expect(flippable).toEqual(["completed", "cancelled", "reversed", "void"])
    for (const status of flippable) {
      const isLive = ["found_completed", "found_accepted", "found_cancelled"]
        .filter((event): event is PayoutEvent =>
          PAYOUT_EVENTS.some((known) => known === event)
        )
        .some((event) => nextStatus(status, event) !== null)
      expect(isLive).toBe(true)
    }
  })

  it("use every event, and reach every state", () => {
    expect(new Set(LEGAL.map((move) => move[1]))).toEqual(
      new Set(PAYOUT_EVENTS)
    )
    expect(new Set(LEGAL.map((move) => move[2]))).toEqual(
      new Set(PAYOUT_STATUSES)
    )
  })
})
