import {
  needsApproval,
  type OpenEntry,
  planCollect,
  type PlanCollectInput,
} from "../../../src/domain/collect"
import { reserveWords } from "../../../src/domain/holds"
import type { PayeeStatus } from "../../../src/domain/payout-status"

const NOON = new Date("2026-03-01T12:00:00Z")
const before = (ms: number) => new Date(NOON.getTime() - ms)
const after = (ms: number) => new Date(NOON.getTime() + ms)

function anEntry(overrides: Partial<OpenEntry> = {}): OpenEntry {
  return {
    id: "mslen_1",
    source_key: "settle:o1:v1:USD:1",
    amount: 5000n,
    available_at: NOON,
    is_held: false,
    ...overrides,
  }
}

function plan(overrides: Partial<PlanCollectInput> = {}) {
  return planCollect({
    currency_code: "USD",
    entries: [anEntry()],
    payee: { status: "active", is_paused: false, is_being_read: false },
    hold: null,
    reserve: 0n,
    schedule: null,
    has_funding_wallet: true,
    method: "wallet",
    destination: null,
    minimum: 2500n,
    repeated_cancels: 0,
    now: NOON,
    ...overrides,
  })
}

describe("needsApproval", () => {
  it("asks for nobody, or for everything, whatever the amount", () => {
    const payout = { amount: 10n ** 12n, currency_code: "USD" }

    expect(needsApproval({ kind: "none" }, payout)).toBe(false)
    expect(needsApproval({ kind: "all" }, payout)).toBe(true)
    expect(needsApproval({ kind: "all" }, { ...payout, amount: 1n })).toBe(true)
  })

  it("asks above the currency's amount, not at it, and never in a currency without one", () => {
    const policy = { kind: "above", amounts: { USD: 1000n, EUR: 1n } } as const
    const isAsked = (amount: bigint, currency_code: string) =>
      needsApproval(policy, { amount, currency_code })

    expect(isAsked(999n, "USD")).toBe(false)
    expect(isAsked(1000n, "USD")).toBe(false)
    expect(isAsked(1001n, "USD")).toBe(true)
    expect(isAsked(2n, "EUR")).toBe(true)
    expect(isAsked(10n ** 12n, "JPY")).toBe(false)
  })
})

describe("the entries of a payout", () => {
  it("are listed oldest first, and by id where they became due together", () => {
    const entries = [
      anEntry({ id: "d", available_at: before(1) }),
      anEntry({ id: "c" }),
      anEntry({ id: "a", available_at: before(2) }),
      anEntry({ id: "b" }),
    ]

    expect(plan({ entries }).pay?.entry_ids).toEqual(["a", "d", "b", "c"])
  })

  it("are counted as open also while they are held or not due", () => {
    const entries = [
      anEntry({ id: "a", amount: 3000n }),
      anEntry({ id: "b", amount: 200n, is_held: true }),
      anEntry({ id: "c", amount: 10n, available_at: after(1) }),
    ]

    expect(plan({ entries })).toMatchObject({
      open: 3210n,
      due: 3000n,
      pay: { entry_ids: ["a"], amount: 3000n },
    })
  })

  it("leave the list they came in as it was", () => {
    const entries = [anEntry({ id: "b" }), anEntry({ id: "a" })]

    plan({ entries })

    expect(entries.map(({ id }) => id)).toEqual(["b", "a"])
  })
})

describe("next_due_at", () => {
  it("is the earliest of the dates that are still to come and not held", () => {
    const entries = [
      anEntry({ id: "a", available_at: after(3) }),
      anEntry({ id: "b", available_at: after(2) }),
      anEntry({ id: "c", available_at: after(4) }),
      anEntry({ id: "d", available_at: after(1), is_held: true }),
      anEntry({ id: "e", available_at: NOON }),
      anEntry({ id: "f", available_at: before(1) }),
    ]

    expect(plan({ entries }).next_due_at).toEqual(after(2))
    expect(plan({ entries: entries.slice(3) }).next_due_at).toBeNull()
  })
})

