import type { OrderFacts } from "../../../src/domain/facts"
import {
  type BookedSettlement,
  settle,
  type SettlementPolicy,
  type SettlementResult,
} from "../../../src/domain/settle"
import { aLine, aPolicy, book, NOON, theFacts } from "./order-builders"

export function settled(
  facts: OrderFacts,
  {
    booked = [],
    policy = {},
    now = NOON,
  }: {
    booked?: BookedSettlement[]
    policy?: Partial<SettlementPolicy>
    now?: Date
  } = {}
): SettlementResult[] {
  return settle({ facts, booked, policy: aPolicy(policy), now })
}

export function of(
  results: SettlementResult[],
  vendor_id: string
): SettlementResult {
  const found = results.find((result) => result.vendor_id === vendor_id)
  if (!found) throw new Error(`No settlement of ${vendor_id}`)
  return found
}

/** The rows after settling `facts` for the first time. */
export function bookedFrom(
  facts: OrderFacts,
  policy: Partial<SettlementPolicy> = {}
): BookedSettlement[] {
  return settled(facts, { policy }).map((result) => book(result))
}

export const sale = theFacts()
export const twoVendors = theFacts({
  lines: [
    aLine({ ref: "a", vendor_id: "v1", net: "60", tax: "6" }),
    aLine({ ref: "b", vendor_id: "v2", net: "40", tax: "4" }),
  ],
})
