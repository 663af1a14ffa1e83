import {
  type PayeeStatus,
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "./payout-status"

/** What a payout is to the vendor it is for. What keeps us from sending it is not hers to see. */
export const VENDOR_PAYOUT_STATES = [
  "waiting",
  "in_transit",
  "paid",
  "taken_back",
  "not_paid",
  "netted",
] as const
export type VendorPayoutState = (typeof VENDOR_PAYOUT_STATES)[number]

const STATES: Record<PayoutStatus, VendorPayoutState> = {
  pending: "waiting",
  ready: "waiting",
  blocked: "waiting",
  sending: "in_transit",
  accepted: "in_transit",
  cancelled: "in_transit",
  unknown: "in_transit",
  needs_review: "in_transit",
  completed: "paid",
  reversing: "paid",
  reversed: "taken_back",
  void: "not_paid",
  netted: "netted",
}

export function vendorPayoutState(status: PayoutStatus): VendorPayoutState {
  return STATES[status]
}

/** The statuses that a vendor sees as one of these. */
export function statusesOf(
  states: readonly VendorPayoutState[]
): PayoutStatus[] {
  return PAYOUT_STATUSES.filter((status) => states.includes(STATES[status]))
}

/** In plain words for her, why she is not paid at the moment; `null` when she can be. */
export function vendorDetail({
  status,
  is_paused,
}: {
  status: PayeeStatus
  is_paused: boolean
}): string | null {
  switch (status) {
    case "unlinked":
    case "linking":
      return "Your MassPay account is not set up yet."
    case "locked":
      return "MassPay wants papers from you before you are paid."
    case "deactivated":
      return "Your MassPay account is closed."
    case "active":
      return is_paused ? "Your payouts are paused. Ask the marketplace." : null
  }
}
