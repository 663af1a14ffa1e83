/** How this process comes to its end. One per process and shop. */
export type Shutdown = {
  /** Aborted as soon as the process is to end: nothing new is begun. */
  readonly signal: AbortSignal
  begin(): void
  /** Does `work`, which the process should not end in the middle of. */
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** Begins the end and lets what is under way end, for `limit_ms` at most. Whether all of it has. */
  drain(limit_ms: number): Promise<boolean>
}

export function createShutdown(): Shutdown {
  const controller = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  const begin = () => {
    controller.abort()
  }
  return {
    signal: controller.signal,
    begin,
    async run(work) {
      const running = work()
      underWay.add(running)
      try {
        return await running
      } finally {
        underWay.delete(running)
      }
    },
    async drain(limit_ms) {
      begin()
      return endWithin(limit_ms, () => Promise.allSettled(underWay))
    },
  }
}

/**
 * Begins the end when the process is asked to. Only where somebody else handles
 * the signal: a listener of ours alone would keep the process from ending.
 */
export function beginOnSignals({ begin }: Pick<Shutdown, "begin">): void {
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    if (process.listenerCount(name) > 0) process.once(name, begin)
  }
}

async function endWithin(
  limit_ms: number,
  work: () => Promise<unknown>
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false)
    }, limit_ms)
  })
  try {
    return await Promise.race([work().then(() => true), limit])
  } finally {
    clearTimeout(timer)
  }
}
