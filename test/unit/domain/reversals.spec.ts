import fc from "fast-check"

import {
  type ListedReversal,
  statusAfterReversals,
} from "../../../src/domain/reversals"

type Sent = Parameters<typeof statusAfterReversals>[1]
const SENT: Sent = { amount: 100_00n, currency_code: "MXN" }
let tokens = 0
const back = (
  amount: bigint | null,
  overrides: Partial<ListedReversal> = {}
): ListedReversal => ({
  reversal_token: `rev_${(tokens += 1)}`,
  status: amount === SENT.amount ? "COMPLETED" : "PARTIAL",
  currency_code: "MXN",
  amount,
  ...overrides,
})
const after = (
  reversals: ListedReversal[],
  { is_complete = true, sent = SENT } = {}
) => statusAfterReversals("COMPLETED", sent, { reversals, is_complete })

describe("what a payout is by its list of reversals", () => {
  it("is reversed when all of it came back, in one go or in parts", () => {
    expect(after([back(100_00n)])).toBe("REVERSED")
    expect(after([back(30_01n), back(69_99n)])).toBe("REVERSED")
  })

  it("is partly reversed when less came back, and what it was when nothing did", () => {
    expect(after([back(99_99n)])).toBe("PARTLY_REVERSED")
    expect(after([])).toBe("COMPLETED")
    expect(after([back(100_00n, { status: "FAILED" })])).toBe("COMPLETED")
    expect(
      statusAfterReversals("UNRECOGNISED", SENT, {
        reversals: [],
        is_complete: true,
      })
    ).toBe("UNRECOGNISED")
  })

  it("counts a reversal that is listed twice once", () => {
    const one = back(50_00n)
    expect(after([one, { ...one }])).toBe("PARTLY_REVERSED")
  })

  it("believes none of two rows of one reversal that contradict each other", () => {
    const one = back(100_00n)
    for (const other of [
      { ...one, status: "FAILED" as const },
      { ...one, amount: 50_00n },
      { ...one, currency_code: "USD" },
    ]) {
      expect(after([one, other])).toBe("UNRECOGNISED")
      expect(after([other, one])).toBe("UNRECOGNISED")
    }
  })

  it("is for a person when more came back than was sent", () => {
    expect(after([back(100_00n), back(1n)])).toBe("ERROR")
  })

  it.each<[string, ListedReversal[], Parameters<typeof after>[1]]>([
    ["a word nobody knows", [back(100_00n, { status: "UNRECOGNISED" })], {}],
    ["another currency", [back(100_00n, { currency_code: "USD" })], {}],
    ["an amount that cannot be told", [back(null)], {}],
    ["a list that may be cut", [back(100_00n)], { is_complete: false }],
    ["an empty list that may be cut", [], { is_complete: false }],
    [
      "an unknown amount that was sent",
      [back(1n)],
      { sent: { amount: null, currency_code: "MXN" } },
    ],
  ])("proves nothing from %s", (_, reversals, how) => {
    expect(after(reversals, how)).toBe("UNRECOGNISED")
  })

  it("never calls it reversed unless exactly what was sent came back", () => {
    const row = fc.record({
      reversal_token: fc.constantFrom("a", "b", "c", "d"),
      status: fc.constantFrom(
        "COMPLETED" as const,
        "PARTIAL" as const,
        "FAILED" as const,
        "UNRECOGNISED" as const
      ),
      currency_code: fc.constantFrom("MXN", "USD"),
      amount: fc.constantFrom(null, 1n, 40_00n, 60_00n, 100_00n),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: (one) => one.reversal_token }),
        fc.boolean(),
        (reversals, is_complete) => {
          const done = reversals.filter(({ status }) => status !== "FAILED")
          const sum = done.reduce((all, { amount }) => all + (amount ?? 0n), 0n)
          const isClear = done.every(
            (one) =>
              one.status !== "UNRECOGNISED" &&
              one.currency_code === "MXN" &&
              one.amount !== null
          )
          expect(after(reversals, { is_complete }) === "REVERSED").toBe(
            is_complete && isClear && sum === SENT.amount
          )
        }
      )
    )
  })
})
