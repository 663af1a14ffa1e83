import { TRANSPORT_LANES, type TransportLane } from "../types"
import { Gate } from "./gate"

/** Per lane. Whoever comes later is refused at once: waiting longer than this many is a backlog. */
const WAITING_MAX = 64

/** Requests that may be under way at once in each lane, when `inFlight` loads may be. */
function slotsOf(inFlight: number): Record<TransportLane, number> {
  const others = Math.ceil(inFlight / 4)
  return { dispatch: inFlight, lookup: others, interactive: others }
}

/**
 * Slots that the lanes do not share, so that none waits for another's backlog.
 * A connection is only opened for a request that has a slot: they bound the
 * sockets as well.
 */
export function createLanes(inFlight: number): {
  gates: Readonly<Record<TransportLane, Gate>>
  slots: number
} {
  const slots = slotsOf(inFlight)
  const gateOf = (lane: TransportLane) =>
    new Gate({ capacity: slots[lane], waiting_max: WAITING_MAX })
  return {
    gates: {
      dispatch: gateOf("dispatch"),
      lookup: gateOf("lookup"),
      interactive: gateOf("interactive"),
    },
    slots: TRANSPORT_LANES.reduce((sum, lane) => sum + slots[lane], 0),
  }
}
