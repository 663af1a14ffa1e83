/**
 * What the plugin publishes. A payload carries ids only, and the same event may
 * come twice: read the record and act on what it says now.
 */
export const MasspayEvents = {
  /** `{ id, vendor_id }` of the payee, who has her MassPay user now. */
  PAYEE_LINKED: "masspay.payee.linked",
  /** `{ id, vendor_id }` of the payee, here and below: an operator decided it. */
  PAYEE_UNLINKED: "masspay.payee.unlinked",
  PAYEE_PAUSED: "masspay.payee.paused",
  PAYEE_RESUMED: "masspay.payee.resumed",
  /** Her schedule or her minimum. */
  PAYEE_UPDATED: "masspay.payee.updated",
  /** MassPay says so of her user, here and below: it was not so before. */
  PAYEE_LOCKED: "masspay.payee.locked",
  PAYEE_ACTIVATED: "masspay.payee.activated",
  PAYEE_DEACTIVATED: "masspay.payee.deactivated",
  /** `{ id, vendor_id }` of the destination, here and below: where a vendor is paid directly is another now, or is used again. */
  DESTINATION_CHANGED: "masspay.destination.changed",
  /** Nothing can be paid there for now: its route is gone, details are missing, or money came back. */
  DESTINATION_FLAGGED: "masspay.destination.flagged",
  /** `{ id, vendor_id }` of the request: MassPay wants papers of the vendor. Never the link. */
  KYC_REQUESTED: "masspay.kyc.requested",
  /** The same request is over, other than by a newer one in its place. */
  KYC_CLEARED: "masspay.kyc.cleared",
  /** `{ id }` of the hold, with `order_id` and `vendor_id` where it has them, here and below. */
  HOLD_PLACED: "masspay.hold.placed",
  HOLD_RELEASED: "masspay.hold.released",
  /** `{ id }` of the linking of all vendors, here and below. */
  BULK_LINK_STARTED: "masspay.bulk_link.started",
  BULK_LINK_FINISHED: "masspay.bulk_link.finished",
  BULK_LINK_CANCELLED: "masspay.bulk_link.cancelled",
  /** `{ id, order_id, vendor_id }`: first seen, or a difference was booked. */
  SETTLEMENT_RECORDED: "masspay.settlement.recorded",
  /** `{ id, vendor_id }` of the payout, here and below. */
  PAYOUT_CREATED: "masspay.payout.created",
  /** It was to be sent, and today's policy asks an operator first. */
  PAYOUT_APPROVAL_REQUIRED: "masspay.payout.approval_required",
  PAYOUT_ACCEPTED: "masspay.payout.accepted",
  PAYOUT_COMPLETED: "masspay.payout.completed",
  PAYOUT_CANCELLED: "masspay.payout.cancelled",
  PAYOUT_BLOCKED: "masspay.payout.blocked",
  PAYOUT_NEEDS_REVIEW: "masspay.payout.needs_review",
  PAYOUT_VOIDED: "masspay.payout.voided",
  /** `{ id, vendor_id }` of a ledger entry that an operator booked. */
  BALANCE_ADJUSTED: "masspay.balance.adjusted",
  /** `{ id, vendor_id, currency_code }` of the payee: she has owed for longer than `clawback.alertAfterDays`. Once for each time that she came to owe. */
  BALANCE_NEGATIVE_AGED: "masspay.balance.negative_aged",
  /** `{ id, currency_code }`: a funding wallet cannot pay what waits for it. Once for each shortage. */
  FUNDING_SHORT: "masspay.funding.short",
  /** A load with this shop's tag was found at MassPay that the books did not know. */
  PAYOUT_ADOPTED: "masspay.payout.adopted",
  /** `{ id }` of the discrepancy, with `vendor_id` where it is about one: the books and MassPay differ, and a person has to look. */
  DISCREPANCY_OPENED: "masspay.discrepancy.opened",
  /** `{ id }` of the incident, with `vendor_id` where it is about one vendor, here and below: operators have to look at something. */
  INCIDENT_OPENED: "masspay.incident.opened",
  /** Its cause is over. */
  INCIDENT_CLOSED: "masspay.incident.closed",
} as const
export type MasspayEvent = (typeof MasspayEvents)[keyof typeof MasspayEvents]

export type MasspayPayeeEventPayload = { id: string; vendor_id: string }
export type MasspayDestinationEventPayload = { id: string; vendor_id: string }
export type MasspayKycEventPayload = { id: string; vendor_id: string }
export type MasspayPayoutEventPayload = { id: string; vendor_id: string }
export type MasspaySettlementEventPayload = {
  id: string
  order_id: string
  vendor_id: string
}
