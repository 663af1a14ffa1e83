import { isNegative, sum } from "./decimal"
import { failureOf, provesNothingDone } from "./errors"

/** What became of one of many: proven, or not known. */
export type BulkOutcome<Result> =
  | { state: "done"; result: Result }
  /** Proven: nothing was done. */
  | { state: "refused"; error: unknown }
  | { state: "unclear"; error: unknown }
  /** Nobody asked for it yet. */
  | { state: "waiting" }

const AT_ONCE = 2

/**
 * Does the same to many, a few at once. One that fails keeps no other from
 * being done, except where nobody is signed in any more: then the rest waits.
 *
 * @param onOutcome called for each as soon as it is known
 */
export async function runBulk<Result>(
  ids: readonly string[],
  act: (id: string) => Promise<Result>,
  onOutcome: (id: string, outcome: BulkOutcome<Result>) => void
): Promise<Map<string, BulkOutcome<Result>>> {
  const outcomes = new Map<string, BulkOutcome<Result>>(
    ids.map((id) => [id, { state: "waiting" }])
  )
  const queue = [...ids]
  let isSignedOut = false

  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      if (isSignedOut) return
      const outcome = await outcomeOf(act, id)
      isSignedOut ||= "error" in outcome && isSignOut(outcome.error)
      outcomes.set(id, outcome)
      onOutcome(id, outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return outcomes
}

async function outcomeOf<Result>(
  act: (id: string) => Promise<Result>,
  id: string
): Promise<BulkOutcome<Result>> {
  try {
    return { state: "done", result: await act(id) }
  } catch (error) {
    return { state: provesNothingDone(error) ? "refused" : "unclear", error }
  }
}

function isSignOut(error: unknown): boolean {
  return failureOf(error) === "signed_out"
}

/** Each one's own id, the same for the same request however often it is asked. */
export function requestIdOf(request_id: string, id: string): string {
  return `${request_id}-${id}`
}

export type Moved = {
  currency_code: string
  /** To vendors, or back from them. */
  direction: "out" | "back"
  count: number
  amount: string
}

type Amount = { amount: string; currency_code: string }

/** How much money moves, by currency; what comes back is not set off against what goes out. */
export function moneyMoved(amounts: readonly Amount[]): Moved[] {
  const groups = new Map<string, Amount[]>()
  for (const one of amounts) {
    const direction = isNegative(one.amount) ? "back" : "out"
    const key = `${one.currency_code}:${direction}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, group]) => ({
      currency_code: key.split(":")[0] ?? "",
      direction: key.endsWith(":back") ? "back" : "out",
      count: group.length,
      amount: sum(group.map(({ amount }) => amount)),
    }))
}
