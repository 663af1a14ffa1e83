import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { lookAgainAt } from "../shop-events"

export default async function settleClaimedOrder({
  event,
  container,
}: SubscriberArgs<{ order_id: string }>): Promise<void> {
  await lookAgainAt(container, event, { order_id: event.data.order_id })
}

export const config: SubscriberConfig = {
  event: "order.claim_created",
  context: { subscriberId: "masspay-order-claim-created" },
}
