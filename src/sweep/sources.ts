import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { ordersOfPayments } from "../marketplaces/orders-of-payments"

const OrderRef = z.object({ id: z.string() }).nullish()
const CollectionRef = z.object({ order: OrderRef }).nullish()
const ofPayment = z
  .object({
    payment: z.object({ payment_collection: CollectionRef }).nullish(),
  })
  .transform(({ payment }) => payment?.payment_collection?.order?.id)
const ofOrderId = z
  .object({ order_id: z.string().nullish() })
  .transform(({ order_id }) => order_id)

const PAYMENT_FIELDS = [
  "id",
  "payment.id",
  "payment.payment_collection.order.id",
]
const PaymentId = z.object({
  payment: z.object({ id: z.string() }).nullish(),
})

/**
 * Where a change of what vendors are due can show. Each is read by the time its
 * rows were last written; an event is needed for none of them.
 */
export const SOURCES = [
  {
    entity: "order",
    fields: ["id"],
    orderIdOf: z.object({ id: z.string() }).transform(({ id }) => id),
  },
  {
    entity: "order_change",
    fields: ["id", "order_id"],
    orderIdOf: ofOrderId,
  },
  {
    entity: "fulfillment",
    fields: ["id", "order.id"],
    orderIdOf: z
      .object({ order: OrderRef })
      .transform(({ order }) => order?.id),
  },
  { entity: "capture", fields: PAYMENT_FIELDS, orderIdOf: ofPayment },
  { entity: "refund", fields: PAYMENT_FIELDS, orderIdOf: ofPayment },
  { entity: "return", fields: ["id", "order_id"], orderIdOf: ofOrderId },
] as const

export type Source = (typeof SOURCES)[number]

type SourcePage = {
  order_ids: string[]
  /** Where the next page begins; `null` after the last one. */
  next_after: string | null
}

const Row = z.looseObject({ id: z.string() })

/**
 * One page of the orders that `source` saw change since then, by id: rows that
 * are written meanwhile can neither hide nor repeat others.
 */
export async function readPage(
  container: MedusaContainer,
  source: Source,
  page: {
    filters: Record<string, unknown>
    after: string | null
    limit: number
  }
): Promise<SourcePage> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: source.entity,
    fields: [...source.fields],
    filters: {
      ...page.filters,
      ...(page.after && { id: { $gt: page.after } }),
    },
    pagination: { take: page.limit, order: { id: "ASC" } },
  })
  const rows = z.array(Row).parse(data)
  const order_ids = rows.flatMap((row) => source.orderIdOf.parse(row) ?? [])
  const payment_ids = rows
    .filter((row) => !source.orderIdOf.parse(row))
    .flatMap((row) => PaymentId.parse(row).payment?.id ?? [])
  const by_cart = await ordersOfPayments(container, [...new Set(payment_ids)])
  return {
    order_ids: [...new Set([...order_ids, ...by_cart])],
    next_after: rows.length < page.limit ? null : (rows.at(-1)?.id ?? null),
  }
}
