import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { lookAgainAt } from "../shop-events"

export default async function settleDeliveredOrder({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await lookAgainAt(container, event, { fulfillment_id: event.data.id })
}

export const config: SubscriberConfig = {
  event: "delivery.created",
  context: { subscriberId: "masspay-delivery-created" },
}
