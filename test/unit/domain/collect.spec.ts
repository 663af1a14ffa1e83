import fc from "fast-check"

import {
  decideOnSums,
  needsApproval,
  type OpenEntry,
  planCollect,
  type PlanCollectInput,
  sumUp,
} from "../../../src/domain/collect"
import { PAYEE_STATUSES } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

const NOON = new Date("2026-03-01T12:00:00Z")
const LATER = new Date("2026-03-08T12:00:00Z")
const MORNING = new Date("2026-03-01T06:00:00Z")
const EARLY = new Date("2026-02-27T12:00:00Z")
const TOMORROW = new Date("2026-03-02T06:00:00Z")
const DAILY = { last: MORNING, next: TOMORROW, words: "Monday" }
const DISPUTE = { kind: "dispute", reason: "chargeback", until: null } as const

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

/** A vendor who can be paid at once; a test overrides what it is about. */
function aPlan(overrides: Partial<PlanCollectInput> = {}): PlanCollectInput {
  return {
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
  }
}

const anyPlan: fc.Arbitrary<PlanCollectInput> = fc.record({
  currency_code: fc.constant("USD"),
  entries: fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      source_key: fc.string(),
      amount: fc
        .bigInt({ min: -3n, max: 5n })
        .filter((amount) => amount !== 0n),
      available_at: fc.constantFrom(EARLY, NOON, LATER),
      is_held: fc.boolean(),
    }),
    { selector: (entry) => entry.id, maxLength: 6 }
  ),
  payee: fc.record({
    status: fc.constantFrom(...PAYEE_STATUSES),
    is_paused: fc.boolean(),
    is_being_read: fc.boolean(),
  }),
  hold: fc.constantFrom(null, null, DISPUTE),
  reserve: fc.bigInt({ min: 0n, max: 4n }),
  schedule: fc.constantFrom(null, DAILY),
  has_funding_wallet: fc.boolean(),
  method: fc.constantFrom("wallet", "direct"),
  destination: fc.constantFrom(
    null,
    { status: "ready", min: 2n, max: 9n } as const,
    { status: "returned", min: null, max: null } as const
  ),
  minimum: fc.bigInt({ min: 0n, max: 5n }),
  repeated_cancels: fc.integer({ min: 0, max: 3 }),
  now: fc.constant(NOON),
})

