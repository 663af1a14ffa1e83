import { AsyncLocalStorage } from "node:async_hooks"
import { randomBytes } from "node:crypto"

const current = new AsyncLocalStorage<string>()

/** As long as the id of a trace, which takes its place where there is one. */
export function newCorrelationId(): string {
  return randomBytes(16).toString("hex")
}

/** Whatever is logged in `work`, however deep, says that it belongs together. A run within a run keeps the outer id. */
export function withCorrelation<Result>(
  id: string,
  work: () => Result
): Result {
  return current.run(current.getStore() ?? id, work)
}

/** Of the run that is under way here, if one is. */
export function correlationId(): string | undefined {
  return current.getStore()
}
