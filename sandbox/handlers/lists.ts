import type { Payout, Reversal } from "../payouts/types"
import type { Load, Spendback } from "../store"
import type { TimeIndex } from "../time-index"
import type { OperationContext } from "./context"

/**
 * What a list without pages shows of a user's rows: all of them, but for those too
 * young for a lagging list and those that are hidden, and the latest only where the
 * list is capped.
 */
export function listed<Row extends Load | Spendback | Payout>(
  timeline: TimeIndex<Row>,
  context: OperationContext,
  maxRows: number | null
): readonly Row[] {
  return shownOf(timeline.all(), context, maxRows)
}

/** The same of rows in order of creation. */
export function shownOf<Row extends Load | Spendback | Payout | Reversal>(
  rows: readonly Row[],
  { world, listLagMs, listMaxRows }: OperationContext,
  maxRows: number | null
): readonly Row[] {
  const youngestMs = world.clock.now() - listLagMs
  const { hidden } = world
  const all =
    hidden.size === 0 ? rows : rows.filter(({ token }) => !hidden.has(token))
  const old =
    listLagMs === 0 ? all : all.filter((row) => row.created_ms <= youngestMs)
  const cap = Math.min(
    maxRows ?? Number.POSITIVE_INFINITY,
    listMaxRows ?? Number.POSITIVE_INFINITY
  )
  return old.length > cap ? old.slice(-cap) : old
}
