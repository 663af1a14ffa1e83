import fc from "fast-check"

import {
  CLAWBACK_RUNGS,
  type ClawbackFacts,
  type ClawbackPayout,
  type ClawbackRung,
  type ClawbackStep,
  decideClawback,
  type NegativeEntry,
} from "../../../src/domain/clawback"
import {
  PAYOUT_METHODS,
  PAYOUT_STATUSES,
} from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

const EVERY_RUNG: readonly ClawbackRung[] = CLAWBACK_RUNGS
const TAKING = ["cancel", "reverse", "spend_back"]

let made = 0
function aPayout(overrides: Partial<ClawbackPayout> = {}): ClawbackPayout {
  made += 1
  return {
    id: `mspo_${made}`,
    status: "completed",
    amount: 100n,
    remote_status: "COMPLETED",
    is_unsent: false,
    method: "wallet",
    was_reversed: false,
    was_cancelled: false,
    is_related: true,
    created_at: new Date(1_000 * made),
    ...overrides,
  }
}

function anEntry(overrides: Partial<NegativeEntry> = {}): NegativeEntry {
  made += 1
  return {
    id: `mslen_${made}`,
    amount: -100n,
    created_at: new Date(1_000 * made),
    is_held: false,
    was_refused: false,
    ...overrides,
  }
}

function facts(overrides: Partial<ClawbackFacts> = {}): ClawbackFacts {
  return {
    open: -100n,
    due: -100n,
    negatives: [anEntry()],
    payouts: [],
    are_orders_swept: true,
    may_be_debited: true,
    ...overrides,
  }
}

function decide(
  overrides: Partial<ClawbackFacts>,
  ladder: readonly ClawbackRung[] = EVERY_RUNG
): ClawbackStep {
  return decideClawback(facts(overrides), ladder)
}

const unsent = () =>
  aPayout({ status: "ready", is_unsent: true, remote_status: null })
const scheduled = (overrides: Partial<ClawbackPayout> = {}) =>
  aPayout({ status: "accepted", remote_status: "SCHEDULED", ...overrides })

