import type { AdminPayoutPreviewRow, NotPaidReason } from "../../types/http"

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
