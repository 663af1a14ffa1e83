/**
 * What can be said of a payee's destination: `incomplete` lacks attributes,
 * `returned` sent money back, `gone` is a route that MassPay offers no more or
 * whose limits her payouts do not meet.
 */
export const DESTINATION_STATUSES = [
  "incomplete",
  "ready",
  "returned",
  "gone",
] as const
export type DestinationStatus = (typeof DESTINATION_STATUSES)[number]
