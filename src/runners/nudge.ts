import { setTimeout as pause } from "node:timers/promises"

import { errorFields, type Log } from "./log"

/** Asks for a run soon. Never throws and never waits. */
export type Nudge = (() => void) & {
  /** Resolves once nothing runs and nothing is asked for. */
  idle(): Promise<void>
}

/**
 * A way to say "there is work now" as often as one likes. At most one run is
 * under way in this process; however many nudges come meanwhile, one more run
 * follows it. With `gather_ms`, every run begins so much later, for what costs
 * the same for one as for many. A nudge only cuts waiting: the scheduled job does
 * the same work when a nudge, or this process, is lost.
 */
export function createNudge(
  run: () => Promise<unknown>,
  { log, name, gather_ms = 0 }: { log: Log; name: string; gather_ms?: number }
): Nudge {
  let isWanted = false
  let running: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (isWanted) {
      if (gather_ms > 0) await pause(gather_ms, undefined, { ref: false })
      isWanted = false
      try {
        await run()
      } catch (error) {
        log.error("nudge.failed", { nudge: name, ...errorFields(error) })
      }
    }
    running = null
  }

  const nudge = () => {
    isWanted = true
    // Started in a later turn, so that the caller's own work goes first.
    running ??= Promise.resolve().then(drain)
  }
  return Object.assign(nudge, {
    idle: async () => {
      while (running) await running
    },
  })
}