describe("decideClawback", () => {
  it("does nothing where she has nothing too much", () => {
    expect(decide({ open: 5n, due: 5n })).toEqual({ do: "nothing" })
    expect(decide({ open: 0n, due: 0n })).toEqual({ do: "nothing" })
  })

  it("remakes what was not sent, before anything is taken", () => {
    expect(decide({ payouts: [aPayout(), scheduled(), unsent()] })).toEqual({
      do: "remake",
    })
  })

  it("remakes what was not sent also where later earnings would cover it", () => {
    expect(decide({ open: 400n, payouts: [unsent()] })).toEqual({
      do: "remake",
    })
  })

  it("does not remake for what is not due yet, which no new payout would take", () => {
    expect(decide({ due: 0n, payouts: [unsent()] }, ["void"])).toEqual({
      do: "carry",
    })
  })

  it("does not remake where the shop does not allow it, nor a spendback", () => {
    expect(decide({ payouts: [unsent()] }, ["carry"])).toEqual({ do: "carry" })
    expect(
      decide({ payouts: [{ ...unsent(), amount: -100n }] }, ["void"])
    ).toEqual({ do: "carry" })
  })

  it("takes nothing that later earnings cover", () => {
    expect(decide({ open: 1n, payouts: [scheduled(), aPayout()] })).toEqual({
      do: "carry",
    })
  })

  it.each(["sending", "unknown", "needs_review"] as const)(
    "waits for proof while a payout is %s",
    (status) => {
      expect(
        decide({ payouts: [aPayout(), scheduled(), aPayout({ status })] })
      ).toEqual({ do: "wait", reason: "unproven" })
    }
  )

  it.each(["pending", "ready", "blocked"] as const)(
    "waits for proof while it is not known what became of a %s one",
    (status) => {
      expect(
        decide({ payouts: [aPayout({ status, is_unsent: false })] })
      ).toEqual({ do: "wait", reason: "unproven" })
    }
  )

  it.each<Partial<ClawbackPayout>>([
    { status: "reversing" },
    { status: "cancelled" },
    { status: "accepted", remote_status: "SCHEDULED", was_cancelled: true },
  ])("takes one thing back at a time: %j", (overrides) => {
    expect(decide({ payouts: [aPayout(), aPayout(overrides)] })).toEqual({
      do: "wait",
      reason: "taking_back",
    })
  })

  it("cancels what is scheduled before it takes from her wallet; the related one, then the youngest", () => {
    const [old, young] = [
      scheduled({ is_related: false }),
      scheduled({ is_related: false }),
    ]
    const related = scheduled({ created_at: new Date(0) })
    const payouts = [aPayout(), old, young]
    expect(decide({ payouts })).toEqual({ do: "cancel", payout_id: young.id })
    expect(decide({ payouts: [...payouts, related] })).toEqual({
      do: "cancel",
      payout_id: related.id,
    })
  })

  it("does not cancel what MassPay is processing", () => {
    expect(
      decide({ payouts: [scheduled({ remote_status: "PROCESSING" })] }, [
        "cancel-scheduled",
      ])
    ).toEqual({ do: "carry" })
  })

  it("reverses a related payout that she owes whole, once", () => {
    const paid = aPayout()
    const ladder = ["reverse"] as const
    expect(decide({ payouts: [paid] }, ladder)).toEqual({
      do: "reverse",
      payout_id: paid.id,
    })
    for (const not of [
      { amount: 101n },
      { amount: -100n },
      { is_related: false },
      { was_reversed: true },
      { method: "direct" as const },
      { status: "accepted" as const },
    ]) {
      expect(decide({ payouts: [aPayout(not)] }, ladder)).toEqual({
        do: "carry",
      })
    }
  })

  it("takes nothing from her wallet until every order was read after a restore", () => {
    expect(
      decide({ are_orders_swept: false, payouts: [aPayout()], wallet: 100n })
    ).toEqual({ do: "carry" })
  })

  it("asks what her wallet holds, then spends back whole entries that fit, the largest first", () => {
    const [first, second, third] = [
      anEntry({ amount: -60n }),
      anEntry({ amount: -50n }),
      anEntry({ amount: -40n }),
    ]
    const owing = { open: -120n, negatives: [third, second, first] }
    expect(decide(owing)).toEqual({ do: "read_wallet" })
    expect(decide({ ...owing, wallet: 500n })).toEqual({
      do: "spend_back",
      entry_ids: [first.id, second.id],
      amount: -110n,
    })
    expect(decide({ ...owing, wallet: 100n })).toEqual({
      do: "spend_back",
      entry_ids: [first.id, third.id],
      amount: -100n,
    })
    expect(decide({ ...owing, wallet: 39n })).toEqual({ do: "carry" })
    expect(decide({ ...owing, wallet: null })).toEqual({ do: "carry" })
  })

  it("does not ask about a wallet that nothing would be taken from", () => {
    for (const overrides of [
      { may_be_debited: false },
      { negatives: [anEntry({ is_held: true })] },
      { negatives: [anEntry({ was_refused: true })] },
      { negatives: [anEntry({ amount: -101n })] },
    ]) {
      expect(decide(overrides, ["spendback"])).toEqual({ do: "carry" })
    }
  })

  it("goes by the shop's order and stops at carry", () => {
    const paid = aPayout()
    const owing = { payouts: [paid], wallet: 100n }
    expect(decide(owing, ["spendback", "reverse"])).toMatchObject({
      do: "spend_back",
    })
    expect(decide(owing, ["reverse", "spendback"])).toEqual({
      do: "reverse",
      payout_id: paid.id,
    })
    expect(decide(owing, ["carry"])).toEqual({ do: "carry" })
  })

  it("never takes more than she owes, nor anything while something is not proven", () => {
    const payout = fc.record({
      id: fc.uuid(),
      method: fc.constantFrom(...PAYOUT_METHODS),
      status: fc.constantFrom(...PAYOUT_STATUSES),
      amount: fc.bigInt({ min: -200n, max: 200n }),
      remote_status: fc.constantFrom("SCHEDULED", "COMPLETED", null),
      is_unsent: fc.boolean(),
      was_reversed: fc.boolean(),
      was_cancelled: fc.boolean(),
      is_related: fc.boolean(),
      created_at: fc.date({ noInvalidDate: true }),
    })
    const entry = fc.record({
      id: fc.uuid(),
      amount: fc.bigInt({ min: -200n, max: -1n }),
      created_at: fc.date({ noInvalidDate: true }),
      is_held: fc.boolean(),
      was_refused: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.record({
          open: fc.bigInt({ min: -300n, max: 50n }),
          due: fc.bigInt({ min: -300n, max: 50n }),
          negatives: fc.array(entry, { maxLength: 5 }),
          payouts: fc.array(payout, { maxLength: 5 }),
          are_orders_swept: fc.boolean(),
          may_be_debited: fc.boolean(),
          wallet: fc.option(fc.bigInt({ min: 0n, max: 300n }), {
            nil: null,
          }),
        }),
        fc.shuffledSubarray([...CLAWBACK_RUNGS]),
        (given, ladder) => {
          const step = decideClawback(given, ladder)
          const isTaking = TAKING.includes(step.do)
          const isOpen = given.payouts.some(({ status }) =>
            ["sending", "unknown", "needs_review", "reversing"].includes(status)
          )
          expect(isTaking && (isOpen || given.open >= 0n)).toBe(false)
          if (step.do === "spend_back") {
            expect(-step.amount).toBeLessThanOrEqual(-given.open)
            expect(-step.amount).toBeLessThanOrEqual(given.wallet ?? 0n)
            const taken = given.negatives.filter(({ id }) =>
              step.entry_ids.includes(id)
            )
            expect(taken.some((each) => each.was_refused || each.is_held)).toBe(
              false
            )
            expect(taken.reduce((sum, { amount }) => sum + amount, 0n)).toBe(
              step.amount
            )
          }
          if (step.do === "reverse") {
            const taken = given.payouts.find(({ id }) => id === step.payout_id)
            expect(taken?.amount ?? 0n).toBeLessThanOrEqual(-given.open)
          }
          const allowed: Partial<Record<ClawbackStep["do"], ClawbackRung>> = {
            remake: "void",
            cancel: "cancel-scheduled",
            reverse: "reverse",
            read_wallet: "spendback",
            spend_back: "spendback",
          }
          const rung = allowed[step.do]
          expect(rung === undefined || ladder.includes(rung)).toBe(true)
        }
      ),
      runs(5_000)
    )
  })
})
