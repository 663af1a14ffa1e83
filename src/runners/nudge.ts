import { errorFields, type Log } from "./log"

/** Asks for a run soon. Never throws and never waits. */
export type Nudge = (() => void) & {
  /** Resolves once nothing runs and nothing is asked for. */
  idle(): Promise<void>
}

/**
 * A way to say "there is work now" as often as one likes. At most one run is
 * under way in this process; however many nudges come meanwhile, one more run
 * follows it. A nudge only cuts waiting: the scheduled job does the same work
 * when a nudge, or this process, is lost.
 */
export function createNudge(
  run: () => Promise<unknown>,
  { log, name }: { log: Log; name: string }
): Nudge {
  let isWanted = false
  let running: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (isWanted) {
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
