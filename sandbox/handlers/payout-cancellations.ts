import { refused } from "../errors"
import { record } from "../payouts/entries"
import { changeStatus } from "../payouts/status"
import type { Cancellation, Payout, PayoutStatus } from "../payouts/types"
import type { World } from "../world"
import type { Operation } from "./context"
import { payoutOf } from "./payouts"

const TOO_LATE: readonly PayoutStatus[] = ["COMPLETED", "CANCELLED", "ERROR"]

const REASONS: Record<Cancellation, string> = {
  CANCELLED: "The payout was stopped",
  CANCELLATION_REQUESTED: "The payer was asked to stop the payout",
  CANCELLATION_FAILED: "The payout can no longer be stopped",
}

/**
 * Asks for a committed payout to be stopped. Only where the answer is CANCELLED has
 * its money come back; after CANCELLATION_REQUESTED it may, later.
 */
export const cancelPayout: Operation = (context) => {
  const { world, query, requestId } = context
  const payout = payoutOf(context)
  if (payout.committed_ms === null) {
    throw refused(400, ["This payout was never committed"])
  }
  const outcome = decide(world, payout)
  const reason = query.get("cancellation_reason") ?? "Cancelled on request"
  if (outcome === "CANCELLED") {
    world.payouts.endLifeOf(payout)
    changeStatus(world, payout, {
      status: "CANCELLED",
      status_reason: reason,
      requestId,
    })
  }
  if (outcome === "CANCELLATION_REQUESTED") {
    world.payouts.addStep({
      payout_token: payout.token,
      client_transfer_id: null,
      status: "CANCELLED",
      status_reason: reason,
      cause: "cancellation",
      time_ms: world.clock.now() + world.settings.cancellation_seconds * 1_000,
    })
  }
  record(world, payout, {
    event: "cancellation",
    request_id: requestId,
    outcome,
  })
  const field =
    world.settings.cancellation_spelling === "one_l"
      ? "cancelation_status"
      : "cancellation_status"
  return {
    status: 200,
    body: {
      payout_token: payout.token,
      [field]: outcome,
      [`${field}_reason`]: REASONS[outcome],
      ...(outcome !== "CANCELLATION_FAILED" && {
        confirmation_code: world.tokens.plain(),
      }),
    },
    executed: outcome !== "CANCELLATION_FAILED",
    payout_token: payout.token,
  }
}

function decide(world: World, payout: Payout): Cancellation {
  if (TOO_LATE.includes(payout.status)) return "CANCELLATION_FAILED"
  const scripted = world.payouts.script("cancellation", payout)?.cancellation
  return scripted ?? world.settings.payout_cancellation
}
