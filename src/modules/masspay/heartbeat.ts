import { performance } from "node:perf_hooks"

import type { Db } from "./queries/db"
import { beatInstance } from "./queries/instances"
import { newId } from "./queries/new-id"

const BEAT_MS = 60_000

/**
 * Lets the books know that this process of the shop runs, from its first minute
 * on: a command that ends sooner is no instance. Returns how to stop it.
 */
export function beatWhileRunning(
  db: Db,
  { every_ms = BEAT_MS } = {}
): () => void {
  const id = newId("msins")
  const began_ms = performance.now()
  const timer = setInterval(() => {
    const age_ms = performance.now() - began_ms
    // Nothing depends on one beat, and a database that is down is told of elsewhere.
    beatInstance(db, { id, age_ms }).catch(() => undefined)
  }, every_ms)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
