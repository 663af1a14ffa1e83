import type { World } from "../world"
import type { Payout, PayoutStatus } from "./types"

/** As lists and look-ups show it: nobody knows what MassPay says of a dead quote. */
export function shownStatus(
  { settings, clock }: World,
  payout: Payout
): { status: PayoutStatus; status_reason: string | null } {
  const { status, status_reason, committed_ms, expires_ms } = payout
  const isDead = committed_ms === null && clock.now() >= expires_ms
  return isDead && settings.dead_quote === "cancelled"
    ? { status: "CANCELLED", status_reason: "The quote expired" }
    : { status, status_reason }
}
