import fc from "fast-check"

import { ENTRY_KINDS } from "../../../src/domain/payout-status"
import {
  balanceStatement,
  PAYOUT_LINE_KINDS,
  payoutLineKind,
  type StatementLineKind,
} from "../../../src/domain/statement"
import { aHistory, changesOf } from "../../support/ledger-histories"
import { holds } from "../../support/property"
import { randomFrom } from "../../support/random"

const KINDS: readonly StatementLineKind[] = [
  ...ENTRY_KINDS,
  ...PAYOUT_LINE_KINDS,
]
const amount = fc.oneof(
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })
)
const lines = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), amount }), {
  maxLength: 40,
})
const sumOf = (items: readonly { amount: bigint }[]): bigint =>
  items.reduce((sum, item) => sum + item.amount, 0n)

describe("a statement", () => {
  it("adds up: opening and lines are the closing balance, and so are the totals", () => {
    holds(
      fc.property(amount, lines, (opening, given) => {
        const statement = balanceStatement(opening, given)

        expect(statement.closing).toBe(opening + sumOf(given))
        expect(opening + sumOf(statement.totals)).toBe(statement.closing)
        expect(statement.lines.at(-1)?.balance ?? opening).toBe(
          statement.closing
        )
        expect(
          statement.totals.reduce((count, total) => count + total.count, 0)
        ).toBe(given.length)
        expect(new Set(statement.totals.map(({ kind }) => kind)).size).toBe(
          statement.totals.length
        )
      }),
      2_000
    )
  })

  it("goes on where the period before ended, wherever the time is cut", () => {
    holds(
      fc.property(amount, lines, fc.nat(40), (opening, given, cut) => {
        const whole = balanceStatement(opening, given)
        const first = balanceStatement(opening, given.slice(0, cut))
        const second = balanceStatement(first.closing, given.slice(cut))

        expect([...first.lines, ...second.lines]).toEqual(whole.lines)
        expect(second.closing).toBe(whole.closing)
      }),
      2_000
    )
  })

  it("of nothing has no totals and one balance", () => {
    expect(balanceStatement(-5n, [])).toEqual({
      opening: -5n,
      lines: [],
      totals: [],
      closing: -5n,
    })
  })

  it("says what became of a payout and of a spendback", () => {
    expect(
      (["wallet", "direct", "spendback"] as const).flatMap((method) => [
        payoutLineKind(method, true),
        payoutLineKind(method, false),
      ])
    ).toEqual([
      "payout",
      "payout_returned",
      "payout",
      "payout_returned",
      "spendback",
      "spendback_returned",
    ])
  })
})

describe("a payout's timeline", () => {
  it("never pays twice without a return between, and ends paid or as if it had not been", () => {
    holds(
      fc.property(fc.nat(), (seed) => {
        const history = aHistory(randomFrom(seed), {
          starts_at: 0,
          steps_max: 30,
        })
        const changes = changesOf(history)

        for (const [index, change] of changes.entries()) {
          expect(change.amount).toBe(
            index % 2 === 0 ? -history.amount : history.amount
          )
        }
        expect([0n, -history.amount]).toContain(sumOf(changes))
      }),
      5_000
    )
  })
})
