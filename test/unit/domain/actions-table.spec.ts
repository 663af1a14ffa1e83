import {
  effectOfAsking,
  effectOfConfirming,
} from "../../../src/domain/action-effects"
import {
  type ActionFacts,
  type ActionRefusal,
  decideAction,
  PAYOUT_ACTIONS,
  type PayoutAction,
  refused,
} from "../../../src/domain/actions"
import {
  PAYOUT_METHODS,
  type PayoutMethod,
  type PayoutStatus,
} from "../../../src/domain/payout-status"
import { facts } from "./action-builders"

/** Nothing stands in the way of what `action` does. */
function factsFor(
  action: PayoutAction,
  overrides: Partial<ActionFacts> = {}
): ActionFacts {
  return facts({ status: FROM[action], ...overrides })
}

const FROM: Record<PayoutAction, PayoutStatus> = {
  approve: "pending",
  reject: "pending",
  void: "ready",
  resolve: "unknown",
  retry: "blocked",
  settle_elsewhere: "ready",
  reverse: "completed",
  cancel: "accepted",
  assert_not_executed: "needs_review",
}

function decide(action: PayoutAction, overrides?: Partial<ActionFacts>) {
  return decideAction(action, factsFor(action, overrides), "user_1")
}

function allowed(action: PayoutAction, overrides?: Partial<ActionFacts>) {
  const verdict = decide(action, overrides)
  if (!verdict.allowed) throw new Error(`${action}: ${verdict.code}`)
  return verdict
}

const GOES_TO: Record<PayoutAction, PayoutStatus | null> = {
  approve: "ready",
  reject: "void",
  void: "void",
  resolve: null,
  retry: null,
  settle_elsewhere: "void",
  reverse: "reversing",
  cancel: "accepted",
  assert_not_executed: null,
}

it.each(PAYOUT_ACTIONS)("%s moves the payout to its place", (action) => {
  expect(allowed(action).to).toBe(GOES_TO[action])
})

const FOR_METHODS: Record<PayoutAction, readonly PayoutMethod[]> = {
  approve: ["wallet", "direct", "spendback"],
  reject: ["wallet", "direct", "spendback"],
  void: ["wallet", "direct", "spendback"],
  resolve: ["wallet", "direct", "spendback"],
  retry: ["wallet", "direct"],
  settle_elsewhere: ["wallet", "direct"],
  reverse: ["wallet", "direct"],
  cancel: ["wallet", "direct"],
  assert_not_executed: ["wallet", "direct", "spendback"],
}

it.each(PAYOUT_ACTIONS)("%s is for its methods alone", (action) => {
  const methods = PAYOUT_METHODS.filter(
    (method) => decide(action, { method }).allowed
  )

  expect([...methods].sort()).toEqual([...FOR_METHODS[action]].sort())
})

it("says which of method and status does not allow it", () => {
  expect(decide("retry", { method: "spendback" })).toEqual(
    refused("wrong_method")
  )
  expect(decide("retry", { status: "completed" })).toEqual(
    refused("wrong_status")
  )
  expect(decide("retry", { status: "sending", method: "netting" })).toEqual(
    refused("on_the_wire")
  )
})

const WORDS: Record<PayoutAction, RegExp> = {
  approve: /sent with the next dispatch/,
  reject: /given up.*entries are open again/,
  void: /given up.*entries are open again/,
  resolve: /asked what became of it.*blocked stays blocked/,
  retry: /asked about it.*sent again/,
  settle_elsewhere: /given up.*paid by other means.*pays nothing/,
  reverse:
    /whole amount back.*spent it, nothing changes.*due again.*unless she is paused/,
  cancel: /cancel it before it is executed/,
  assert_not_executed: /second person.*did not execute it/,
}

it.each(PAYOUT_ACTIONS)("%s says beforehand what it will do", (action) => {
  expect(allowed(action).effect).toMatch(WORDS[action])
})

it("reverse says of a direct payout what is not got back", () => {
  const verdict = decide("reverse", { method: "direct", status: "completed" })
  expect(verdict).toMatchObject({ allowed: true, to: "reversing" })
  expect(verdict.allowed && verdict.effect).toMatch(
    /once.*whole payout.*nothing changes.*fee stays paid.*due again.*unless she is paused/
  )
})

const WHY_NOT: readonly [ActionRefusal, RegExp][] = [
  ["not_found", /no such payout/],
  ["wrong_status", /status does not allow/],
  ["wrong_method", /kind of payout does not allow/],
  ["own_payout", /Somebody else.*you caused/],
  ["was_sent", /Something was sent/],
  ["unproven", /not proven yet/],
  ["executed", /known to have executed/],
  ["look_up_first", /Look it up first/],
  ["too_early", /may not show at MassPay yet/],
  ["on_the_wire", /on its way to MassPay/],
  ["no_user", /no MassPay user/],
  ["option_off", /payouts\.allowReversal/],
  ["direct_option_off", /direct\.allowReversal/],
  ["tried_before", /tried once/],
  ["no_load", /own record of it is not known/],
  ["books_unknown", /restored or failed over/],
  ["already_proposed", /second person has been asked/],
  ["own_proposal", /Somebody else has to confirm/],
  ["already_answered", /answered already/],
  ["request_id_used", /Use a new one/],
  ["no_deficit", /Nothing is to be written off/],
  ["deficit_grew", /owes more by now/],
  ["on_its_way", /not ended yet/],
]

it.each(WHY_NOT)("says in words why not: %s", (code, words) => {
  expect(refused(code)).toMatchObject({ allowed: false, code })
  expect(refused(code).message).toMatch(words)
})

describe("what two people decide", () => {
  it("is announced with what asking does, and what follows", () => {
    const asserted = allowed("assert_not_executed")
    const elsewhere = allowed("settle_elsewhere", { needs_two: true })

    expect(
      effectOfAsking(asserted, {
        action: "assert_not_executed",
        outcome: "void",
      })
    ).toBe(
      "A second person is asked to confirm that MassPay did not execute it. " +
        "Then: It is given up; its entries are open again."
    )
    expect(
      effectOfAsking(elsewhere, { action: "settle_elsewhere", outcome: null })
    ).toBe(
      "A second person is asked to confirm. Until the answer it is not sent. " +
        `Then: ${elsewhere.effect}`
    )
  })

  it("is sent again where nobody said that it should be given up", () => {
    const action = "assert_not_executed"
    const asserted = allowed(action)
    const sentAgain = effectOfConfirming(asserted, { action, outcome: "ready" })

    expect(sentAgain).toMatch(/asked once more.*sent again/)
    expect(effectOfConfirming(asserted, { action, outcome: null })).toBe(
      sentAgain
    )
  })
})
