import { createHash } from "node:crypto"

import { chance } from "../chance"
import type { EventContent } from "./bodies"
import {
  type ArmedWebhookFault,
  type WebhookFaultInput,
  WebhookFaults,
} from "./faults"
import { Line, type Now } from "./line"
import { WebhookPlan, type WebhookPlanState } from "./plan"
import {
  type Delivery,
  DELIVERY_STATES,
  type DeliveryKind,
  type DeliveryState,
  NO_TREATMENT,
  type Treatment,
  type WebhookEvent,
} from "./types"

/** So many that are over are kept to be read and sent again, or a few more. */
const KEPT_MAX = 10_000
const SHUFFLE = 1

export type OutboxSnapshot = {
  last_event: number
  last_delivery: number
  is_paused: boolean
  counts: Record<DeliveryState, number>
  events: WebhookEvent[]
  deliveries: (Omit<Delivery, "event"> & { event_token: string })[]
  faults: readonly ArmedWebhookFault[]
  plan: WebhookPlanState | null
}

function noCounts(): Record<DeliveryState, number> {
  return Object.fromEntries(
    DELIVERY_STATES.map((state) => [state, 0])
  ) as Record<DeliveryState, number>
}

/**
 * What was told, and what is still to be told. Knows nothing of the network: it
 * lines deliveries up, and whoever sends them takes the next one and says what came
 * of it. No more than `queueLimit` of them ever wait.
 */
export class Outbox {
  is_paused = false
  plan: WebhookPlan | null = null
  readonly counts = noCounts()
  private faults = new WebhookFaults()
  private lastEvent = 0
  private lastDelivery = 0
  private readonly kept = new Map<string, Delivery>()
  private readonly line = new Line()

  /** What the plan and the armed faults make of an event joins the queue. */
  add(content: EventContent, now: Now, queueLimit: number): Delivery[] {
    this.lastEvent += 1
    const { body, ...about } = content
    const text = JSON.stringify(body)
    const event: WebhookEvent = {
      ...about,
      token: `whe_${this.lastEvent}`,
      body: text,
      body_sha256: createHash("sha256").update(text).digest("hex"),
      created_ms: now.virtual_ms,
      signature: null,
    }
    const planned = this.plan?.draw() ?? NO_TREATMENT
    const treatment = this.faults.take(event.event_type) ?? planned
    const kinds: DeliveryKind[] = [
      "first",
      ...repeat("copy", treatment.copies),
      ...repeat("resigned", treatment.resigned),
      ...repeat("forged", treatment.forged),
      ...repeat("tampered", treatment.tampered),
    ]
    return kinds.map((kind) =>
      this.queue(event, kind, { treatment, now, queueLimit })
    )
  }

  /** One more delivery of an event that was told before. */
  again(
    event: WebhookEvent,
    kind: DeliveryKind,
    how: { now: Now; queueLimit: number }
  ): Delivery {
    return this.queue(event, kind, { treatment: NO_TREATMENT, ...how })
  }

  /**
   * Takes the next delivery out of the line, or null when none may leave yet. With
   * `isHurried` nothing that was scripted to wait does.
   */
  next(now: Now, { isHurried = false } = {}): Delivery | null {
    return this.line.next(now, { lastNumber: this.lastDelivery, isHurried })
  }

  /** All that wait for a clock, or to give way, may leave as soon as they can. */
  hurry(): void {
    this.line.hurry()
  }

  /** The moments to come at which one more may leave, on either clock. */
  timesAfter(now: Now): { virtual: number[]; real: number[] } {
    return this.line.timesAfter(now)
  }

  /** Sends it again, not before so long from now on the machine's clock. */
  retry(delivery: Delivery, now: Now, restMs: number): void {
    this.setState(delivery, "waiting")
    delivery.real_ms = now.real_ms + restMs
    this.line.add(delivery)
  }

  setState(delivery: Delivery, state: DeliveryState): void {
    this.counts[delivery.state] -= 1
    this.counts[state] += 1
    delivery.state = state
  }

