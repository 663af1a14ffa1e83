import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { lookAgainAt } from "../shop-events"

export default async function settleCanceledOrder({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await lookAgainAt(container, event, { order_id: event.data.id })
}

export const config: SubscriberConfig = {
  event: "order.canceled",
  context: { subscriberId: "masspay-order-canceled" },
}
