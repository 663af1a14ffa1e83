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

/** What a host's own rules take of a line as commission. */
export type LineCommission = {
  /** Whose rules: "mercur". */
  source: string
  /** Of the whole line as it stands now, exact: not rounded, not capped at the line. */
  amount: string
  /** Ids of the host's records that add up to it. */
  refs: string[]
}

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
  /** After discounts and returns, without tax. */
  net: string
  /** Tax on `net`. */
  tax: string
  /** Only where the host computes commission itself. */
  commission?: LineCommission
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
  }
}
