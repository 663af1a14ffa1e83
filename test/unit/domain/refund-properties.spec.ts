import fc from "fast-check"

import type { SettlementResult } from "../../../src/domain/settle"
import { holds, MANY_CASES, must } from "../../support/property"
import {
  assertSame,
  Books,
  factsOf,
  settledIn,
  type Shape,
  shapeOf,
  wholeOf,
} from "./refund-builders"

/** Permille of what is left to take: any sequence of these is a sequence of partial refunds. */
const steps = fc.array(fc.integer({ min: 1, max: 1000 }), {
  minLength: 1,
  maxLength: 3,
})

describe("partial refunds of a vendor who sold everything", () => {
  const shape = shapeOf(
    fc.constant("v1"),
    fc.constantFrom("v1", null),
    fc.constantFrom(0, 0, 3)
  )

  it("never drift by a cent, in any order, and the full refund returns exactly the share", () => {
    holds(
      fc.property(shape, steps, (shape, steps) => {
        const whole = wholeOf([...shape.items, ...shape.shipping])
        const amounts = refundsOf(whole, steps)
        const sum = amounts.reduce((so_far, amount) => so_far + amount, 0)
        const sold = new Books(shape.policy)
        sold.settle(factsOf(shape))
        const forward = sold.copy()
        refundInSteps(forward, shape, amounts)
        const all = [forward]
        const turned = [...amounts].reverse()
        if (turned.join() !== amounts.join()) {
          const backward = sold.copy()
          refundInSteps(backward, shape, turned)
          assertSame(forward.booked(), backward.booked(), "Another order")
          all.push(backward)
        }
        const isEarned = forward.of("v1")?.is_earned ?? false
        const [atOnce] = settledIn(
          factsOf(shape, sum),
          shape.policy
        ).settlements
        assertSame(
          forward.booked(),
          { v1: isEarned ? (atOnce?.net ?? 0n) : 0n },
          "All at once"
        )

        for (const books of all) {
          books.settle(factsOf(shape, whole))
          assertSame(books.booked(), {}, "The full refund")
        }
      }),
      MANY_CASES
    )
  })

  function refundsOf(whole: number, steps: readonly number[]): number[] {
    let left = whole
    return steps.map((step) => {
      const amount = Math.floor((left * step) / 1000)
      left -= amount
      return amount
    })
  }

  function refundInSteps(
    books: Books,
    shape: Shape,
    amounts: readonly number[]
  ): void {
    const isHers = shape.policy.shipping === "by_value"
    const hers = wholeOf([...shape.items, ...(isHers ? shape.shipping : [])])
    let refunded = 0
    for (const amount of amounts) {
      refunded += amount
      const [row] = books.settle(factsOf(shape, refunded))
      if (!row || shape.finer > 0) continue
      // In whole minor units what she has is known exactly: the whole less the refunds.
      const taken = Math.min(refunded, hers)
      must(row.refunded === BigInt(taken), () => `${row.refunded} taken off`)
      must(row.gross === BigInt(hers - taken), () => `gross ${row.gross}`)
      if (refunded <= hers) assertExactShares(shape, row, { refunded, hers })
    }
  }

  /** No line is further than a unit of net and a unit of tax from its exact share. */
  function assertExactShares(
    shape: Shape,
    row: SettlementResult,
    { refunded, hers }: { refunded: number; hers: number }
  ): void {
    if (hers === 0) return
    const [all, left] = [BigInt(hers), BigInt(hers - refunded)]
    for (const line of row.lines) {
      const [kind, index = "0"] = line.ref.split("_")
      if (kind !== "item") continue
      const { net, tax } = shape.items[Number(index)] ?? { net: 0, tax: 0 }
      const off = BigInt(line.gross) * all - BigInt(net + tax) * left
      must(off < 2n * all && off > -2n * all, () => JSON.stringify(line))
    }
  }
})
