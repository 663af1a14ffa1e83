import {
  ApiError,
  DOCUMENTATION_REQUIRED_TITLE,
  errorBody,
  refused,
} from "./errors"
import type { MovementReason } from "./journal"
import { lockLinkOf } from "./kyc/links"
import type { Load, User, Wallet } from "./store"
import { loadEvent } from "./webhooks/bodies"
import { tell } from "./webhooks/tell"
import { payOutOnArrival } from "./withdrawals"
import type { World } from "./world"

type Cause = { reason: MovementReason; requestId: string | null }

/** The API lets several problems stand in one answer; a user has at most one here. */
export function problemWithUser(world: World, user: User): ApiError | null {
  if (user.status === "DEACTIVE") {
    return refused(400, ["User account is deactivated"])
  }
  if (!user.lock) return null
  const { kind } = user.lock
  const link = lockLinkOf(world, user)
  if (kind === "missing_id") {
    return refused(400, ["Not a valid IDSelfieCollection", idInstruction(link)])
  }
  const details = ["User is not active"]
  if (kind === "identity") details.push(idInstruction(link))
  if (kind === "bank_document") {
    details.push(
      `Please upload a Bank Statement or Paper Check for Account Number 000123456789 at the following link: ${link}`
    )
  }
  return new ApiError(
    400,
    "refused",
    errorBody(400, {
      title: DOCUMENTATION_REQUIRED_TITLE,
      reason: "Additional documentation required",
      details,
    })
  )
}

function idInstruction(link: string | null): string {
  return `Please upload a government issued ID at the following link: ${link}`
}

function walletsOf(
  world: World,
  load: Load
): { funding: Wallet; wallet: Wallet } {
  const funding = world.store.wallet(load.source_token)
  const wallet = world.store.wallet(load.wallet_token)
  if (!funding || !wallet) throw new Error(`Load ${load.token} has no wallets`)
  return { funding, wallet }
}

/**
 * Moves the money of a load that is not COMPLETED to its user. False, and nothing
 * changed, when the funding wallet does not hold it.
 */
export function completeLoad(world: World, load: Load, cause: Cause): boolean {
  const { funding, wallet } = walletsOf(world, load)
  if (funding.minor < load.minor) return false
  world.ledger.move({
    from: funding,
    to: wallet,
    minor: load.minor,
    load,
    ...cause,
  })
  const { requestId } = cause
  payOutOnArrival(world, wallet, { minor: load.minor, requestId })
  const time_ms = Math.min(load.time_ms, world.clock.now())
  world.store.updateLoad(load, { status: "COMPLETED", time_ms })
  tell(world, loadEvent(load))
  return true
}

/**
 * Takes the money of a COMPLETED load back from its user. False, and nothing
 * changed, when her wallet does not hold it any more and may not be overdrawn.
 */
export function takeLoadBack(
  world: World,
  load: Load,
  { mayOverdraw = false, ...cause }: Cause & { mayOverdraw?: boolean }
): boolean {
  const { funding, wallet } = walletsOf(world, load)
  const isSpent = wallet.minor < load.minor
  if (isSpent && !mayOverdraw) return false
  world.ledger.move({
    from: wallet,
    to: funding,
    minor: load.minor,
    load,
    ...cause,
    ...(isSpent && { reason: "overdraft" as const }),
  })
  cancelLoad(world, load)
  return true
}

/** For a load whose money has not moved. */
export function cancelLoad(world: World, load: Load): void {
  world.store.updateLoad(load, { status: "CANCELLED", time_ms: load.time_ms })
  tell(world, loadEvent(load))
}

/**
 * Executes a scheduled load whose time has come. Nothing was set aside for it, so
 * one that cannot be paid now, or whose user cannot be paid, is cancelled.
 */
export function settleScheduledLoad(world: World, load: Load): void {
  const { store, journal } = world
  const user = store.user(load.user_token)
  const isPayable = user !== undefined && problemWithUser(world, user) === null
  const cause = { reason: "load", requestId: null } as const
  if (!isPayable || !completeLoad(world, load, cause)) cancelLoad(world, load)
  journal.append({
    kind: "note",
    event: `scheduled_load_${load.status.toLowerCase()}`,
    user_token: load.user_token,
    load_token: load.token,
  })
}
