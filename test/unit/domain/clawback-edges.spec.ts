import {
  type ClawbackFacts,
  type ClawbackPayout,
  type ClawbackRung,
  decideClawback,
  DEFAULT_LADDER,
  type NegativeEntry,
} from "../../../src/domain/clawback"

const EARLY = new Date("2026-01-01T00:00:00Z")
const LATE = new Date("2026-01-02T00:00:00Z")

function aPayout(overrides: Partial<ClawbackPayout> = {}): ClawbackPayout {
  return {
    id: "mspo_1",
    status: "completed",
    amount: 100n,
    remote_status: "COMPLETED",
    is_unsent: false,
    method: "wallet",
    was_reversed: false,
    was_cancelled: false,
    is_related: true,
    created_at: EARLY,
    ...overrides,
  }
}

const scheduled = (overrides: Partial<ClawbackPayout> = {}) =>
  aPayout({ status: "accepted", remote_status: "SCHEDULED", ...overrides })

const unsent = (overrides: Partial<ClawbackPayout> = {}) =>
  aPayout({ status: "ready", is_unsent: true, ...overrides })

function anEntry(overrides: Partial<NegativeEntry> = {}): NegativeEntry {
  return {
    id: "mslen_1",
    amount: -100n,
    created_at: EARLY,
    is_held: false,
    was_refused: false,
    ...overrides,
  }
}

function decide(
  overrides: Partial<ClawbackFacts>,
  ladder: readonly ClawbackRung[]
) {
  return decideClawback(
    {
      open: -100n,
      due: -100n,
      negatives: [anEntry()],
      payouts: [],
      are_orders_swept: true,
      may_be_debited: true,
      wallet: 100n,
      ...overrides,
    },
    ladder
  )
}

it("by default, nothing is taken out of a wallet", () => {
  expect(DEFAULT_LADDER).toEqual(["void", "cancel-scheduled", "carry"])
  expect(decide({ payouts: [aPayout()] }, DEFAULT_LADDER)).toEqual({
    do: "carry",
  })
})

describe("a vendor who has too much", () => {
  it("is one who owes on the whole, or of what is due", () => {
    const nothing = { do: "nothing" }
    const carry = { do: "carry" }

    expect(decide({ open: 0n, due: 0n }, [])).toEqual(nothing)
    expect(decide({ open: 1n, due: -1n }, [])).toEqual(carry)
    expect(decide({ open: 0n, due: -1n }, ["spendback"])).toEqual(carry)
    expect(decide({ open: -1n, due: 0n }, [])).toEqual(carry)
    expect(decide({ open: -1n, due: 1n }, [])).toEqual(carry)
  })
})

describe("what was not sent", () => {
  it.each(["pending", "ready", "blocked"] as const)(
    "is made anew where it is %s",
    (status) => {
      expect(decide({ payouts: [unsent({ status })] }, ["void"])).toEqual({
        do: "remake",
      })
    }
  )

  it("is not made anew where it has left, or takes from her itself", () => {
    for (const payout of [
      unsent({ status: "completed" }),
      unsent({ amount: 0n }),
      unsent({ amount: -1n }),
    ]) {
      expect(decide({ payouts: [payout] }, ["void"])).toEqual({ do: "carry" })
    }
    expect(
      decide({ payouts: [unsent({ is_unsent: false })] }, ["void"])
    ).toEqual({ do: "wait", reason: "unproven" })
  })

  it("is looked for among everything of hers", () => {
    expect(decide({ payouts: [aPayout(), unsent()] }, ["void"])).toEqual({
      do: "remake",
    })
  })

  it("keeps nobody waiting where the shop does not make it anew", () => {
    expect(decide({ payouts: [unsent()] }, ["spendback"])).toMatchObject({
      do: "spend_back",
    })
  })
})

