import { cancelLoad, completeLoad, takeLoadBack } from "./load-rules"
import type { IfSpent, Load, ScheduledFlip } from "./store"
import type { World } from "./world"

/** Null: it was done, or there was nothing to do. Otherwise nothing changed. */
type Obstacle = "funding_wallet_short" | "already_spent" | null

/**
 * Changes a load's status as MassPay may do at any time, and moves the money that
 * goes with it. What the user spent meanwhile is kept by her, or overdraws her.
 */
export function flipLoad(
  world: World,
  load: Load,
  flip: { status: "COMPLETED" | "CANCELLED"; if_spent: IfSpent }
): Obstacle {
  const { status, if_spent } = flip
  const cause = { reason: "scripted_status", requestId: null } as const
  if (load.status === status) return null
  if (status === "COMPLETED") {
    return completeLoad(world, load, cause) ? null : "funding_wallet_short"
  }
  if (load.status === "SCHEDULED") {
    cancelLoad(world, load)
    return null
  }
  const mayOverdraw = if_spent === "overdraw"
  return takeLoadBack(world, load, { ...cause, mayOverdraw })
    ? null
    : "already_spent"
}

/** Flips a load whose time has come. The journal notes whether it could be done. */
export function flipDue(world: World, flip: ScheduledFlip): void {
  const { store, journal } = world
  store.flips.remove(flip)
  const load =
    flip.load_token === null
      ? store.loadByClientId(flip.client_load_id ?? "")
      : store.load(flip.load_token)
  const obstacle = load ? flipLoad(world, load, flip) : "no_load"
  const event =
    obstacle === null
      ? `load_flip_${flip.status.toLowerCase()}`
      : `load_flip_failed_${obstacle}`
  journal.append({
    kind: "note",
    event,
    user_token: load?.user_token ?? null,
    load_token: load?.token ?? null,
  })
}
