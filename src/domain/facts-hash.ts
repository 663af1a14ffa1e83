import { compareKeys } from "./allocate"
import { canonicalCurrency } from "./currency"
import { parseDecimal, printDecimal } from "./decimal"
import type { OrderFacts } from "./facts"
import { sha256 } from "./ids"
import type { CommissionRate, SettlementPolicy } from "./settle-types"

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
      line.product_id ?? null,
      [...(line.category_ids ?? [])].sort(compareKeys),
      line.commission
        ? [canonicalDecimal(line.commission.amount), line.commission.source]
        : null,
      line.brought_by ?? null,
      line.came_back_by ?? null,
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
        canonicalDecimal(facts.payment.credits_total ?? "0"),
      ],
      [
        policy.since?.toISOString() ?? null,
        policy.release_on,
        policy.hold_days,
        policy.commission_basis_points,
        policy.shipping,
        policy.tax,
      ],
      commissionOf(policy),
    ])
  )
}

/** The order of categories counts, so it stays; that of everything else does not. */
function commissionOf({ commission = {} }: SettlementPolicy): unknown[] {
  const {
    fixed = {},
    vendors = {},
    categories = {},
    products = {},
  } = commission
  return [
    amounts(fixed),
    rates(vendors).sort(([a], [b]) => compareKeys(a, b)),
    rates(categories),
    rates(products).sort(([a], [b]) => compareKeys(a, b)),
  ]
}

function rates(
  record: Readonly<Record<string, CommissionRate>>
): [string, number, [string, string][]][] {
  return Object.entries(record).map(([id, { basis_points, fixed }]) => [
    id,
    basis_points,
    amounts(fixed),
  ])
}

function amounts(record: Readonly<Record<string, bigint>>): [string, string][] {
  return Object.entries(record)
    .map(([key, amount]): [string, string] => [key, amount.toString()])
    .sort(([a], [b]) => compareKeys(a, b))
}

function canonicalDecimal(text: string): string {
  return printDecimal(parseDecimal(text))
}
