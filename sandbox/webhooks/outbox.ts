import { createHash } from "node:crypto"

import { chance } from "../chance"
import { TimeIndex } from "../time-index"
import type { EventContent } from "./bodies"
import {
  type ArmedWebhookFault,
  type WebhookFaultInput,
  WebhookFaults,
} from "./faults"
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

/** How long a delivery gives way when nothing comes to give way to. */
const GIVE_WAY_MS = 250
/** So many that are over are kept to be read and sent again, or a few more. */
const KEPT_MAX = 10_000
const SHUFFLE = 1

type Slot = {
  time_ms: number
  number: number
  token: string
  delivery: Delivery
}

export type Now = { virtual_ms: number; real_ms: number }

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
  /** Wait for the virtual clock, then for the machine's, then for their turn. */
  private readonly delayed = new TimeIndex<Slot>()
  private readonly resting = new TimeIndex<Slot>()
  private readonly line = new TimeIndex<Slot>()

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
    if (isHurried) this.hurry()
    this.promote(now)
    const slot = this.line.first()
    if (!slot) return null
    const { delivery } = slot
    const isItsTurn = Math.floor(delivery.place) <= this.lastDelivery
    const gaveWayMs = now.real_ms - delivery.real_ms
    if (!isItsTurn && !isHurried && gaveWayMs < GIVE_WAY_MS) return null
    this.line.remove(slot)
    return delivery
  }

  /** All that wait may leave now. */
  hurry(): void {
    for (const index of [this.delayed, this.resting]) {
      for (const slot of [...index.all()]) {
        index.remove(slot)
        this.enter(this.line, slot.delivery, slot.delivery.place)
      }
    }
    for (const slot of this.line.all()) slot.delivery.real_ms = 0
  }

  /** The moments to come at which one more may leave, on either clock. */
  timesAfter(now: Now): { virtual: number[]; real: number[] } {
    const delayed = this.delayed.first()?.time_ms
    const resting = this.resting.first()?.time_ms
    const first = this.line.first()?.delivery
    const gaveWay = first && first.real_ms + GIVE_WAY_MS
    const after = (ms: number | undefined, nowMs: number): number[] =>
      ms !== undefined && ms > nowMs ? [ms] : []
    return {
      virtual: after(delayed, now.virtual_ms),
      real: [...after(resting, now.real_ms), ...after(gaveWay, now.real_ms)],
    }
  }

  /** Sends it again, not before so long from now on the machine's clock. */
  retry(delivery: Delivery, now: Now, restMs: number): void {
    this.setState(delivery, "waiting")
    delivery.real_ms = now.real_ms + restMs
    this.enter(this.resting, delivery, delivery.real_ms)
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
        outbox.enter(outbox.delayed, delivery, delivery.time_ms)
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
      this.enter(this.delayed, delivery, delivery.time_ms)
    }
    return delivery
  }

  private promote({ virtual_ms, real_ms }: Now): void {
    for (;;) {
      const slot = this.delayed.first()
      if (!slot || slot.time_ms > virtual_ms) break
      this.delayed.remove(slot)
      this.enter(this.resting, slot.delivery, slot.delivery.real_ms)
    }
    for (;;) {
      const slot = this.resting.first()
      if (!slot || slot.time_ms > real_ms) break
      this.resting.remove(slot)
      this.enter(this.line, slot.delivery, slot.delivery.place)
    }
  }

  private enter(
    index: TimeIndex<Slot>,
    delivery: Delivery,
    time_ms: number
  ): void {
    const { number, token } = delivery
    index.add({ time_ms, number, token, delivery })
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
