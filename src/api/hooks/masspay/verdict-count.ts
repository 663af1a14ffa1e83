import type { WebhookVerdicts } from "../../../modules/masspay/queries/webhook-verdicts"

/**
 * Counts what came to the door, and hands the sums over once in a while: a flood
 * costs one write and not one for each message. Nothing waits for it, and what
 * could not be written is tried with the next sum.
 */
export function createVerdictCount(
  write: (counted: WebhookVerdicts) => Promise<void>,
  { every_ms = 15_000 }: { every_ms?: number } = {}
): (verdict: keyof WebhookVerdicts) => void {
  let counted: WebhookVerdicts = { genuine: 0, rejected: 0 }
  let isWaiting = false

  function flushLater(): void {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      const sum = counted
      counted = { genuine: 0, rejected: 0 }
      write(sum)
        .catch(() => {
          counted.genuine += sum.genuine
          counted.rejected += sum.rejected
        })
        .finally(() => {
          isWaiting = false
          // Came meanwhile, or was not written.
          if (counted.genuine + counted.rejected > 0) flushLater()
        })
    }, every_ms).unref()
  }

  return (verdict) => {
    counted[verdict] += 1
    flushLater()
  }
}
