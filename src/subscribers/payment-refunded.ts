import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { lookAgainAt } from "../shop-events"

export default async function settleRefundedOrder({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await lookAgainAt(container, event, { payment_id: event.data.id })
}

export const config: SubscriberConfig = {
  event: "payment.refunded",
  context: { subscriberId: "masspay-payment-refunded" },
}