describe("why nothing is paid, in words", () => {
  const status = (
    status: PayeeStatus,
    payee: Partial<PlanCollectInput["payee"]> = {}
  ) => ({
    payee: { status, is_paused: false, is_being_read: false, ...payee },
  })

  it.each<[string, string, Partial<PlanCollectInput>]>([
    ["not_due", "Nothing is open.", { entries: [] }],
    [
      "not_due",
      "Nothing is due yet.",
      { entries: [anEntry({ available_at: after(1) })] },
    ],
    [
      "hold",
      "Every due amount is on hold.",
      { entries: [anEntry({ is_held: true })] },
    ],
    [
      "negative",
      "12.05 USD is carried until later earnings cover it.",
      { entries: [anEntry({ amount: -1205n })] },
    ],
    ["below_minimum", "The smallest payout is 50.01 USD.", { minimum: 5001n }],
    [
      "no_funding_wallet",
      "There is no funding wallet in USD.",
      { has_funding_wallet: false },
    ],
    [
      "repeated_cancel",
      "MassPay cancelled her last payouts; resume her to try again.",
      { repeated_cancels: 3 },
    ],
    [
      "deactivated",
      "Her MassPay account is deactivated.",
      status("deactivated"),
    ],
    ["not_linked", "She has no MassPay account yet.", status("unlinked")],
    ["not_linked", "She has no MassPay account yet.", status("linking")],
    ["kyc", "MassPay wants papers from her first.", status("locked")],
    [
      "paused",
      "Her payouts are paused.",
      status("active", { is_paused: true, is_being_read: true }),
    ],
    [
      "being_read",
      "All of her loads at MassPay are being read first.",
      status("active", { is_being_read: true }),
    ],
  ])("%s: %s", (reason, detail, overrides) => {
    expect(plan(overrides)).toMatchObject({ pay: null, reason, detail })
  })

  it("does not blame a hold on what is held but not due", () => {
    const entries = [anEntry({ is_held: true, available_at: after(1) })]

    expect(plan({ entries })).toMatchObject({
      pay: null,
      reason: "not_due",
      detail: "Nothing is due yet.",
      next_due_at: null,
    })
  })

  it("repeats what was said of a hold, where something was said", () => {
    const hold = { kind: "dispute", reason: "chargeback", until: null } as const
    const entries = [
      anEntry({ id: "a", is_held: true, hold: null }),
      anEntry({ id: "b", is_held: true, hold }),
    ]

    expect(plan({ entries }).detail).toBe("On hold (dispute): chargeback.")
  })

  it("is said in facts, too, for whoever words it in another language", () => {
    const hold = { kind: "manual", reason: "She asked", until: null } as const
    const destination = { status: "ready", min: 6000n, max: null } as const

    expect(plan({ minimum: 5001n }).facts).toEqual({ minimum: 5001n })
    expect(plan({ method: "direct", destination, minimum: 10n }).facts).toEqual(
      { minimum: 6000n }
    )
    expect(
      plan({
        method: "direct",
        destination: { ...destination, min: null, max: 7n },
      }).facts
    ).toEqual({ maximum: 7n })
    expect(plan({ hold }).facts).toEqual({ hold })
    expect(plan({ entries: [anEntry({ is_held: true, hold })] }).facts).toEqual(
      { hold }
    )
    expect(plan({ reserve: 10n ** 9n }).facts).toEqual({ reserve: 10n ** 9n })
    expect(plan({ has_funding_wallet: false }).facts).toBeUndefined()
    expect(plan().facts).toBeUndefined()
  })

  it("says what is kept back, and only of a reserve", () => {
    const entries = [
      anEntry({ id: "a", available_at: before(1) }),
      anEntry({ id: "b" }),
    ]
    const schedule = { last: before(1), next: after(1), words: "Monday" }

    expect(plan({ entries, reserve: 5000n })).toMatchObject({
      pays: 5000n,
      detail: reserveWords(5000n, "USD"),
      facts: { reserve: 5000n },
    })
    expect(plan({ entries, schedule })).toMatchObject({
      pays: 5000n,
      due: 10_000n,
      detail: null,
    })
    expect(plan({ entries, schedule }).facts).toBeUndefined()
  })

  it("blames a hold where something else is only not due yet", () => {
    const entries = [
      anEntry({ id: "a", available_at: after(1) }),
      anEntry({ id: "b", is_held: true }),
      anEntry({ id: "c", is_held: true, available_at: after(1) }),
    ]

    expect(plan({ entries })).toMatchObject({
      reason: "hold",
      next_due_at: after(1),
    })
  })

  it("says of a netting that its entries cancel each other out", () => {
    const entries = [anEntry(), anEntry({ id: "mslen_2", amount: -5000n })]

    expect(plan({ entries })).toMatchObject({
      reason: "will_be_paid",
      detail: "Its entries cancel each other out.",
    })
    expect(plan().detail).toBeNull()
  })
})

describe("a vendor who is paid somewhere directly", () => {
  const READY = { status: "ready", min: null, max: null } as const
  const direct = (
    destination: PlanCollectInput["destination"],
    overrides: Partial<PlanCollectInput> = {}
  ) => plan({ method: "direct", destination, ...overrides })

  it.each<[string, string, PlanCollectInput["destination"]]>([
    ["no_destination", "She has not chosen where her money goes.", null],
    [
      "no_destination",
      "Her destination lacks details that MassPay needs.",
      { ...READY, status: "incomplete" },
    ],
    [
      "destination_returned",
      "Her last payout came back; she changes the destination, or an operator confirms it.",
      { ...READY, status: "returned" },
    ],
    [
      "destination_gone",
      "MassPay offers her destination no more; she chooses another.",
      { ...READY, status: "gone" },
    ],
    [
      "above_maximum",
      "Her destination takes at most 49.99 USD at a time.",
      { ...READY, max: 4999n },
    ],
    [
      "below_minimum",
      "The smallest payout is 50.01 USD.",
      { ...READY, min: 5001n },
    ],
  ])("%s: %s", (reason, detail, destination) => {
    expect(direct(destination)).toMatchObject({ pay: null, reason, detail })
    // Nothing of it matters to a wallet.
    expect(plan({ destination })).toMatchObject({
      pay: { amount: 5000n, method: "wallet" },
    })
  })

  it("is paid there where her destination takes it, its bounds included", () => {
    const paid = { pay: { amount: 5000n, method: "direct" } }
    expect(direct(READY)).toMatchObject(paid)
    expect(direct({ ...READY, min: 5000n, max: 5000n })).toMatchObject(paid)
    expect(direct({ ...READY, min: 1n, max: 5001n })).toMatchObject(paid)
  })

  it("waits for the larger of the shop's minimum and her destination's", () => {
    const facts = (min: bigint, minimum: bigint) =>
      direct({ ...READY, min }, { minimum }).facts
    expect(facts(6000n, 5001n)).toEqual({ minimum: 6000n })
    expect(facts(5001n, 6000n)).toEqual({ minimum: 6000n })
    expect(facts(6000n, 6000n)).toEqual({ minimum: 6000n })
  })
})
