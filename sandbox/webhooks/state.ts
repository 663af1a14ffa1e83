import type { World } from "../world"
import type { ArmedWebhookFault } from "./faults"
import type { WebhookPlanState } from "./plan"
import type { DeliveryState } from "./types"

export type WebhookState = {
  is_on: boolean
  url: string | null
  /** The secrets themselves are not shown. */
  secret_count: number
  queue_limit: number
  is_paused: boolean
  /** Of all deliveries there ever were. */
  counts: Record<DeliveryState, number>
  faults: ArmedWebhookFault[]
  plan: WebhookPlanState | null
}

export function viewWebhooks({ outbox, wiring }: World): WebhookState {
  return {
    is_on: wiring.hasWebhooks,
    url: wiring.webhookUrl,
    secret_count: wiring.webhookSecrets.length,
    queue_limit: wiring.queueLimit,
    is_paused: outbox.is_paused,
    counts: { ...outbox.counts },
    faults: outbox.armedFaults().map((fault) => ({ ...fault })),
    plan: outbox.plan?.state() ?? null,
  }
}
