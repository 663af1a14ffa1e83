import type { ChildProcess } from "node:child_process"
import { once } from "node:events"

import type { ChildOrder } from "../support/failpoints"
import type { Shop } from "../support/payout-shop"
import { spawnWorker } from "../support/worker-process"

/** A worker that hangs; on a busy machine the others take their time, too. */
const CHILD_DEADLINE_MS = 5 * 60_000
/**
 * Of requests in these proofs. Nothing waits for it: leases end by the virtual
 * clock, and lost answers are cut connections. So a busy machine gets the time it
 * needs, and a request fails only where a proof wants it to.
 */
export const DEADLINE_MS = 20_000

export type Child = {
  process: ChildProcess
  /** Resolves when it has begun its steps, or paused; false: it ended before. */
  said(word: "began" | "paused"): Promise<boolean>
  /**
   * Resolves when it is gone and MassPay has dealt with what it sent: that was on
   * its way for milliseconds, and time is moved by minutes next. `null`: it ended
   * by itself.
   */
  end: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  stderr: () => string
}

/** Starts a worker process over the shop's books and its sandbox. */
export function startChild(
  shop: Pick<Shop, "books" | "sandbox" | "tag">,
  order: Pick<ChildOrder, "steps"> & Partial<ChildOrder>
): Child {
  const whole: ChildOrder = {
    database: shop.books.database,
    sandbox: { url: shop.sandbox.url, apiKey: shop.sandbox.apiKey },
    tag: shop.tag,
    deadline_ms: DEADLINE_MS,
    in_flight: 2,
    ...order,
  }
  const child = spawnWorker(whole)
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString()
    child.emit("said")
  })
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const deadline = setTimeout(() => {
    stderr += `it hung for ${CHILD_DEADLINE_MS / 1_000} s\n`
    child.kill("SIGKILL")
  }, CHILD_DEADLINE_MS)
  const end = once(child, "close").then(async ([code, signal]) => {
    clearTimeout(deadline)
    child.emit("said")
    await shop.sandbox.idle()
    return {
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }
  })
  return {
    process: child,
    end,
    stderr: () => stderr,
    async said(word) {
      while (!stdout.includes(`${word}\n`)) {
        if (child.exitCode !== null || child.signalCode !== null) return false
        await once(child, "said")
      }
      return true
    },
  }
}

/** Waits in real time, because what is waited for is another process. */
export function realTime(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
