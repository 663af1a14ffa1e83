import { flipDue } from "./flips"
import type { DueReview } from "./kyc/papers"
import { review } from "./kyc/rules"
import { settleScheduledLoad } from "./load-rules"
import { stepDue } from "./payouts/status"
import type { World } from "./world"

/**
 * Does everything whose time has come, in order of time: executes scheduled loads,
 * reviews papers and flips statuses. At the same moment a load goes first, then a
 * review, then a flip, then a step of a direct payout. Returns how many there were.
 */
export function settleDue(world: World): number {
  const { store, papers, payouts, clock } = world
  const nowMs = clock.now()
  for (let settled = 0; ; settled += 1) {
    const load = store.scheduledLoads.first()
    const due = papers.reviews.first()
    const flip = store.flips.first()
    const step = payouts.steps.first()
    const dueMs = Math.min(
      ...[load, due, flip, step].map(
        (row) => row?.time_ms ?? Number.POSITIVE_INFINITY
      )
    )
    if (dueMs > nowMs) return settled
    if (load?.time_ms === dueMs) settleScheduledLoad(world, load)
    else if (due?.time_ms === dueMs) reviewDue(world, due)
    else if (flip?.time_ms === dueMs) flipDue(world, flip)
    else if (step) stepDue(world, step)
  }
}

function reviewDue(world: World, due: DueReview): void {
  const { papers } = world
  papers.reviews.remove(due)
  const session = papers.session(due.token)
  if (session) review(world, session)
}
