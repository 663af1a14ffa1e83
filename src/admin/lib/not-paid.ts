import type {
  AdminOrderSettlement,
  AdminPayoutPreviewRow,
  NotPaidReason,
} from "../../types/http"
import { isNegative, isZero } from "./decimal"

/** What goes on by itself in time; everything else waits for somebody. */
const BY_ITSELF: readonly NotPaidReason[] = [
  "will_be_paid",
  "not_due",
  "not_scheduled",
  "below_minimum",
  "negative",
]

export function needsAttention({ reason }: AdminPayoutPreviewRow): boolean {
  return !BY_ITSELF.includes(reason)
}

/** First what waits for somebody, then what is paid next, then by vendor. */
export function byUrgency(
  a: AdminPayoutPreviewRow,
  b: AdminPayoutPreviewRow
): number {
  return rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b))
}

function rank(row: AdminPayoutPreviewRow): number {
  return BY_ITSELF.indexOf(row.reason)
}

function nameOf({ vendor_name, vendor_id }: AdminPayoutPreviewRow): string {
  return vendor_name ?? vendor_id
}

/** Reasons that somebody may override by paying now; all others hold for paying now as well. */
const MAY_PAY_NOW: readonly NotPaidReason[] = [
  "will_be_paid",
  "not_scheduled",
  "below_minimum",
]

export function canPayNow({ due, reason }: AdminPayoutPreviewRow): boolean {
  return !isZero(due) && !isNegative(due) && MAY_PAY_NOW.includes(reason)
}

/** As filters list them: first what waits for somebody. */
export const REASONS = [
  "kyc",
  "not_linked",
  "no_funding_wallet",
  "no_destination",
  "destination_returned",
  "destination_gone",
  "above_maximum",
  "deactivated",
  "repeated_cancel",
  "paused",
  "hold",
  "being_read",
  "will_be_paid",
  "not_due",
  "not_scheduled",
  "below_minimum",
  "negative",
] as const satisfies readonly NotPaidReason[]

/** MassPay does not pay the vendor's share of an order for want of papers. */
export function wantsPapers({
  state,
  reason,
  payouts,
}: Pick<AdminOrderSettlement, "state" | "reason" | "payouts">): boolean {
  return (
    (state === "open" && reason === "kyc") ||
    payouts.some(
      ({ status, block_reason }) =>
        status === "blocked" && block_reason === "kyc"
    )
  )
}