describe("what is scheduled", () => {
  const cancel = (...payouts: ClawbackPayout[]) =>
    decide({ payouts }, ["cancel-scheduled"])

  it("is cancelled once, where it pays her and MassPay has not begun", () => {
    expect(cancel(scheduled())).toEqual({ do: "cancel", payout_id: "mspo_1" })
    for (const not of [
      scheduled({ amount: 0n }),
      scheduled({ amount: -1n }),
      scheduled({ remote_status: null }),
      aPayout({ remote_status: "SCHEDULED" }),
    ]) {
      expect(cancel(not)).toEqual({ do: "carry" })
    }
    expect(cancel(scheduled({ was_cancelled: true }))).toEqual({
      do: "wait",
      reason: "taking_back",
    })
  })

  it("is chosen: what is related, then the youngest, then by id", () => {
    const old = scheduled({ id: "a" })
    const young = scheduled({ id: "c", created_at: LATE })
    const twin = scheduled({ id: "b", created_at: LATE })
    const unrelated = scheduled({
      id: "0",
      is_related: false,
      created_at: LATE,
    })
    const chosen = (...payouts: ClawbackPayout[]) => {
      const step = cancel(...payouts)
      return step.do === "cancel" ? step.payout_id : null
    }

    expect(chosen(old, young, twin, unrelated)).toBe("b")
    expect(chosen(unrelated, twin, young, old)).toBe("b")
    expect(chosen(old, young)).toBe("c")
    expect(chosen(unrelated, old)).toBe("a")
  })
})

describe("what was paid", () => {
  const reverse = (
    payouts: ClawbackPayout[],
    overrides: Partial<ClawbackFacts> = {}
  ) => decide({ payouts, ...overrides }, ["reverse"])

  it("is reversed whole, up to all that she owes", () => {
    expect(reverse([aPayout({ amount: 100n })])).toEqual({
      do: "reverse",
      payout_id: "mspo_1",
    })
    for (const amount of [101n, 0n]) {
      expect(reverse([aPayout({ amount })])).toEqual({ do: "carry" })
    }
    expect(reverse([aPayout()], { are_orders_swept: false })).toEqual({
      do: "carry",
    })
  })

  it("is chosen: the youngest, then by id", () => {
    const payouts = [
      aPayout({ id: "a" }),
      aPayout({ id: "c", created_at: LATE }),
      aPayout({ id: "b", created_at: LATE }),
    ]

    expect(reverse(payouts)).toEqual({ do: "reverse", payout_id: "b" })
  })

  it("is not in the way where it was cancelled once and completed after all", () => {
    expect(reverse([aPayout({ was_cancelled: true })])).toMatchObject({
      do: "reverse",
    })
  })
})

describe("what is spent back", () => {
  const spend = (overrides: Partial<ClawbackFacts>) =>
    decide(overrides, ["spendback"])

  it("is what the wallet holds, to the last cent", () => {
    expect(spend({ wallet: 100n })).toEqual({
      do: "spend_back",
      entry_ids: ["mslen_1"],
      amount: -100n,
    })
    expect(spend({ wallet: 99n })).toEqual({ do: "carry" })
    expect(spend({ wallet: 0n })).toEqual({ do: "carry" })
  })

  it("is never more than she owes on the whole, however much she has", () => {
    const negatives = [anEntry({ id: "a" }), anEntry({ id: "b", amount: -1n })]

    expect(spend({ negatives, wallet: 1000n })).toEqual({
      do: "spend_back",
      entry_ids: ["a"],
      amount: -100n,
    })
    expect(spend({ negatives, open: -101n, wallet: 1000n })).toEqual({
      do: "spend_back",
      entry_ids: ["a", "b"],
      amount: -101n,
    })
  })

  it("is the larger entry first, then the older, then by id", () => {
    const entries = [
      anEntry({ id: "d", amount: -40n, created_at: LATE }),
      anEntry({ id: "c", amount: -40n }),
      anEntry({ id: "b", amount: -40n }),
      anEntry({ id: "a", amount: -10n }),
      anEntry({ id: "e", amount: -50n, created_at: LATE }),
    ]
    const taken = (wallet: bigint, negatives = entries) => {
      const step = spend({ open: -180n, negatives, wallet })
      return step.do === "spend_back" ? step.entry_ids : null
    }

    expect(taken(180n)).toEqual(["e", "b", "c", "d", "a"])
    expect(taken(180n, [...entries].reverse())).toEqual([
      "e",
      "b",
      "c",
      "d",
      "a",
    ])
    expect(taken(60n)).toEqual(["e", "a"])
  })

  it("leaves out what is held and what MassPay refused", () => {
    const negatives = [
      anEntry({ id: "a", amount: -10n, is_held: true }),
      anEntry({ id: "b", amount: -10n, was_refused: true }),
      anEntry({ id: "c", amount: -10n }),
    ]

    expect(spend({ negatives })).toEqual({
      do: "spend_back",
      entry_ids: ["c"],
      amount: -10n,
    })
  })

  it("needs every order read, and a vendor who may be debited", () => {
    expect(spend({ are_orders_swept: false })).toEqual({ do: "carry" })
    expect(spend({ may_be_debited: false })).toEqual({ do: "carry" })
  })
})
