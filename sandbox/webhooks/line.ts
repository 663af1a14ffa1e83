import { TimeIndex } from "../time-index"
import type { Delivery } from "./types"

/** How long a delivery gives way when nothing comes to give way to. */
const GIVE_WAY_MS = 250

export type Now = { virtual_ms: number; real_ms: number }

type Slot = {
  time_ms: number
  number: number
  token: string
  delivery: Delivery
}

/**
 * The deliveries that wait: first for the virtual clock, then for the machine's,
 * then for their turn.
 */
export class Line {
  private delayed = new TimeIndex<Slot>()
  private resting = new TimeIndex<Slot>()
  private readonly ready = new TimeIndex<Slot>()

  add(delivery: Delivery): void {
    enter(this.delayed, delivery, delivery.time_ms)
  }

  /**
   * Takes out the next one, or null when none may leave yet. `lastNumber` is that of
   * the latest delivery there is: who gives way to a later one waits for it. With
   * `isHurried` nobody waits.
   */
  next(
    now: Now,
    { lastNumber, isHurried }: { lastNumber: number; isHurried: boolean }
  ): Delivery | null {
    if (isHurried) this.hurry()
    this.promote(now)
    const slot = this.ready.first()
    if (!slot) return null
    const { delivery } = slot
    const isItsTurn = Math.floor(delivery.place) <= lastNumber
    const gaveWayMs = now.real_ms - delivery.real_ms
    if (!isItsTurn && !isHurried && gaveWayMs < GIVE_WAY_MS) return null
    this.ready.remove(slot)
    return delivery
  }

  /** Nobody waits any more but for their turn. */
  hurry(): void {
    const waiting = [...this.delayed.all(), ...this.resting.all()]
    if (waiting.length === 0) return
    this.delayed = new TimeIndex<Slot>()
    this.resting = new TimeIndex<Slot>()
    for (const { delivery } of waiting) {
      enter(this.ready, delivery, delivery.place)
    }
  }

  /** The moments to come at which one more may leave, on either clock. */
  timesAfter(now: Now): { virtual: number[]; real: number[] } {
    const first = this.ready.first()?.delivery
    const after = (ms: number | undefined, nowMs: number): number[] =>
      ms !== undefined && ms > nowMs ? [ms] : []
    return {
      virtual: after(this.delayed.first()?.time_ms, now.virtual_ms),
      real: [
        ...after(this.resting.first()?.time_ms, now.real_ms),
        ...after(first && first.real_ms + GIVE_WAY_MS, now.real_ms),
      ],
    }
  }

  private promote({ virtual_ms, real_ms }: Now): void {
    for (const { delivery } of takeUntil(this.delayed, virtual_ms)) {
      enter(this.resting, delivery, delivery.real_ms)
    }
    for (const { delivery } of takeUntil(this.resting, real_ms)) {
      enter(this.ready, delivery, delivery.place)
    }
  }
}

function enter(
  index: TimeIndex<Slot>,
  delivery: Delivery,
  time_ms: number
): void {
  const { number, token } = delivery
  index.add({ time_ms, number, token, delivery })
}

function takeUntil(index: TimeIndex<Slot>, timeMs: number): Slot[] {
  const taken: Slot[] = []
  for (;;) {
    const slot = index.first()
    if (!slot || slot.time_ms > timeMs) return taken
    index.remove(slot)
    taken.push(slot)
  }
}
