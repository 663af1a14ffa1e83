import {
  negateDecimal,
  parseDecimal,
  printDecimal,
  sumDecimals,
} from "../../../src/domain/decimal"
import type {
  LineFacts,
  OrderFacts,
  OrderState,
} from "../../../src/domain/facts"
import type {
  BookedSettlement,
  SettlementPolicy,
  SettlementResult,
} from "../../../src/domain/settle"

export const NOON = new Date("2026-03-01T12:00:00Z")
export const WEEK_LATER = new Date("2026-03-08T12:00:00Z")

function plus(...texts: string[]): string {
  return printDecimal(sumDecimals(texts.map(parseDecimal)))
}

export function minus(text: string): string {
  return printDecimal(negateDecimal(parseDecimal(text)))
}

/** Due at once, 10 percent commission, shipping and tax to the vendor. */
export function aPolicy(
  overrides: Partial<SettlementPolicy> = {}
): SettlementPolicy {
  return {
    since: null,
    release_on: "completed",
    hold_days: 0,
    commission_basis_points: 1000,
    shipping: "by_value",
    tax: "vendor",
    ...overrides,
  }
}

export function aLine(overrides: Partial<LineFacts> = {}): LineFacts {
  return {
    ref: "item_1",
    kind: "item",
    order_id: "order_1",
    title: "Shirt",
    quantity: 1,
    vendor_id: "v1",
    net: "100",
    tax: "0",
    ...overrides,
  }
}

export function aShipping(overrides: Partial<LineFacts> = {}): LineFacts {
  return aLine({
    ref: "ship_1",
    kind: "shipping",
    title: "Parcel",
    vendor_id: null,
    net: "10",
    ...overrides,
  })
}

export function anOrder(overrides: Partial<OrderState> = {}): OrderState {
  return {
    order_id: "order_1",
    display_id: 7,
    is_canceled: false,
    is_completed: true,
    is_fulfilled: true,
    is_delivered: true,
    ...overrides,
  }
}

/**
 * A captured, completed order. The total is what lines and `unattributed` make,
 * unless given; what `unattributed` takes off was refunded.
 */
export function theFacts(overrides: Partial<OrderFacts> = {}): OrderFacts {
  const lines = overrides.lines ?? [aLine()]
  const unattributed = overrides.unattributed ?? "0"
  const total = plus(
    ...lines.flatMap((line) => [line.net, line.tax]),
    unattributed
  )
  return {
    root_order_id: "order_1",
    currency_code: "USD",
    placed_at: "2026-01-01T00:00:00.000Z",
    total,
    lines,
    unattributed,
    orders: [anOrder()],
    vendors: [],
    payment: {
      captured: "full",
      captured_total: total,
      refunded_total: unattributed.startsWith("-") ? minus(unattributed) : "0",
    },
    ...overrides,
  }
}

/** The row after `result` was applied to `before`, as the books would keep it. */
export function book(
  result: SettlementResult,
  before?: BookedSettlement
): BookedSettlement {
  const { difference } = result
  const booked = (before?.booked ?? 0n) + (difference?.amount ?? 0n)
  return {
    order_id: result.order_id,
    vendor_id: result.vendor_id,
    currency_code: result.currency_code,
    revision: (before?.revision ?? 0) + (difference ? 1 : 0),
    booked,
    commission_basis_points: result.commission_basis_points,
    commission_fixed: result.commission_fixed,
    tax_rule: result.tax_rule,
    lines: result.lines,
    released_at: result.released_at,
    available_at: result.available_at,
    is_earned: (before?.is_earned ?? false) || difference !== null,
  }
}
