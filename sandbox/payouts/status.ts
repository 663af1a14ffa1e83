import { payoutEvent } from "../webhooks/payout-bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import { record } from "./entries"
import type { Payout, PayoutStatus, PayoutStep } from "./types"

/** Null: it was done, or there was nothing to do. Otherwise nothing changed. */
export type PayoutObstacle = "not_committed" | "source_wallet_short" | null

type StatusChange = {
  status: PayoutStatus
  status_reason?: string | null
  requestId?: string | null
}

/**
 * Gives a committed payout another status, and moves the money that goes with it:
 * what is CANCELLED comes back to where it was drawn from, and what stops being
 * CANCELLED is drawn again.
 */
export function changeStatus(
  world: World,
  payout: Payout,
  { status, status_reason = null, requestId = null }: StatusChange
): PayoutObstacle {
  if (payout.committed_ms === null) return "not_committed"
  if (payout.status === status && payout.status_reason === status_reason) {
    return null
  }
  if (status === "CANCELLED") bringBack(world, payout, requestId)
  else if (!drawAgain(world, payout, requestId)) return "source_wallet_short"
  payout.status = status
  payout.status_reason = status_reason
  completeDetails(world, payout)
  record(world, payout, { event: "status", request_id: requestId })
  tell(world, payoutEvent(world, payout, "payout.status"))
  return null
}

/** Codes that come with a status. */
function completeDetails({ tokens }: World, payout: Payout): void {
  if (payout.status === "READY_FOR_PICKUP" && payout.pickup_code === "") {
    payout.pickup_code = tokens.digits(9)
  }
  const isBanked = payout.delivery_type === "BANK_DEPOSIT"
  if (payout.status === "COMPLETED" && isBanked) {
    payout.trace_code ??= tokens.digits(15)
  }
}

export function sourceWalletOf(
  { store }: World,
  payout: Payout
): NonNullable<ReturnType<World["store"]["wallet"]>> {
  const wallet = store.wallet(payout.source_token)
  if (!wallet) throw new Error(`Payout ${payout.token} has no source wallet`)
  return wallet
}

function bringBack(
  world: World,
  payout: Payout,
  requestId: string | null
): void {
  const { settings, ledger } = world
  if (payout.status === "CANCELLED") return
  const kept = settings.payout_fee_on_return === "keep" ? payout.fee_minor : 0n
  const minor = payout.out_minor > kept ? payout.out_minor - kept : 0n
  payout.returned_minor = minor
  payout.out_minor -= minor
  if (minor === 0n) return
  const to = sourceWalletOf(world, payout)
  const reason = "payout_return"
  ledger.move({ from: null, to, minor, reason, payout, requestId })
}

/** False, and nothing changed, when the source wallet does not hold it any more. */
function drawAgain(
  world: World,
  payout: Payout,
  requestId: string | null
): boolean {
  const minor = payout.returned_minor
  if (payout.status !== "CANCELLED" || minor === 0n) return true
  const from = sourceWalletOf(world, payout)
  if (from.minor < minor) return false
  const reason = "payout"
  world.ledger.move({ from, to: null, minor, reason, payout, requestId })
  payout.out_minor += minor
  payout.returned_minor = 0n
  return true
}

const FINAL: readonly PayoutStatus[] = ["COMPLETED", "CANCELLED"]

/** Does a step whose time has come. The journal notes one that could not be done. */
export function stepDue(world: World, step: PayoutStep): void {
  const { payouts, journal } = world
  payouts.steps.remove(step)
  const payout =
    step.payout_token === null
      ? latestCommitted(world, step.client_transfer_id ?? "")
      : payouts.payout(step.payout_token)
  const isTooLate =
    step.cause === "cancellation" && payout && FINAL.includes(payout.status)
  if (isTooLate) return
  if (payout && step.cause !== "life") payouts.endLifeOf(payout)
  const { status, status_reason } = step
  const obstacle = payout
    ? changeStatus(world, payout, { status, status_reason })
    : "no_payout"
  if (obstacle === null) return
  journal.append({
    kind: "note",
    event: `payout_step_failed_${obstacle}`,
    user_token: payout?.user_token ?? null,
    load_token: null,
  })
}

function latestCommitted(
  { payouts }: World,
  clientTransferId: string
): Payout | undefined {
  const all = payouts.withClientId(clientTransferId)
  const committed = all.filter(({ committed_ms }) => committed_ms !== null)
  return committed.at(-1) ?? all.at(-1)
}

/** What a payout that was just committed will go through by itself. */
export function beginLife(
  { payouts, settings, clock }: World,
  payout: Payout
): void {
  const script = payouts.script("steps", payout)
  const usual = usualSteps(payout, settings)
  for (const { status, in_ms, status_reason } of script?.steps ?? usual) {
    payouts.addStep({
      payout_token: payout.token,
      client_transfer_id: null,
      status,
      status_reason: status_reason ?? null,
      cause: "life",
      time_ms: clock.now() + in_ms,
    })
  }
}

function usualSteps(
  { delivery_type }: Payout,
  settings: World["settings"]
): { status: PayoutStatus; in_ms: number; status_reason?: string }[] {
  const in_ms = settings.payout_delivery_seconds * 1_000
  if (delivery_type !== "CASH_PICKUP") return [{ status: "COMPLETED", in_ms }]
  const pickup = settings.payout_pickup_seconds
  const ready = { status: "READY_FOR_PICKUP" as const, in_ms }
  if (pickup === null) return [ready]
  return [ready, { status: "COMPLETED", in_ms: in_ms + pickup * 1_000 }]
}
