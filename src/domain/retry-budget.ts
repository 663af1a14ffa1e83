export const RETRY_BUDGET = 500
/** What a repeat costs, by what the call before it ended in. */
export const RETRY_COSTS = { timeout: 10, other: 5 } as const
export type RetryAfter = keyof typeof RETRY_COSTS

/**
 * Repeats are paid for from a budget that successes fill up again: with a dead
 * provider it runs out, and only first attempts are left to find out whether
 * it is back. The budget left, or `null` when it does not cover a repeat.
 */
export function spendRetry(budget: number, after: RetryAfter): number | null {
  const left = budget - RETRY_COSTS[after]
  return left < 0 ? null : left
}

export function afterSuccess(budget: number): number {
  return Math.min(RETRY_BUDGET, budget + 1)
}
