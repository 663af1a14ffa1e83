/** Stopped before a connection was asked for: too many wait, or this one waited too long. */
export class NoFreeSlotError extends Error {}

/** Lets at most `capacity` through at a time, first come first served, and at most `waiting_max` wait. */
export class Gate {
  #free: number
  readonly #waiting_max: number
  readonly #waiting: (() => void)[] = []

  constructor({
    capacity,
    waiting_max,
  }: {
    capacity: number
    waiting_max: number
  }) {
    this.#free = capacity
    this.#waiting_max = waiting_max
  }

  /** Resolves to what must be called once, on the way out. Rejects when `signal` aborts first, and at once when too many wait. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1
    else await this.#wait(signal)
    return () => {
      this.#leave()
    }
  }

  #wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener("abort", give_up)
        resolve()
      }
      const give_up = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(new NoFreeSlotError("Gave up waiting"))
      }
      if (signal?.aborted || this.#waiting.length >= this.#waiting_max) {
        reject(new NoFreeSlotError("Too many wait"))
        return
      }
      signal?.addEventListener("abort", give_up, { once: true })
      this.#waiting.push(enter)
    })
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
