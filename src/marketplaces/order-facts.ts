import { exponentOf, isKnownCurrency } from "../domain/currency"
import type { LineFacts, OrderFacts, OrderState } from "../domain/facts"
import { add, exact, isAtLeast, isZero, subtract } from "./decimals"
import type { ItemRow, OrderRow, PaymentRow, ShippingRow } from "./order-rows"

/** What every adapter says about an order in the same way. */

/** How many pieces are still with the customer: bought, less what came back. */
export function currentQuantity(item: ItemRow): string {
  return subtract(
    item.raw_quantity,
    item.detail.raw_return_received_quantity,
    item.detail.raw_return_dismissed_quantity
  )
}

export function isCanceled(order: OrderRow): boolean {
  return order.status === "canceled" || Boolean(order.canceled_at)
}

/** An item line at the price it has now, after discounts and returns. */
export function itemLine(
  item: ItemRow,
  line: { order_id: string; vendor_id: string | null; is_canceled: boolean }
): LineFacts {
  return {
    ref: item.id,
    kind: "item",
    order_id: line.order_id,
    title: item.title ?? "",
    quantity: Number(currentQuantity(item)),
    vendor_id: line.vendor_id,
    product_id: item.product_id ?? null,
    brought_by: item.brought_by,
    came_back_by: item.came_back_by,
    ...netAndTax(item, line.is_canceled),
  }
}

export function shippingLine(
  method: ShippingRow,
  line: { order_id: string; vendor_id: string | null; is_canceled: boolean }
): LineFacts {
  return {
    ref: method.id,
    kind: "shipping",
    order_id: line.order_id,
    title: method.name ?? "",
    quantity: 1,
    vendor_id: line.vendor_id,
    brought_by: method.brought_by,
    ...netAndTax(method, line.is_canceled),
  }
}

// Nobody is owed anything for a cancelled order, whatever its lines still say.
function netAndTax(
  row: { raw_total: string; raw_tax_total: string },
  is_canceled: boolean
): { net: string; tax: string } {
  if (is_canceled) return { net: "0", tax: "0" }
  return {
    net: subtract(row.raw_total, row.raw_tax_total),
    tax: row.raw_tax_total,
  }
}

export function stateOf(order: OrderRow): OrderState {
  const is_canceled = isCanceled(order)
  const has_items = order.items.length > 0
  return {
    order_id: order.id,
    display_id: order.display_id ?? null,
    is_canceled,
    // Only completed, cancelled and draft orders can be archived.
    is_completed:
      order.status === "completed" ||
      (order.status === "archived" && !is_canceled && !order.is_draft_order),
    is_fulfilled:
      has_items &&
      order.items.every((item) =>
        isAtLeast(item.detail.raw_fulfilled_quantity, item.raw_quantity)
      ),
    is_delivered:
      has_items &&
      order.items.every((item) =>
        isAtLeast(item.detail.raw_delivered_quantity, item.raw_quantity)
      ),
  }
}

/** Every vendor that a line names, in the order of their ids. */
export function vendorIdsOf(lines: readonly LineFacts[]): string[] {
  return [...new Set(lines.flatMap(({ vendor_id }) => vendor_id ?? []))].sort()
}

type Paid = Required<Omit<OrderFacts["payment"], "captured">>

/** Puts facts together; `unattributed` is whatever makes the lines add up to the total. */
export function balancedFacts(
  root: Pick<OrderRow, "id" | "currency_code" | "created_at">,
  parts: Pick<OrderFacts, "lines" | "orders" | "vendors" | "total"> & Paid
): OrderFacts {
  const { captured_total, refunded_total, refunds, credits_total, ...facts } =
    parts
  const explained = facts.lines.flatMap(({ net, tax }) => [net, tax])
  return {
    root_order_id: root.id,
    currency_code: root.currency_code.toUpperCase(),
    placed_at: root.created_at.toISOString(),
    unattributed: subtract(facts.total, ...explained),
    payment: {
      captured: capturedState({
        total: facts.total,
        captured: captured_total,
        kept: subtract(captured_total, refunded_total),
        tolerance: halfAUnit(root.currency_code),
      }),
      captured_total,
      refunded_total,
      refunds,
      credits_total,
    },
    ...facts,
  }
}

/** The payments of these orders, each once: several orders may have one collection. */
export function paymentsOf(orders: readonly OrderRow[]): PaymentRow[] {
  const collections = new Map(
    orders
      .flatMap(({ payment_collections }) => payment_collections ?? [])
      .map(({ id, payments }) => [id, payments ?? []])
  )
  return [...collections.values()].flat()
}

/** What was captured by these payments and went back, and what these orders were paid with besides. */
export function paidOf(
  payments: readonly PaymentRow[],
  orders: readonly OrderRow[]
): Paid {
  const sumOf = (kind: "captures" | "refunds"): string =>
    add(
      "0",
      ...payments.flatMap((payment) =>
        (payment[kind] ?? []).map(({ raw_amount }) => raw_amount)
      )
    )
  return {
    captured_total: sumOf("captures"),
    refunded_total: sumOf("refunds"),
    refunds: payments.flatMap(({ refunds }) =>
      (refunds ?? []).map(({ id, raw_amount, created_at }) => ({
        id,
        amount: raw_amount,
        refunded_at: created_at.toISOString(),
      }))
    ),
    credits_total: add("0", ...orders.flatMap(creditsOf)),
  }
}

/**
 * What the order was paid with when it was placed: gift cards, store credit. A
 * credit that a later change of the order brought says in which version; most of
 * those are refunds, and refunds are counted by themselves.
 */
function creditsOf({ credit_lines }: OrderRow): string[] {
  return (credit_lines ?? [])
    .filter(({ metadata }) => metadata.created_in_version === undefined)
    .map(({ raw_amount }) => raw_amount)
}

function capturedState(payment: {
  total: string
  captured: string
  kept: string
  tolerance: string
}): OrderFacts["payment"]["captured"] {
  // A total may have more decimals than anybody can pay.
  if (isAtLeast(add(payment.kept, payment.tolerance), payment.total)) {
    return "full"
  }
  return isZero(payment.captured) ? "none" : "partial"
}

/** The largest amount that rounding to the currency can hide: half a unit, "0.005" for USD. */
function halfAUnit(currency_code: string): string {
  if (!isKnownCurrency(currency_code)) return "0"
  return exact(`5e-${exponentOf(currency_code) + 1}`)
}
