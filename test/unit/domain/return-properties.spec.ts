import fc from "fast-check"

import { CASES, holds, must } from "../../support/property"
import {
  assertSame,
  Books,
  factsOf,
  type Shape,
  shapeOf,
  sumOf,
} from "./refund-builders"
import { after, nothingOf, returns, vendor } from "./return-builders"

describe("goods of several vendors that come back bit by bit", () => {
  /** Nearest, a tie to the even one; by numbers that a double carries exactly. */
  function commissionOf(net: number, basis_points: number): number {
    const product = net * basis_points
    const down = Math.floor(product / 10_000)
    const twice = (product - down * 10_000) * 2
    if (twice === 10_000) return down % 2 === 0 ? down : down + 1
    return twice > 10_000 ? down + 1 : down
  }

  /** What the lines of a vendor are worth to her, worked out line by line. */
  function expectedNet(shape: Shape, vendor_id: string): bigint {
    const { commission_basis_points, tax, shipping } = shape.policy
    const keepsTax = tax === "vendor"
    const ofItems = shape.items
      .filter((item) => item.vendor_id === vendor_id)
      .map(
        (item) =>
          item.net -
          commissionOf(item.net, commission_basis_points) +
          (keepsTax ? item.tax : 0)
      )
    const ofShipping = shape.shipping
      .filter((one) => shipping === "by_value" && one.vendor_id === vendor_id)
      .map((one) => one.net + (keepsTax ? one.tax : 0))
    return sumOf([...ofItems, ...ofShipping].map(BigInt))
  }

  it("leave every vendor exactly what her own lines are still worth, and nothing in the end", () => {
    const shape = shapeOf(
      vendor,
      fc.constantFrom("v1", "v2", "v3"),
      fc.constant(0)
    )
    holds(
      fc.property(shape, returns, (shape, returns) => {
        const books = new Books(shape.policy)
        books.settle(factsOf(shape))
        let now = shape
        for (const [index, one] of returns.entries()) {
          now = after(now, one, "all")
          books.settle(factsOf(now, 0, 99 - index))
          for (const { vendor_id, is_earned, booked } of books.rows) {
            const expected = is_earned ? expectedNet(now, vendor_id) : 0n
            must(
              booked === expected,
              () => `${vendor_id} has ${booked}, not ${expected}`
            )
          }
        }
        books.settle(factsOf(nothingOf(now), 0, 0))
        assertSame(books.booked(), {}, "Everything returned")
      }),
      CASES
    )
  })
})
