import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { lookAgainAt } from "../shop-events"

export default async function settleEditedOrder({
  event,
  container,
}: SubscriberArgs<{ order_id: string }>): Promise<void> {
  await lookAgainAt(container, event, { order_id: event.data.order_id })
}

export const config: SubscriberConfig = {
  event: "order-edit.confirmed",
  context: { subscriberId: "masspay-order-edit-confirmed" },
}
