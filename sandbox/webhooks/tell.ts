import type { World } from "../world"
import type { EventContent } from "./bodies"
import type { Now } from "./line"
import type { Delivery } from "./types"

export function nowOf({ clock }: World): Now {
  return { virtual_ms: clock.now(), real_ms: Date.now() }
}

/**
 * Puts what happened into the outbox, where there is somebody to tell. Nothing is
 * sent here: that takes place outside the request that brought it about.
 */
export function tell(world: World, content: EventContent): Delivery[] {
  const { outbox, wiring } = world
  if (!wiring.hasWebhooks) return []
  const deliveries = outbox.add(content, nowOf(world), wiring.queueLimit)
  for (const delivery of deliveries) {
    if (delivery.state !== "waiting") note(world, delivery)
  }
  return deliveries
}

/** One line in the journal, with no word of what was told. */
export function note({ journal }: World, delivery: Delivery): void {
  const { event, state, kind, attempts } = delivery
  journal.append({
    kind: "webhook",
    event_type: event.event_type,
    delivery_id: delivery.token,
    event_id: event.token,
    delivery_kind: kind,
    state,
    status: attempts.at(-1)?.status ?? null,
    attempts: attempts.length,
    body_sha256: event.body_sha256,
    user_token: event.user_token,
    load_token: event.load_token,
    spendback_token: event.spendback_token,
    payout_token: event.payout_token ?? null,
  })
}
