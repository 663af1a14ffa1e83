import type { FilterKinds } from "./list-address"

/** The filters of the list of payouts, by the names that the API has for them. */
export const PAYOUT_FILTERS = {
  status: "list",
  vendor_id: "list",
  currency_code: "list",
  created_at: "range",
} as const satisfies FilterKinds

const DAY_MS = 86_400_000

/** The beginning of the day `days` before `now`, where the reader is. */
export function beginningOf(now: Date, days: number): string {
  const day = new Date(now.getTime() - days * DAY_MS)
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}
