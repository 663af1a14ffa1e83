import type { JourneyAdapter } from "./journeys-adapters"
import { describeShop } from "./journeys-host"
import { ordersOfOneVendor } from "./journeys-of-one"
import { ordersOfTwoVendors } from "./journeys-of-two"

/** Everything that can happen to an order, in a shop of that marketplace model. */
export function describeJourneys(adapter: JourneyAdapter): void {
  describeShop(adapter, (begin) => {
    ordersOfOneVendor(begin)
    ordersOfTwoVendors(begin, adapter)
  })
}
