import type { ChangeCause } from "../../../src/domain/facts"
import type { Row } from "./memory-shop"
import { decimal, type Priced, type Sale, type SaleItem } from "./sale"

/** Orders as `query.graph` of Medusa 2.21 gives them, exact amounts in `raw_*`. */

export const ORDER_RELATIONS = [
  "items",
  "shipping_methods",
  "credit_lines",
  "payment_collections",
  "cart_link",
]

const PLACED_AT = "2026-03-01T10:00:00.000Z"
const LATER = "2026-03-01T11:00:00.000Z"

function raw(value: bigint | number): { value: string } {
  return { value: typeof value === "number" ? String(value) : decimal(value) }
}

/** Plain amounts are doubles, as in Medusa: an adapter that reads them drifts. */
function double(value: bigint): number {
  return Number(decimal(value))
}

export function itemRow(
  item: SaleItem,
  now: Priced & { id: string; quantity: number; returned: number }
): Row {
  return {
    id: now.id,
    title: item.id,
    created_at: item.is_added ? LATER : PLACED_AT,
    product_id: `prod_${item.id}`,
    variant_id: `variant_${item.id}`,
    // A customer may write this when she puts the item into her cart.
    metadata: { vendor_id: "mallory" },
    unit_price: Number(item.unit_price),
    raw_unit_price: { value: item.unit_price },
    raw_quantity: raw(now.quantity),
    total: double(now.total),
    raw_total: raw(now.total),
    raw_tax_total: raw(now.tax),
    detail: {
      raw_fulfilled_quantity: raw(0),
      raw_delivered_quantity: raw(0),
      raw_return_received_quantity: raw(now.returned),
      raw_return_dismissed_quantity: raw(0),
    },
    tax_lines: [],
    adjustments: [],
  }
}

/** The exchanges and claims of these orders: what they brought, and what came back for them. */
export function changeRows(
  sale: Sale,
  orders: readonly Row[]
): { order_exchange: Row[]; order_claim: Row[] } {
  const rowsOf = (cause: ChangeCause): Row[] =>
    orders.flatMap((order) => {
      const named = (key: "brought_by" | "came_back_by") =>
        (order.items as Row[]).filter((row) =>
          sale.items.some(
            (item) => item.id === row.title && item[key] === cause
          )
        )
      const came_back = named("came_back_by")
      return {
        id: `${cause}_${String(order.id)}`,
        order_id: order.id,
        deleted_at: null,
        additional_items: [
          ...named("brought_by").map(({ id }) => ({
            item_id: id,
            ...(cause === "claim" && { is_additional_item: true }),
          })),
          // What is claimed stands in the same table.
          ...(cause === "claim"
            ? (order.items as Row[]).map(({ id }) => ({
                item_id: id,
                is_additional_item: false,
              }))
            : []),
        ],
        shipping_methods: [],
        return: {
          items: (order.items as Row[]).map((row) => ({
            item_id: row.id,
            // Asked back for it, and not all of it came.
            raw_received_quantity: raw(came_back.includes(row) ? 1 : 0),
          })),
        },
      }
    })
  return { order_exchange: rowsOf("exchange"), order_claim: rowsOf("claim") }
}

export function shippingRow(id: string, price: bigint): Row {
  return {
    id,
    name: "Parcel",
    total: double(price),
    raw_total: raw(price),
    raw_tax_total: raw(0n),
    tax_lines: [],
    adjustments: [],
  }
}

export function collectionRow(
  id: string,
  { captured, refunded }: { captured: bigint; refunded: bigint }
): Row {
  const moneyRows = (amount: bigint, kind: string) =>
    amount === 0n
      ? []
      : [{ id: `${kind}_${id}`, created_at: LATER, raw_amount: raw(amount) }]
  return {
    id,
    payments: [
      {
        id: `pay_${id}`,
        captures: moneyRows(captured, "capt"),
        refunds: moneyRows(refunded, "ref"),
      },
    ],
  }
}

export function orderRow(order: {
  id: string
  display_id: number
  currency: string
  total: bigint
  /** By a refund, with a credit line. */
  written_off?: bigint
  /** Paid with a gift card at the checkout. */
  credit?: bigint
  items: Row[]
  shipping_methods?: Row[]
  payment_collections?: Row[]
  is_canceled?: boolean
  is_completed?: boolean | undefined
  metadata?: Row
  /** `null`: made by the shop, not checked out from a cart. */
  cart_id?: string | null
}): Row {
  const { is_canceled = false, written_off = 0n, cart_id = "cart_1" } = order
  return {
    id: order.id,
    display_id: order.display_id,
    status: is_canceled
      ? "canceled"
      : order.is_completed
        ? "completed"
        : "pending",
    is_draft_order: false,
    canceled_at: is_canceled ? PLACED_AT : null,
    created_at: PLACED_AT,
    deleted_at: null,
    currency_code: order.currency,
    sales_channel_id: "sc_web",
    // The first is what a customer may write, who wants another's sale.
    metadata: order.metadata ?? {
      vendor_id: "mallory",
      parent_order_id: "order_other",
    },
    total: double(order.total),
    raw_total: raw(order.total),
    items: order.items,
    shipping_methods: order.shipping_methods ?? [],
    payment_collections: order.payment_collections ?? [],
    credit_lines: [
      ...creditRows(`${order.id}_gift`, order.credit ?? 0n, {}),
      ...creditRows(`${order.id}_refund`, written_off, {
        created_in_version: 2,
      }),
    ],
    cart_link: cart_id === null ? null : { cart_id },
  }
}

function creditRows(id: string, amount: bigint, metadata: Row): Row[] {
  return amount === 0n ? [] : [{ id, raw_amount: raw(amount), metadata }]
}
