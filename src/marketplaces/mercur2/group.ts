import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import {
  type OrderLink,
  type OrderRow,
  PaymentRow,
  readOrders,
} from "../order-rows"
import { hasOffers } from "./version"

/** One checkout: an order for each seller, paid together. */
export type OrderGroup = {
  /** Of the group, or of the order where it has none. */
  id: string
  /** Oldest first; at least one. */
  orders: [OrderRow, ...OrderRow[]]
  payments: PaymentRow[]
}

const GroupRow = z.object({
  orders: z.array(z.object({ id: z.string() }).nullish()).nullish(),
})
const CollectionRow = z.object({
  id: z.string(),
  payments: z.array(PaymentRow).nullish(),
})
const CartRow = z.object({ payment_collection: CollectionRow.nullish() })

type Collections = Map<string, PaymentRow[]>

/** The group of the order, whichever of its orders is given, or `null` when there is no such order. */
export async function readGroup(
  container: MedusaContainer,
  order_id: string
): Promise<OrderGroup | null> {
  const links: OrderLink[] = ["seller.id", "order_group.id"]
  if (hasOffers(container)) links.push("items.offer.seller_id")
  const read = (ids: string[]) =>
    readOrders(container, { filters: { id: ids }, links })

  const [given] = await read([order_id])
  if (!given) return null
  const group_id = given.order_group?.id
  const ids = group_id ? await idsOfGroup(container, group_id) : []
  const isGrouped = ids.includes(given.id)
  const [first, ...others] = isGrouped ? await read(ids) : [given]
  if (!first) return null
  return {
    id: isGrouped && group_id ? group_id : given.id,
    orders: [first, ...others],
    payments: await readPayments(container, [first, ...others]),
  }
}

async function idsOfGroup(
  container: MedusaContainer,
  group_id: string
): Promise<string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_group",
    fields: ["id", "orders.id"],
    filters: { id: group_id },
  })
  return z
    .array(GroupRow)
    .parse(data)
    .flatMap(({ orders }) => orders ?? [])
    .flatMap((order) => order?.id ?? [])
}

/**
 * Each payment once. The checkout's collection is reached through the cart:
 * until 2.2 it is linked to orders as well, since 2.3 to none. What was paid
 * later, for an edit say, has a collection at its own order.
 */
async function readPayments(
  container: MedusaContainer,
  orders: readonly OrderRow[]
): Promise<PaymentRow[]> {
  const collections: Collections = new Map()
  for (const { payment_collections } of orders) {
    for (const { id, payments } of payment_collections ?? []) {
      collections.set(id, payments ?? [])
    }
  }
  const cart_ids = [
    ...new Set(orders.flatMap(({ cart_link }) => cart_link?.cart_id ?? [])),
  ]
  for (const { id, payments } of await readCarts(container, cart_ids)) {
    collections.set(id, payments ?? [])
  }
  return [...collections.values()].flat()
}

async function readCarts(
  container: MedusaContainer,
  ids: string[]
): Promise<z.infer<typeof CollectionRow>[]> {
  if (ids.length === 0) return []
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: [
      "id",
      "payment_collection.id",
      "payment_collection.payments.captures.raw_amount",
      "payment_collection.payments.refunds.id",
      "payment_collection.payments.refunds.created_at",
      "payment_collection.payments.refunds.raw_amount",
    ],
    filters: { id: ids },
    withDeleted: true,
  })
  return z
    .array(CartRow)
    .parse(data)
    .flatMap(({ payment_collection }) => payment_collection ?? [])
}