describe("planCollect", () => {
  it("never takes an entry that is held or not due, and always the sum of what it takes", () => {
    fc.assert(
      fc.property(anyPlan, (input) => {
        const { pay, pays, reason, due } = planCollect(input)

        expect(pays).toBe(pay?.amount ?? null)
        expect(reason === "will_be_paid").toBe(pay !== null)
        if (!pay) return
        const taken = input.entries.filter((entry) =>
          pay.entry_ids.includes(entry.id)
        )
        expect(taken).toHaveLength(pay.entry_ids.length)
        expect(taken.length).toBeGreaterThan(0)
        expect(
          taken.every((entry) => !entry.is_held && entry.available_at <= NOON)
        ).toBe(true)
        expect(taken.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(
          pay.amount
        )
        expect(pay.amount).toBeLessThanOrEqual(due)
        if (input.reserve > 0n) {
          // What closes itself leaves nothing for a reserve to keep.
          if (pay.amount === 0n) return
          expect(due - pay.amount).toBeGreaterThanOrEqual(input.reserve)
        } else if (input.schedule === null) {
          expect(pay.amount).toBe(due)
        }
      }),
      runs(2000)
    )
  })

  it("never pays a payee who cannot take it, nor a negative or small sum", () => {
    fc.assert(
      fc.property(anyPlan, (input) => {
        const { pay } = planCollect(input)
        if (!pay) return
        expect(pay.method).toBe(pay.amount === 0n ? "netting" : input.method)
        if (pay.method === "netting") return

        expect(input.payee).toEqual({
          status: "active",
          is_paused: false,
          is_being_read: false,
        })
        expect(pay.amount > 0n && pay.amount >= input.minimum).toBe(true)
        expect(input.hold).toBeNull()
        expect(input.has_funding_wallet).toBe(true)
        expect(pay.method).toBe(input.method)
        if (input.method === "direct") {
          expect(input.destination?.status).toBe("ready")
          expect(pay.amount >= 2n && pay.amount <= 9n).toBe(true)
        }
        expect(input.repeated_cancels).toBeLessThan(2)
      }),
      runs(2000)
    )
  })

  it("never leaves a due negative behind while paying a positive", () => {
    const entries = [
      anEntry(),
      anEntry({ id: "mslen_2", amount: -1000n }),
      anEntry({ id: "mslen_3", amount: 700n, available_at: LATER }),
    ]

    expect(planCollect(aPlan({ entries }))).toEqual({
      pay: {
        entry_ids: ["mslen_1", "mslen_2"],
        amount: 4000n,
        method: "wallet",
      },
      pays: 4000n,
      reason: "will_be_paid",
      detail: null,
      open: 4700n,
      due: 4000n,
      next_due_at: LATER,
    })
  })

  it("closes entries that cancel out, even for a payee without an account", () => {
    const entries = [anEntry(), anEntry({ id: "mslen_2", amount: -5000n })]

    expect(
      planCollect(
        aPlan({
          entries,
          payee: { status: "unlinked", is_paused: true, is_being_read: false },
          has_funding_wallet: false,
        })
      ).pay
    ).toEqual({
      entry_ids: ["mslen_1", "mslen_2"],
      amount: 0n,
      method: "netting",
    })
  })

  it.each<[string, Partial<PlanCollectInput>]>([
    ["not_due", { entries: [] }],
    ["not_due", { entries: [anEntry({ available_at: LATER })] }],
    ["hold", { entries: [anEntry({ is_held: true })] }],
    ["negative", { entries: [anEntry({ amount: -1n })] }],
    ["below_minimum", { minimum: 5001n }],
    [
      "paused",
      { payee: { status: "active", is_paused: true, is_being_read: false } },
    ],
    [
      "not_linked",
      { payee: { status: "unlinked", is_paused: false, is_being_read: false } },
    ],
    [
      "not_linked",
      { payee: { status: "linking", is_paused: false, is_being_read: false } },
    ],
    [
      "kyc",
      { payee: { status: "locked", is_paused: false, is_being_read: false } },
    ],
    [
      "deactivated",
      {
        payee: {
          status: "deactivated",
          is_paused: false,
          is_being_read: false,
        },
      },
    ],
    ["no_funding_wallet", { has_funding_wallet: false }],
    ["repeated_cancel", { repeated_cancels: 2 }],
    ["not_scheduled", { schedule: DAILY }],
    ["hold", { hold: DISPUTE }],
    ["hold", { entries: [anEntry({ is_held: true, hold: DISPUTE })] }],
    ["hold", { reserve: 1n }],
  ])("does not pay and says %s", (reason, overrides) => {
    const plan = planCollect(aPlan(overrides))

    expect(plan.pay).toBeNull()
    expect(plan.reason).toBe(reason)
    expect(plan.detail).toMatch(/\.$/)
  })

  it("pays again after one cancel, and exactly the minimum", () => {
    expect(
      planCollect(aPlan({ repeated_cancels: 1, minimum: 5000n })).pay
    ).toMatchObject({ amount: 5000n, method: "wallet" })
  })
})

describe("a schedule", () => {
  const early = anEntry({ available_at: EARLY })
  const plan = (overrides: Partial<PlanCollectInput>) =>
    planCollect(aPlan({ schedule: DAILY, minimum: 0n, ...overrides }))

  it("pays what was due by its last moment, and leaves the rest for the next", () => {
    const entries = [early, anEntry({ id: "mslen_2" })]

    expect(plan({ entries }).pay).toEqual({
      entry_ids: ["mslen_1"],
      amount: 5000n,
      method: "wallet",
    })
    expect(plan({ entries: entries.slice(1) })).toMatchObject({
      pay: null,
      reason: "not_scheduled",
      detail: "Her next payout is on Monday.",
      due: 5000n,
      next_due_at: TOMORROW,
    })
  })

  it("pays what became due at its last moment, to the millisecond", () => {
    const at = (ms: number) => new Date(MORNING.getTime() + ms)

    expect(plan({ entries: [anEntry({ available_at: at(0) })] }).pays).toBe(
      5000n
    )
    expect(plan({ entries: [anEntry({ available_at: at(1) })] }).pays).toBe(
      null
    )
  })

  it("does not let a debt wait that came since", () => {
    const debt = anEntry({ id: "mslen_2", amount: -2000n })

    expect(plan({ entries: [early, debt] }).pay).toMatchObject({
      entry_ids: ["mslen_1", "mslen_2"],
      amount: 3000n,
    })
    // An earning that came since covers it, so both wait.
    const entries = [early, debt, anEntry({ id: "mslen_3", amount: 2000n })]
    expect(plan({ entries }).pay).toMatchObject({
      entry_ids: ["mslen_1"],
      amount: 5000n,
    })
    expect(plan({ entries: [debt] }).reason).toBe("negative")
  })

  it("lets what covers an older debt wait with it", () => {
    const debt = anEntry({ id: "mslen_2", available_at: EARLY, amount: -2000n })

    expect(plan({ entries: [debt, anEntry()] })).toMatchObject({
      pay: null,
      reason: "not_scheduled",
      due: 3000n,
    })
  })

  it("says first what somebody has to do something about", () => {
    const payee = {
      status: "locked",
      is_paused: false,
      is_being_read: false,
    } as const
    expect(plan({ entries: [anEntry()], payee }).reason).toBe("kyc")
    expect(plan({ entries: [anEntry()], minimum: 9999n }).reason).toBe(
      "not_scheduled"
    )
  })
})

describe("a reserve", () => {
  it("keeps the newest whole entries back, and every debt in", () => {
    const entries = [
      anEntry({ available_at: EARLY }),
      anEntry({ id: "mslen_2", amount: -500n }),
      anEntry({ id: "mslen_3", amount: 3000n }),
    ]

    expect(planCollect(aPlan({ entries, reserve: 1000n })).pay).toEqual({
      entry_ids: ["mslen_2", "mslen_1"],
      amount: 4500n,
      method: "wallet",
    })
    // What lies above it to the cent is paid.
    expect(planCollect(aPlan({ entries, reserve: 3000n })).pays).toBe(4500n)
    expect(planCollect(aPlan({ entries, reserve: 3001n }))).toMatchObject({
      pay: null,
      reason: "hold",
      detail: "At least 30.01 USD is kept back as a reserve.",
    })
  })

  it("is said where only a part is paid", () => {
    const entries = [
      anEntry({ available_at: EARLY }),
      anEntry({ id: "mslen_2", amount: 1000n }),
    ]
    const detailAt = (reserve: bigint) =>
      planCollect(aPlan({ entries, reserve })).detail
    expect(detailAt(1000n)).toBe(
      "At least 10.00 USD is kept back as a reserve."
    )
    expect(detailAt(0n)).toBeNull()
  })

  it("keeps no debt from being closed by what it would keep", () => {
    const entries = [
      anEntry({ available_at: EARLY, amount: 1000n }),
      anEntry({ id: "mslen_2", amount: -1000n }),
      anEntry({ id: "mslen_3", amount: 300n }),
    ]
    expect(planCollect(aPlan({ entries, reserve: 5000n })).pay).toEqual({
      entry_ids: ["mslen_2", "mslen_1"],
      amount: 0n,
      method: "netting",
    })
  })
})

it("a reserve is named where the schedule would pay, not the next moment of it", () => {
  const entries = [anEntry({ available_at: EARLY })]

  expect(
    planCollect(aPlan({ entries, schedule: DAILY, reserve: 6000n }))
  ).toMatchObject({
    pay: null,
    reason: "hold",
    detail: "At least 60.00 USD is kept back as a reserve.",
    next_due_at: null,
  })
})

describe("the decision on sums", () => {
  it("is the decision on entries", () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const { entries, ...terms } = { ...given, reserve: 0n }
        const { pay: _pay, ...verdict } = planCollect({ ...terms, entries })

        expect(decideOnSums(terms, sumUp({ ...terms, entries }))).toEqual(
          verdict
        )
      }),
      runs(2000)
    )
  })

  it("refuses what depends on the entries", () => {
    const { entries, ...terms } = aPlan({ reserve: 1n })

    expect(() => decideOnSums(terms, sumUp({ ...terms, entries }))).toThrow(
      RangeError
    )
  })
})

describe("needsApproval", () => {
  it("counts a spendback by its size", () => {
    const policy = { kind: "above", amounts: { USD: 1000n } } as const
    const asks = (amount: bigint, currency_code = "USD") =>
      needsApproval(policy, { amount, currency_code })

    expect([asks(1000n), asks(1001n)]).toEqual([false, true])
    expect([asks(-1000n), asks(-1001n)]).toEqual([false, true])
    expect(asks(5000n, "EUR")).toBe(false)
  })
})
