import type { OrderFacts } from "../../domain/facts"
import { add, isAtLeast, subtract } from "../decimals"
import { paidOf } from "../order-facts"
import type { OrderGroup } from "./group"

type Totals = Pick<OrderFacts, "total"> & ReturnType<typeof paidOf>

/**
 * What a group costs now and what was paid of it. A refund shows in one of two
 * ways, and counts once:
 *
 * - until 2.2 Medusa writes it off on one of the orders, not always the right
 *   one; the sum of the orders then has it;
 * - since 2.3 no order is linked to the payment, so no order has it. It is what
 *   the customer got back beyond what the orders became cheaper.
 */
export function totalsOf({ orders, payments }: OrderGroup): Totals {
  const paid = paidOf(payments, orders)
  const costs = add("0", ...orders.map(({ raw_total }) => raw_total))
  const kept = subtract(paid.captured_total, paid.refunded_total)
  const short = subtract(costs, kept)
  const unwritten = lesserOf(short, paid.refunded_total)
  return {
    ...paid,
    total: isAtLeast(unwritten, "0") ? subtract(costs, unwritten) : costs,
  }
}

function lesserOf(a: string, b: string): string {
  return isAtLeast(a, b) ? b : a
}
