import type { AppliedLookup } from "../modules/masspay/queries/resolve-apply"
import { GatewayError } from "../modules/masspay-gateway/errors"
import { errorFields, type Log, type LogFields } from "./log"

/** Why a payout that has no move for it stays what it is, although a person must look. */
const UNCLEAR = [
  "mismatch",
  "several_loads",
  "load_token_taken",
  "partly_reversed",
]

/** Says what a look-up changed, as loudly as a person has to hear it. */
export function tellApplied(
  log: Log,
  names: { payout_id: string; vendor_id: string },
  applied: AppliedLookup
): void {
  if (applied.did === "wait" && UNCLEAR.includes(applied.reason)) {
    log.error("payout.flip_unclear", { ...names, reason: applied.reason })
  }
  if (applied.did !== "move") return
  const { from, to, reason } = applied
  const fields = { ...names, from, to, reason }
  if (to === "needs_review") log.error("payout.parked", fields)
  else if (applied.is_rotated) log.warn("payout.key_rotated", fields)
  else if (applied.is_flip) log.warn("payout.flipped", fields)
  else log.info("payout.resolved", fields)
}

/** What a failed read of MassPay's may say in a log. */
export function gatewayFields(error: unknown): LogFields {
  return error instanceof GatewayError
    ? { code: error.code, http_status: error.http_status }
    : errorFields(error)
}
