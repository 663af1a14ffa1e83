import { setTimeout as sleep } from "node:timers/promises"

/**
 * Asks again and again until the answer is there.
 *
 * @template T
 * @param {{ what: string, withinMs: number, pauseMs?: number,
 *   signal: AbortSignal, look: () => Promise<T | null> }} input `look` answers
 *   `null` for "not yet"
 * @returns {Promise<T>}
 * @throws {WaitError} after `withinMs`, or the signal's reason
 */
export async function waitFor({ what, withinMs, pauseMs = 250, signal, look }) {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await look()
    if (answer !== null) return answer
    if (Date.now() > deadline) throw new WaitError(what, withinMs)
    await sleep(pauseMs, undefined, { signal })
  }
}

export class WaitError extends Error {
  constructor(what, withinMs) {
    super(`Waited ${withinMs / 1000} s in vain for ${what}`)
    this.name = "WaitError"
  }
}
