import fc from "fast-check"

import {
  type OpenEntry,
  planCollect,
  type PlanCollectInput,
} from "../../../src/domain/collect"
import { PAYEE_STATUSES } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

const NOON = new Date("2026-03-01T12:00:00Z")
const LATER = new Date("2026-03-08T12:00:00Z")

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
    has_funding_wallet: true,
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
      available_at: fc.constantFrom(NOON, LATER),
      is_held: fc.boolean(),
    }),
    { selector: (entry) => entry.id, maxLength: 6 }
  ),
  payee: fc.record({
    status: fc.constantFrom(...PAYEE_STATUSES),
    is_paused: fc.boolean(),
    is_being_read: fc.boolean(),
  }),
  has_funding_wallet: fc.boolean(),
  minimum: fc.bigInt({ min: 0n, max: 5n }),
  repeated_cancels: fc.integer({ min: 0, max: 3 }),
  now: fc.constant(NOON),
})

describe("planCollect", () => {
  it("never takes an entry that is held or not due, and always the sum of what it takes", () => {
    fc.assert(
      fc.property(anyPlan, (input) => {
        const { pay, reason, due } = planCollect(input)

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
        expect(pay.amount).toBe(due)
      }),
      runs(2000)
    )
  })

  it("never pays a payee who cannot take it, nor a negative or small sum", () => {
    fc.assert(
      fc.property(anyPlan, (input) => {
        const { pay } = planCollect(input)
        if (!pay) return
        expect(pay.method).toBe(pay.amount === 0n ? "netting" : "wallet")
        if (pay.method === "netting") return

        expect(input.payee).toEqual({
          status: "active",
          is_paused: false,
          is_being_read: false,
        })
        expect(pay.amount > 0n && pay.amount >= input.minimum).toBe(true)
        expect(input.has_funding_wallet).toBe(true)
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
