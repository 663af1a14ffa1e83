/**
 * What a shop's order says, in the only shape the rules know. A marketplace
 * adapter produces it by pure reads; `settle()` computes from it. Amounts are
 * decimal strings in major units (as Medusa's `raw_*.value`), never JS numbers.
 */

/** The moments that can release a settlement, in the order they usually come. */
export const RELEASE_EVENTS = [
  "captured",
  "fulfilled",
  "delivered",
  "completed",
] as const
export type ReleaseEvent = (typeof RELEASE_EVENTS)[number]

/** The vendor as the host describes her. What is missing is `null`, never guessed. */
export type VendorFacts = {
  id: string
  name: string | null
  email: string | null
  first_name: string | null
  last_name: string | null
  /** Set when the vendor trades as a company. */
  business_name: string | null
  /** ISO 3166-1 alpha-2, upper case. */
  country_code: string | null
}

/** What changes an order besides edits, returns and refunds. */
export type ChangeCause = "exchange" | "claim"

/** One item or shipping method of one order, as it stands now. */
export type LineFacts = {
  /** Id of the line item or shipping method. */
  ref: string
  kind: "item" | "shipping"
  /** The order this line is settled under: the vendor's own (child) order where the model splits orders. */
  order_id: string
  title: string
  quantity: number
  /** Who sold it; `null` where nobody but the platform did. */
  vendor_id: string | null
  /** What was sold, for commissions by product. Absent or `null`: not known. */
  product_id?: string | null
  /** The product's own categories, for commissions by category. Absent: not read. */
  category_ids?: readonly string[]
  /**
   * What the marketplace itself takes on this line, where it keeps such lines:
   * major units, on the line as it stands now.
   */
  commission?: { amount: string; source: string } | null
  /** What brought a line that was not in the order at first. Absent or `null`: not known. */
  brought_by?: ChangeCause | null
  /** What some of it came back for, where that was not a return alone. Absent or `null`: not known. */
  came_back_by?: ChangeCause | null
  /** After discounts and returns, without tax. */
  net: string
  /** Tax on `net`. */
  tax: string
}

/** One refund of the order's payments: money that went back to the customer. */
export type RefundFacts = {
  /** The shop's own id of it. */
  id: string
  amount: string
  /** ISO 8601, UTC. */
  refunded_at: string
}

/** One order of the family: the paid (root) order itself, or a vendor's child of it. */
export type OrderState = {
  order_id: string
  display_id: number | null
  is_canceled: boolean
  is_completed: boolean
  is_fulfilled: boolean
  is_delivered: boolean
}

/**
 * Everything about one paid order and the vendor orders made from it.
 *
 * The lines and `unattributed` add up to `total`:
 * `Σ (line.net + line.tax) + unattributed = total`.
 */
export type OrderFacts = {
  /**
   * The order the customer paid: what befalls it befalls all of the family.
   * Equal to every line's `order_id` where orders are not split. Where she paid
   * several orders that stand beside each other, the id of their group.
   */
  root_order_id: string
  currency_code: string
  /** When the customer placed it. ISO 8601, UTC. */
  placed_at: string
  /** What the customer's purchase costs now, all refunds, returns and edits considered. */
  total: string
  lines: LineFacts[]
  /**
   * What no line explains: positive where goods came back but were not
   * refunded, negative where more was refunded than lines shrank.
   */
  unattributed: string
  orders: OrderState[]
  vendors: VendorFacts[]
  payment: {
    /** `full`: captured and not refunded money covers `total`. */
    captured: "none" | "partial" | "full"
    captured_total: string
    refunded_total: string
    /** The refunds that `refunded_total` adds up. Absent: the sum alone is known. */
    refunds?: readonly RefundFacts[]
    /**
     * What the customer paid by other means when the order was placed: gift
     * cards, store credit. It lowers `total`, and the platform owes it to the
     * vendors. Absent: whatever lowered `total` beyond `refunded_total`.
     */
    credits_total?: string
  }
}
