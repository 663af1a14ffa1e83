import type { Db } from "../modules/masspay/queries/db"
import { addNotifications } from "../modules/masspay/queries/notifications"
import { claimOutbox, markPublished } from "../modules/masspay/queries/outbox"
import type { RunnerDeps } from "./deps"
import { errorFields, type Log } from "./log"

export type OutboxMessage = {
  id: string
  name: string
  payload: Record<string, unknown>
}

const BATCH_SIZE = 100
const BATCHES_PER_RUN_MAX = 50
const LEASE_MS = 60_000

/**
 * Publishes what happened, in the order it was written down, and marks it
 * afterwards: a crash in between publishes an event again, never drops one.
 * Receivers tell repeats by the id. When publishing fails, the batch comes back
 * after its lease. Returns how many events were published.
 */
export async function publishOutbox({
  books,
  publish,
  log,
  failpoint,
}: {
  books: Db
  publish: (messages: OutboxMessage[]) => Promise<void>
  log: Log
  failpoint?: RunnerDeps["failpoint"]
}): Promise<number> {
  let published = 0
  for (let batch = 0; batch < BATCHES_PER_RUN_MAX; batch += 1) {
    const messages = await claimOutbox(books, {
      limit: BATCH_SIZE,
      lease_ms: LEASE_MS,
    })
    if (messages.length === 0) break
    // Before others are told: whoever must hear of it does not depend on them.
    await addNotifications(books, messages)
    try {
      await publish(messages)
    } catch (error) {
      log.error("outbox.unpublished", {
        count: messages.length,
        ...errorFields(error),
      })
      break
    }
    await failpoint?.("outbox.published")
    await markPublished(
      books,
      messages.map((message) => message.id)
    )
    published += messages.length
    if (messages.length < BATCH_SIZE) break
  }
  return published
}
