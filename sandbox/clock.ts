export const DAY_MS = 86_400_000

export type ClockState = {
  now: string
  is_frozen: boolean
}

export type ClockSnapshot = {
  now_ms: number
  is_frozen: boolean
  /** The machine's time when the snapshot was taken. */
  taken_at_ms: number
}

/**
 * The sandbox's own time. It runs with the machine's clock unless frozen, and can
 * be moved forward, never back: key expiry and scheduled loads rely on that.
 */
export class VirtualClock {
  private anchorVirtualMs: number
  private anchorRealMs: number = Date.now()

  constructor(
    startMs: number,
    private isFrozen: boolean
  ) {
    this.anchorVirtualMs = startMs
  }

  /** A clock that was running ran on while nobody looked. */
  static restore(snapshot: ClockSnapshot): VirtualClock {
    const { now_ms, is_frozen, taken_at_ms } = snapshot
    const awayMs = is_frozen ? 0 : Math.max(0, Date.now() - taken_at_ms)
    return new VirtualClock(now_ms + awayMs, is_frozen)
  }

  now(): number {
    if (this.isFrozen) return this.anchorVirtualMs
    // The machine's clock may be set back; ours may not.
    return this.anchorVirtualMs + Math.max(0, Date.now() - this.anchorRealMs)
  }

  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** Throws a RangeError when the time given lies in the past. */
  moveTo(timeMs: number): void {
    const now = this.now()
    // Whoever read it a moment ago asks for the moment that it was.
    if (timeMs < now - 1) throw new RangeError("the clock only moves forward")
    this.anchorAt(Math.max(timeMs, now))
  }

  freeze(): void {
    this.anchorAt(this.now())
    this.isFrozen = true
  }

  run(): void {
    this.anchorAt(this.now())
    this.isFrozen = false
  }

  state(): ClockState {
    return { now: this.iso(), is_frozen: this.isFrozen }
  }

  snapshot(): ClockSnapshot {
    return {
      now_ms: this.now(),
      is_frozen: this.isFrozen,
      taken_at_ms: Date.now(),
    }
  }

  private anchorAt(timeMs: number): void {
    this.anchorVirtualMs = timeMs
    this.anchorRealMs = Date.now()
  }
}
