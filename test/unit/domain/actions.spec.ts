import {
  type AssertedOutcome,
  effectOfAsking,
  effectOfConfirming,
} from "../../../src/domain/action-effects"
import {
  ACTION_REFUSALS,
  type ActionFacts,
  decideAction,
  PAYOUT_ACTIONS,
  type PayoutAction,
  refused,
} from "../../../src/domain/actions"
import {
  PAYOUT_METHODS,
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "../../../src/domain/payout-status"
import { facts } from "./action-builders"

const codeOf = (
  action: PayoutAction,
  overrides: Partial<ActionFacts>,
  actor = "user_1"
) => {
  const verdict = decideAction(action, facts(overrides), actor)
  return verdict.allowed ? "allowed" : verdict.code
}

const ALLOWED_FROM: Record<PayoutAction, readonly PayoutStatus[]> = {
  approve: ["pending"],
  reject: ["pending"],
  void: ["pending", "ready", "blocked"],
  resolve: [
    "pending",
    "ready",
    "accepted",
    "completed",
    "cancelled",
    "unknown",
    "blocked",
    "needs_review",
    "reversing",
    "reversed",
    "void",
  ],
  retry: ["blocked"],
  settle_elsewhere: ["pending", "ready", "blocked"],
  reverse: ["completed"],
  cancel: ["accepted"],
  assert_not_executed: ["needs_review"],
}

it.each(PAYOUT_ACTIONS)("%s is allowed from its statuses alone", (action) => {
  const from = PAYOUT_STATUSES.filter(
    (status) => codeOf(action, { status }) === "allowed"
  )

  expect(from).toEqual(ALLOWED_FROM[action])
})

it("nothing is done to what is on the wire, and nothing to netting", () => {
  for (const action of PAYOUT_ACTIONS) {
    expect(codeOf(action, { status: "sending" })).toBe("on_the_wire")
    for (const status of PAYOUT_STATUSES) {
      expect(codeOf(action, { status, method: "netting" })).not.toBe("allowed")
    }
  }
})

it.each([
  [
    "approve",
    { status: "pending", caused_by: ["system", "user_2", "user_1"] },
    "own_payout",
  ],
  ["approve", { status: "pending", is_proposed: true }, "already_proposed"],
  ["reject", { status: "pending", is_proposed: true }, "already_proposed"],
  ["void", { is_proposed: true }, "already_proposed"],
  ["retry", { status: "blocked", is_proposed: true }, "already_proposed"],
  ["void", { was_sent: true }, "was_sent"],
  ["resolve", { has_user: false }, "no_user"],
  ["retry", { status: "blocked", has_user: false }, "no_user"],
  ["retry", { status: "blocked", is_visible: false }, "too_early"],
  ["settle_elsewhere", { is_proposed: true }, "already_proposed"],
  ["settle_elsewhere", { are_books_known: false }, "books_unknown"],
  ["settle_elsewhere", { is_executed: true, was_sent: true }, "executed"],
  ["settle_elsewhere", { is_unproven: true, was_sent: true }, "unproven"],
  ["settle_elsewhere", { was_sent: true }, "look_up_first"],
  ["reverse", { status: "completed", may_reverse: false }, "option_off"],
  [
    "reverse",
    { status: "completed", method: "direct", may_reverse_direct: false },
    "direct_option_off",
  ],
  ["reverse", { status: "accepted", method: "direct" }, "wrong_status"],
  [
    "reverse",
    { status: "completed", method: "direct", was_reversed: true },
    "tried_before",
  ],
  ["reverse", { status: "completed", method: "spendback" }, "wrong_method"],
  ["reverse", { status: "completed", are_books_known: false }, "books_unknown"],
  ["reverse", { status: "completed", was_reversed: true }, "tried_before"],
  ["reverse", { status: "completed", has_load: false }, "no_load"],
  ["cancel", { status: "accepted", remote_status: "HOLD" }, "wrong_status"],
  ["cancel", { status: "accepted", was_cancelled: true }, "tried_before"],
  ["cancel", { status: "accepted", are_books_known: false }, "books_unknown"],
  ["cancel", { status: "accepted", has_load: false }, "no_load"],
  [
    "assert_not_executed",
    { status: "needs_review", is_executed: true },
    "executed",
  ],
  [
    "assert_not_executed",
    { status: "needs_review", is_visible: false },
    "too_early",
  ],
  [
    "assert_not_executed",
    { status: "needs_review", is_proposed: true },
    "already_proposed",
  ],
  [
    "assert_not_executed",
    { status: "needs_review", are_books_known: false },
    "books_unknown",
  ],
] as const)("%s is refused: %o is %s", (action, overrides, code) => {
  expect(codeOf(action, overrides)).toBe(code)
})

it("settling elsewhere is allowed after a send once a look-up agreed", () => {
  expect(
    codeOf("settle_elsewhere", { was_sent: true, is_looked_up: true })
  ).toBe("allowed")
})

it("two people are needed to say that something was not executed, and above the limit to settle elsewhere", () => {
  const needing = (overrides: Partial<ActionFacts>) =>
    PAYOUT_ACTIONS.filter((action) =>
      PAYOUT_STATUSES.some((status) => {
        const verdict = decideAction(
          action,
          facts({ ...overrides, status }),
          "u"
        )
        return verdict.allowed && verdict.needs_second
      })
    )

  expect(needing({})).toEqual(["assert_not_executed"])
  expect(needing({ needs_two: true })).toEqual([
    "settle_elsewhere",
    "assert_not_executed",
  ])
})

it("while two people decide, one alone changes nothing about what they decide on", () => {
  for (const action of PAYOUT_ACTIONS) {
    for (const status of [
      "pending",
      "ready",
      "blocked",
      "needs_review",
    ] as const) {
      if (codeOf(action, { status }) !== "allowed") continue
      expect([action, codeOf(action, { status, is_proposed: true })]).toEqual([
        action,
        action === "resolve" ? "allowed" : "already_proposed",
      ])
    }
  }
})

it("says of what two people decide also what follows", () => {
  const wordsOf = (
    action: PayoutAction,
    overrides: Partial<ActionFacts>,
    outcome: AssertedOutcome | null = null
  ) => {
    const verdict = decideAction(action, facts(overrides), "user_1")
    if (!verdict.allowed) throw new Error(verdict.message)
    return [
      effectOfAsking(verdict, { action, outcome }),
      effectOfConfirming(verdict, { action, outcome }),
    ]
  }

  for (const outcome of ["ready", "void"] as const) {
    const [asking = "", confirming = ""] = wordsOf(
      "assert_not_executed",
      { status: "needs_review" },
      outcome
    )
    expect(asking).toContain("second person")
    expect(asking).toContain(confirming)
    expect(confirming).toContain(
      outcome === "ready" ? "sent again" : "given up"
    )
  }
  const [asking = "", confirming = ""] = wordsOf("settle_elsewhere", {
    needs_two: true,
  })
  expect(asking).toContain("Until the answer it is not sent")
  expect(asking).toContain(confirming)
  expect(wordsOf("settle_elsewhere", {})).toEqual([confirming, confirming])
})

it("every refusal has words for the operator", () => {
  for (const code of ACTION_REFUSALS) {
    expect(refused(code)).toMatchObject({
      allowed: false,
      message: expect.stringMatching(/^[A-Z].+\.$/) as string,
    })
  }
})

it("a payout that may have been executed is never given up or settled elsewhere", () => {
  for (const action of ["void", "settle_elsewhere"] as const) {
    for (const status of PAYOUT_STATUSES) {
      for (const method of PAYOUT_METHODS) {
        for (const proof of [{ is_unproven: true }, { is_executed: true }]) {
          const code = codeOf(action, {
            status,
            method,
            was_sent: true,
            ...proof,
          })
          expect(code).not.toBe("allowed")
        }
      }
    }
  }
})
