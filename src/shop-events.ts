import type { Event, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { failureFields } from "./failure"
import { ordersOfPayments } from "./marketplaces/orders-of-payments"
import { logTo } from "./runners/log"
import { settleAndPay } from "./workflows/settlement/settle-and-pay"

/** What a shop event is about. It names where to look, never what to believe. */
type Subject =
  { order_id: string } | { payment_id: string } | { fulfillment_id: string }

/**
 * What every subscriber does: look at the order again. Never throws: the shop's
 * event has other listeners, and what fails here is found by the sweep.
 */
export async function lookAgainAt(
  container: MedusaContainer,
  event: Pick<Event, "name">,
  subject: Subject
): Promise<void> {
  const log = logTo(container.resolve(ContainerRegistrationKeys.LOGGER))
  try {
    for (const order_id of await orderIdsOf(container, subject)) {
      await settleAndPay(container, order_id)
    }
  } catch (error) {
    const failure = failureFields(error)
    // Others settled it that many times meanwhile: nothing is wrong.
    const tell = failure.code === "masspay.order_busy" ? "info" : "warn"
    log[tell]("order.not_settled", {
      topic: event.name,
      ...subject,
      ...failure,
    })
  }
}

const PaymentRow = z.object({
  payment_collection: z
    .object({ order: z.object({ id: z.string() }).nullish() })
    .nullish(),
})
const FulfillmentRow = z.object({
  order: z.object({ id: z.string() }).nullish(),
})

async function orderIdsOf(
  container: MedusaContainer,
  subject: Subject
): Promise<string[]> {
  if ("order_id" in subject) return [subject.order_id]

  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  if ("payment_id" in subject) {
    const { data } = await query.graph({
      entity: "payment",
      fields: ["id", "payment_collection.order.id"],
      filters: { id: subject.payment_id },
    })
    const order_ids = z
      .array(PaymentRow)
      .parse(data)
      .flatMap(({ payment_collection }) => payment_collection?.order?.id ?? [])
    return order_ids.length > 0
      ? order_ids
      : ordersOfPayments(container, [subject.payment_id])
  }
  const { data } = await query.graph({
    entity: "fulfillment",
    fields: ["id", "order.id"],
    filters: { id: subject.fulfillment_id },
  })
  return z
    .array(FulfillmentRow)
    .parse(data)
    .flatMap(({ order }) => order?.id ?? [])
}
