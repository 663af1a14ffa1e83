import type { Runtime } from "./runtime"

/** Longer than any wait; a timer cannot be set much further ahead. */
const WAIT_MS_MAX = 3_600_000

/**
 * Does what is due while nobody asks: a load whose time comes, papers that are
 * reviewed, a delivery that waited. Without it a running clock would have to be
 * looked at for something to happen.
 */
export class Alarm {
  private timer: NodeJS.Timeout | null = null
  private setForMs = Number.POSITIVE_INFINITY
  private isStopped = false

  constructor(
    private readonly runtime: Runtime,
    private readonly onTime: () => void
  ) {}

  /** Cheap when nothing earlier came up: call it on any change. */
  set(): void {
    const nowMs = Date.now()
    const dueMs = Math.max(this.nextMs(nowMs), nowMs)
    // One that rings too early looks again.
    const isSet = this.timer !== null && this.setForMs <= dueMs
    if (isSet || this.isStopped) return
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.setForMs = dueMs
    if (dueMs === Number.POSITIVE_INFINITY) return
    const waitMs = Math.min(dueMs - nowMs, WAIT_MS_MAX)
    this.timer = setTimeout(() => {
      this.timer = null
      this.setForMs = Number.POSITIVE_INFINITY
      this.onTime()
      this.set()
    }, waitMs)
    this.timer.unref()
  }

  stop(): void {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
  }

  /**
   * On the machine's clock. A delivery that may leave already is not waited for: it
   * goes when another one has come back.
   */
  private nextMs(nowMs: number): number {
    const { clock, store, papers, payouts, outbox, wiring } = this.runtime.world
    const canSend = wiring.webhookUrl !== null && !outbox.is_paused
    const sendable = canSend
      ? outbox.timesAfter({ virtual_ms: clock.now(), real_ms: nowMs })
      : { virtual: [], real: [] }
    const due = [
      store.scheduledLoads,
      store.flips,
      papers.reviews,
      payouts.steps,
    ].flatMap((index) => index.first()?.time_ms ?? [])
    const virtual = clock.state().is_frozen
      ? []
      : [...due, ...sendable.virtual].map((ms) => nowMs + ms - clock.now())
    return Math.min(...virtual, ...sendable.real)
  }
}
