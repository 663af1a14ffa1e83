/** Lets at most `capacity` through at a time, first come first served. */
export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(capacity: number) {
    this.#free = capacity
  }

  /** Resolves to what must be called once, on the way out. Rejects when `signal` aborts first. */
  async enter(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1
    else await this.#wait(signal)
    return () => {
      this.#leave()
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", give_up)
        resolve()
      }
      const give_up = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(new Error("Gave up waiting"))
      }
      if (signal.aborted) {
        reject(new Error("Gave up waiting"))
        return
      }
      signal.addEventListener("abort", give_up, { once: true })
      this.#waiting.push(enter)
    })
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
