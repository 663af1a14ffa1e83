import type { NotificationKind } from "../domain/notifications"
import { type MasspayEvent, MasspayEvents } from "../types/events"

const NOTIFIED: Partial<Record<MasspayEvent, readonly NotificationKind[]>> = {
  [MasspayEvents.KYC_REQUESTED]: ["papers_needed", "papers_wanted"],
  [MasspayEvents.KYC_CLEARED]: ["papers_accepted"],
  [MasspayEvents.PAYEE_LOCKED]: ["account_locked", "payee_locked"],
  [MasspayEvents.DESTINATION_CHANGED]: ["destination_changed"],
  [MasspayEvents.DESTINATION_FLAGGED]: [
    "destination_problem",
    "destination_flagged",
  ],
  [MasspayEvents.PAYOUT_CREATED]: ["approval_waiting"],
  [MasspayEvents.PAYOUT_APPROVAL_REQUIRED]: ["approval_waiting"],
  [MasspayEvents.PAYOUT_COMPLETED]: ["payout_paid", "payout_paid_after_all"],
  [MasspayEvents.PAYOUT_CANCELLED]: ["payout_failed", "payout_cancelled"],
  [MasspayEvents.PAYOUT_BLOCKED]: ["payout_failed"],
  [MasspayEvents.PAYOUT_NEEDS_REVIEW]: ["payout_parked"],
  [MasspayEvents.PAYOUT_ADOPTED]: ["payout_adopted"],
  [MasspayEvents.FUNDING_SHORT]: ["funding_short"],
  [MasspayEvents.BALANCE_NEGATIVE_AGED]: ["balance_negative"],
  [MasspayEvents.INCIDENT_OPENED]: ["incident_opened"],
}

/** What an event may be worth telling somebody of. Whether it is shows when it is told: see `reasonToSkip`. */
export function kindsFor(event: string): readonly NotificationKind[] {
  return (NOTIFIED as Record<string, readonly NotificationKind[]>)[event] ?? []
}
