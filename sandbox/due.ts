import { flipDue } from "./flips"
import { settleScheduledLoad } from "./load-rules"
import type { World } from "./world"

/**
 * Does everything whose time has come, in order of time: executes scheduled loads
 * and flips statuses. A load that is due at the same moment as its flip goes first.
 * Returns how many there were.
 */
export function settleDue(world: World): number {
  const { scheduledLoads, flips } = world.store
  const nowMs = world.clock.now()
  for (let settled = 0; ; settled += 1) {
    const load = scheduledLoads.first()
    const flip = flips.first()
    const isFlipNext = flip && (!load || flip.time_ms < load.time_ms)
    const next = isFlipNext ? flip : load
    if (!next || next.time_ms > nowMs) return settled
    if (isFlipNext) flipDue(world, flip)
    else if (load) settleScheduledLoad(world, load)
  }
}
