import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

const PaymentRow = z.object({
  payment_collection: z
    .object({ cart: z.object({ id: z.string() }).nullish() })
    .nullish(),
})
const OrderCartRow = z.object({ order_id: z.string() })

/**
 * The orders that these payments are linked to by their cart alone: marketplaces
 * that split a checkout need not link its payment to any of its orders.
 */
export async function ordersOfPayments(
  container: MedusaContainer,
  payment_ids: readonly string[]
): Promise<string[]> {
  if (payment_ids.length === 0) return []
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: payments } = await query.graph({
    entity: "payment",
    fields: ["id", "payment_collection.cart.id"],
    filters: { id: [...payment_ids] },
  })
  const cart_ids = z
    .array(PaymentRow)
    .parse(payments)
    .flatMap(({ payment_collection }) => payment_collection?.cart?.id ?? [])
  if (cart_ids.length === 0) return []

  const { data: orders } = await query.graph({
    entity: "order_cart",
    fields: ["order_id", "cart_id"],
    filters: { cart_id: [...new Set(cart_ids)] },
  })
  return z
    .array(OrderCartRow)
    .parse(orders)
    .map(({ order_id }) => order_id)
    .sort()
}
