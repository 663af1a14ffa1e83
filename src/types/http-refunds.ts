/**
 * Refunds that nobody has been charged for, as the admin API answers. Amounts
 * are decimal strings in major units of `currency_code`; times are ISO 8601
 * strings in UTC.
 */

/** A refund of which something is in no line and nobody's yet. */
export type AdminUnallocatedRefund = {
  id: string
  /** The shop's id of the refund. */
  refund_id: string
  order_id: string
  /** The number that people know it by; `null` where nothing of this very order is a vendor's. */
  display_id: number | null
  currency_code: string
  /** The whole refund. */
  amount: string
  /** What somebody has to say whose it is. */
  unallocated: string
  refunded_at: string | null
  /** How it could be divided: by what each has left of the order. It adds up to `unallocated`. */
  suggestion: {
    /** `null`: the platform bears it. */
    vendor_id: string | null
    vendor_name: string | null
    amount: string
    /** The most she can bear; `null`: everything. */
    most: string | null
  }[]
}
/** `GET /admin/masspay/unallocated-refunds` */
export type AdminUnallocatedRefundListResponse = {
  unallocated_refunds: AdminUnallocatedRefund[]
  count: number
  limit: number
  offset: number
}

/** What an operator said about a refund, or would say. */
export type AdminRefundAllocation = {
  /** Of the stored request; `null` of a dry run. */
  id: string | null
  request_id: string
  action: "allocate_refund"
  /** `proposed`: a second operator has to confirm. `preview`: a dry run; nothing was changed. */
  state: "done" | "proposed" | "rejected" | "preview"
  /** Id of the unallocated refund, and the shop's id of it. */
  refund: string
  refund_id: string
  order_id: string
  /** What was unallocated of it. */
  amount: string
  currency_code: string
  allocations: { vendor_id: string | null; amount: string }[]
  /**
   * What each vendor's balance changes by: signed, what is booked with it. It is
   * more than her part of the refund where her money waited for this.
   */
  changes: { vendor_id: string; amount: string }[]
  /** What it does, in plain words. */
  effect: string
}
/** `POST /admin/masspay/unallocated-refunds/:id/allocate` */
export type AdminRefundAllocationResponse = {
  allocation: AdminRefundAllocation
}
