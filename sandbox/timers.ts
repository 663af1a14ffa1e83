/** Real-time waits that all end at once, by rejecting, when the sandbox stops. */
export class Timers {
  private readonly waiting = new Map<NodeJS.Timeout, (error: Error) => void>()
  isStopped = false

  wait(delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(timer)
        resolve()
      }, delayMs)
      this.waiting.set(timer, reject)
    })
  }

  stop(): void {
    this.isStopped = true
    for (const [timer, reject] of this.waiting) {
      clearTimeout(timer)
      reject(new Error("The sandbox stopped"))
    }
    this.waiting.clear()
  }
}
