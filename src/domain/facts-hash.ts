import { compareKeys } from "./allocate"
import { canonicalCurrency } from "./currency"
import { parseDecimal, printDecimal } from "./decimal"
import type { OrderFacts } from "./facts"
import { sha256 } from "./ids"
import type { SettlementPolicy } from "./settle-types"

/**
 * The same facts under the same policy give the same hash, whatever order they
 * were read in and however their decimals were written. Contact data is left
 * out: it changes nothing that is due.
 */
export function factsHash(facts: OrderFacts, policy: SettlementPolicy): string {
  const lines = facts.lines
    .map((line) => [
      line.kind,
      line.ref,
      line.order_id,
      line.vendor_id,
      line.title,
      line.quantity,
      canonicalDecimal(line.net),
      canonicalDecimal(line.tax),
      ...(line.commission
        ? [line.commission.source, canonicalDecimal(line.commission.amount)]
        : []),
    ])
    .map((line) => JSON.stringify(line))
    .sort(compareKeys)
  const orders = facts.orders
    .map((order) => [
      order.order_id,
      order.display_id,
      order.is_canceled,
      order.is_completed,
      order.is_fulfilled,
      order.is_delivered,
    ])
    .map((order) => JSON.stringify(order))
    .sort(compareKeys)
  return sha256(
    JSON.stringify([
      facts.root_order_id,
      canonicalCurrency(facts.currency_code),
      facts.placed_at,
      canonicalDecimal(facts.total),
      canonicalDecimal(facts.unattributed),
      lines,
      orders,
      [
        facts.payment.captured,
        canonicalDecimal(facts.payment.captured_total),
        canonicalDecimal(facts.payment.refunded_total),
      ],
      [
        policy.since?.toISOString() ?? null,
        policy.release_on,
        policy.hold_days,
        policy.commission_basis_points,
        policy.shipping,
        policy.tax,
      ],
    ])
  )
}

function canonicalDecimal(text: string): string {
  return printDecimal(parseDecimal(text))
}