  find(token: string): Delivery | undefined {
    return this.kept.get(token)
  }

  /** In order of creation. */
  deliveries(): Delivery[] {
    return [...this.kept.values()]
  }

  isWaiting(): boolean {
    return this.counts.waiting + this.counts.sending > 0
  }

  armFault(input: WebhookFaultInput): ArmedWebhookFault {
    return this.faults.arm(input)
  }

  armedFaults(): readonly ArmedWebhookFault[] {
    return this.faults.list()
  }

  clearFaults(): void {
    this.faults.clear()
  }

  snapshot(): OutboxSnapshot {
    const deliveries = this.deliveries()
    return {
      last_event: this.lastEvent,
      last_delivery: this.lastDelivery,
      is_paused: this.is_paused,
      counts: this.counts,
      events: [...new Set(deliveries.map(({ event }) => event))],
      deliveries: deliveries.map(({ event, ...rest }) => ({
        ...rest,
        event_token: event.token,
      })),
      faults: this.faults.list(),
      plan: this.plan?.state() ?? null,
    }
  }

  /** What was under way when the snapshot was taken is sent again. */
  static restore(snapshot: OutboxSnapshot): Outbox {
    const outbox = new Outbox()
    outbox.lastEvent = snapshot.last_event
    outbox.lastDelivery = snapshot.last_delivery
    outbox.is_paused = snapshot.is_paused
    Object.assign(outbox.counts, snapshot.counts)
    outbox.faults = new WebhookFaults(snapshot.faults)
    outbox.plan = snapshot.plan && WebhookPlan.restore(snapshot.plan)
    const events = new Map(snapshot.events.map((event) => [event.token, event]))
    for (const { event_token, ...rest } of snapshot.deliveries) {
      const event = events.get(event_token)
      if (!event) throw new Error(`There is no event ${event_token}`)
      const delivery = { ...rest, event }
      outbox.kept.set(delivery.token, delivery)
      if (delivery.state === "sending") outbox.setState(delivery, "waiting")
      if (delivery.state === "waiting") {
        outbox.line.add(delivery)
      }
    }
    return outbox
  }

  private queue(
    event: WebhookEvent,
    kind: DeliveryKind,
    how: { treatment: Treatment; now: Now; queueLimit: number }
  ): Delivery {
    const { treatment, now, queueLimit } = how
    const isFull = this.counts.waiting + this.counts.sending >= queueLimit
    const state = isFull ? "dropped" : treatment.is_lost ? "lost" : "waiting"
    this.lastDelivery += 1
    const number = this.lastDelivery
    const isGenuine = kind !== "forged" && kind !== "tampered"
    const delivery: Delivery = {
      token: `whd_${number}`,
      number,
      event,
      kind,
      stale_ms: isGenuine ? treatment.stale_ms : 0,
      place: placeOf(number, treatment),
      time_ms: now.virtual_ms + treatment.delay_ms,
      real_ms: now.real_ms + treatment.real_delay_ms,
      state,
      signature: null,
      attempts: [],
    }
    this.counts[state] += 1
    this.keep(delivery)
    if (state === "waiting") {
      this.line.add(delivery)
    }
    return delivery
  }

  private keep(delivery: Delivery): void {
    this.kept.set(delivery.token, delivery)
    const { waiting, sending } = this.counts
    if (this.kept.size - waiting - sending < 2 * KEPT_MAX) return
    let surplus = KEPT_MAX
    for (const { token, state } of this.kept.values()) {
      if (surplus === 0) break
      if (state === "waiting" || state === "sending") continue
      this.kept.delete(token)
      surplus -= 1
    }
  }
}

function repeat(kind: DeliveryKind, count: number): DeliveryKind[] {
  return Array.from({ length: count }, () => kind)
}

function placeOf(number: number, { shuffle, seed }: Treatment): number {
  const places =
    seed === null
      ? shuffle
      : Math.floor(chance(seed, number, SHUFFLE) * (shuffle + 1))
  // After the one whose place it gives way to, before the next.
  return places === 0 ? number : number + places + 0.5
}
