import fc from "fast-check"

import { CASES, holds } from "../../support/property"
import { assertSame, Books, factsOf, shapeOf } from "./refund-builders"
import { after, nothingOf, returns, vendor } from "./return-builders"

describe("shipping of several vendors that come back bit by bit", () => {
  it("never move the shipping that several share by a cent more than at once, and all of it comes back", () => {
    const shape = shapeOf(vendor, fc.constant(null), fc.constant(0))
    holds(
      fc.property(shape, returns, (shape, returns) => {
        const [inSteps, atOnce] = [
          new Books(shape.policy),
          new Books(shape.policy),
        ]
        inSteps.settle(factsOf(shape))
        atOnce.settle(factsOf(shape))
        let now = shape
        for (const one of returns) {
          now = after(now, one, "shipping")
          inSteps.settle(factsOf(now, 0, 99))
        }
        atOnce.settle(factsOf(now, 0, 99))

        assertSame(inSteps.booked(), atOnce.booked(), "All at once")
        inSteps.settle(factsOf(nothingOf(now), 0, 0))
        assertSame(inSteps.booked(), {}, "Everything returned")
      }),
      CASES
    )
  })
})
