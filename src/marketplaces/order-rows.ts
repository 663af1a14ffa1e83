import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { ChangeCause } from "../domain/facts"
import { exact } from "./decimals"
import { readCauses } from "./order-causes"

/**
 * The parts of an order that say who is owed what, as `query.graph` gives
 * them. Amounts come from the exact `raw_*` fields, because the plain ones are
 * doubles.
 */

const RawAmount = z
  .object({ value: z.union([z.string(), z.number()]) })
  .transform(({ value }) => exact(value))
const RawQuantity = RawAmount.nullish().transform((value) => value ?? "0")
const Metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {})

const ItemRow = z.object({
  id: z.string(),
  created_at: z.coerce.date().nullish(),
  title: z.string().nullish(),
  product_id: z.string().nullish(),
  variant_id: z.string().nullish(),
  metadata: Metadata,
  /** What of a seller's assortment was bought (Mercur). */
  offer: z.object({ seller_id: z.string().nullish() }).nullish(),
  raw_unit_price: RawAmount,
  raw_quantity: RawAmount,
  raw_total: RawAmount,
  raw_tax_total: RawAmount,
  detail: z.object({
    raw_fulfilled_quantity: RawQuantity,
    raw_delivered_quantity: RawQuantity,
    raw_return_received_quantity: RawQuantity,
    raw_return_dismissed_quantity: RawQuantity,
  }),
})
export type ItemRow = z.infer<typeof ItemRow> &
  Caused & { came_back_by: ChangeCause | null }

/** What an exchange or a claim did to the line, where one did. */
type Caused = { brought_by: ChangeCause | null }

const ShippingRow = z.object({
  id: z.string(),
  name: z.string().nullish(),
  raw_total: RawAmount,
  raw_tax_total: RawAmount,
})
export type ShippingRow = z.infer<typeof ShippingRow> & Caused

const MoneyRow = z.object({ raw_amount: RawAmount })
const RefundRow = MoneyRow.extend({
  id: z.string(),
  created_at: z.coerce.date(),
})
const CreditLineRow = MoneyRow.extend({ metadata: Metadata })
export const PaymentRow = z.object({
  captures: z.array(MoneyRow).nullish(),
  refunds: z.array(RefundRow).nullish(),
})
export type PaymentRow = z.infer<typeof PaymentRow>

const FIRST_VERSION = 1

const Ref = z.object({ id: z.string() }).nullish()

const OrderRow = z.object({
  id: z.string(),
  display_id: z.number().nullish(),
  version: z.number().nullish(),
  status: z.string(),
  is_draft_order: z.boolean().nullish(),
  canceled_at: z.unknown(),
  created_at: z.coerce.date(),
  currency_code: z.string(),
  metadata: Metadata,
  raw_total: RawAmount,
  credit_lines: z.array(CreditLineRow).nullish(),
  items: z.array(ItemRow).nullish(),
  shipping_methods: z.array(ShippingRow).nullish(),
  payment_collections: z
    .array(
      z.object({ id: z.string(), payments: z.array(PaymentRow).nullish() })
    )
    .nullish(),
  /** The cart it was checked out from; none for orders made in the back office. */
  cart_link: z.object({ cart_id: z.string() }).nullish(),
  sales_channel_id: z.string().nullish(),
  vendor: Ref,
  seller: Ref,
  order_group: Ref,
})
export type OrderRow = Omit<
  z.infer<typeof OrderRow>,
  "items" | "shipping_methods"
> & {
  items: ItemRow[]
  shipping_methods: ShippingRow[]
}

// Totals are right only when everything they are computed from is selected.
const ORDER_FIELDS = [
  "id",
  "display_id",
  "version",
  "status",
  "is_draft_order",
  "canceled_at",
  "created_at",
  "currency_code",
  "sales_channel_id",
  "metadata",
  "total",
  "raw_total",
  "credit_lines.*",
  "items.*",
  "items.detail.*",
  "items.tax_lines.*",
  "items.adjustments.*",
  "items.raw_unit_price",
  "items.raw_quantity",
  "items.total",
  "items.raw_total",
  "items.raw_tax_total",
  "shipping_methods.*",
  "shipping_methods.tax_lines.*",
  "shipping_methods.adjustments.*",
  "shipping_methods.total",
  "shipping_methods.raw_total",
  "shipping_methods.raw_tax_total",
  // The link alone: the cart itself would be one more read, and may be gone.
  "cart_link.cart_id",
  "payment_collections.id",
  "payment_collections.payments.captures.raw_amount",
  "payment_collections.payments.refunds.id",
  "payment_collections.payments.refunds.created_at",
  "payment_collections.payments.refunds.raw_amount",
]

/** What hosts link to an order or its lines, by the path it is read at. Ask only for what this shop has. */
export type OrderLink =
  "vendor.id" | "seller.id" | "order_group.id" | "items.offer.seller_id"

/**
 * Reads orders with their lines and payments, oldest first, lines in the order
 * of their ids. `links` may name only links that this shop has.
 */
export async function readOrders(
  container: MedusaContainer,
  {
    filters,
    links = [],
  }: { filters: Record<string, unknown>; links?: readonly OrderLink[] }
): Promise<OrderRow[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: [...ORDER_FIELDS, ...links],
    filters,
    pagination: { order: { id: "ASC" } },
  })
  const orders = z.array(OrderRow).parse(data)
  // Nothing was exchanged or claimed of what is as it was placed.
  const changed = orders.filter(({ version }) => version !== FIRST_VERSION)
  const { brought, came_back } = await readCauses(
    container,
    changed.map(({ id }) => id)
  )
  return orders.map((row) => ({
    ...row,
    items: [...(row.items ?? [])].sort(byId).map((item) => ({
      ...item,
      brought_by: brought.get(item.id) ?? null,
      came_back_by: came_back.get(item.id) ?? null,
    })),
    shipping_methods: [...(row.shipping_methods ?? [])]
      .sort(byId)
      .map((method) => ({
        ...method,
        brought_by: brought.get(method.id) ?? null,
      })),
  }))
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** A non-empty string under `key`, or `null`: metadata may hold anything. */
export function textFrom(
  metadata: Record<string, unknown>,
  key: string
): string | null {
  const value = metadata[key]
  if (typeof value !== "string") return null
  const text = value.trim()
  return text === "" ? null : text
}
