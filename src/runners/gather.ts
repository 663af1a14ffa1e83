/** Asks for one thing; resolves with what came of it. */
export type Gather<Result> = (key: string) => Promise<Result | undefined>

type Waiting<Result> = {
  key: string
  answer: Promise<Result | undefined>
  resolve: (result: Result | undefined) => void
  reject: (error: unknown) => void
}

/**
 * Does together what is asked for at about the same time: whatever is asked for
 * while `run` works goes together after it, at most `limit` at once. Nothing
 * waits for others to come.
 *
 * A key asked for several times before its turn has one turn; asked for during
 * it, the key gets another, because `run` may have looked already. `run` says
 * what came of each key: `undefined` for those it left out, and its error for
 * all of them when it throws.
 */
export function createGather<Result>(
  run: (keys: string[]) => Promise<ReadonlyMap<string, Result>>,
  { limit }: { limit: number }
): Gather<Result> {
  const queue = new Map<string, Waiting<Result>>()
  let isRunning = false

  async function drain(): Promise<void> {
    while (queue.size > 0) {
      const turn = [...queue.values()].slice(0, limit)
      for (const { key } of turn) queue.delete(key)
      try {
        const results = await run(turn.map(({ key }) => key))
        for (const { key, resolve } of turn) resolve(results.get(key))
      } catch (error) {
        for (const { reject } of turn) reject(error)
      }
    }
    isRunning = false
  }

  return (key) => {
    const waiting = queue.get(key) ?? waitingFor<Result>(key)
    queue.set(key, waiting)
    if (!isRunning) {
      isRunning = true
      // In a later turn, so that what is asked for in this one goes along.
      setImmediate(() => void drain())
    }
    return waiting.answer
  }
}

function waitingFor<Result>(key: string): Waiting<Result> {
  let resolve: Waiting<Result>["resolve"] = () => undefined
  let reject: Waiting<Result>["reject"] = () => undefined
  const answer = new Promise<Result | undefined>((onResult, onError) => {
    resolve = onResult
    reject = onError
  })
  return { key, answer, resolve, reject }
}
