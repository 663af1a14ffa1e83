import type { OrderFacts, ReleaseEvent } from "./facts"

/** Why a settlement books nothing now. Stable codes, in order of precedence. */
export const HELD_REASONS = [
  "unknown_currency",
  "canceled",
  "placed_before_start",
  "unallocated_refund",
  "not_captured",
  "partially_captured",
  "not_released",
  "nothing_due",
] as const
export type HeldReason = (typeof HELD_REASONS)[number]

/** Something an operator should look at. Stable codes. */
export type SettlementNotice = "attribution_changed"

export type TaxRule = "vendor" | "platform"
export type ShippingRule = "by_value" | "platform"

export type SettlementPolicy = {
  /** Orders placed before are not settled: their vendors may have been paid in another way. `null`: every order is. */
  since: Date | null
  release_on: ReleaseEvent
  /** Whole days between release and the day the money is due. */
  hold_days: number
  /** 0 to 10 000. */
  commission_basis_points: number
  /** Who gets shipping. */
  shipping: ShippingRule
  /** Who gets the tax on a vendor's lines. */
  tax: TaxRule
}

/**
 * By which rule a line came to this settlement. `own`: the vendor's own line.
 * `by_value`: her share of shipping nobody owns. `platform`: shipping that the
 * platform keeps; listed with zeros so that the rule stays frozen.
 */
export type LineRule = "own" | "by_value" | "platform"

/**
 * One line as it was settled: safe for jsonb, whole minor units as text.
 * `gross = net + commission + platform`; `tax` is part of `gross`.
 */
export type SettlementLine = {
  ref: string
  kind: "item" | "shipping"
  title: string
  quantity: number
  /** Whose line it is by attribution; `null` for shipping nobody owns. */
  vendor_id: string | null
  rule: LineRule
  gross: string
  commission: string
  tax: string
  platform: string
  net: string
  /**
   * Of a divided line (`by_value`): what she had of it when it was divided.
   * Whatever comes back later is divided by this, never by what earlier
   * roundings left.
   */
  basis?: { net: string; tax: string }
}

/** A settlement row as the books hold it now. */
export type BookedSettlement = {
  order_id: string
  vendor_id: string
  currency_code: string
  /** How many differences were booked. */
  revision: number
  /** Sum of its entries, minor units. */
  booked: bigint
  commission_basis_points: number
  tax_rule: TaxRule
  lines: readonly SettlementLine[]
  released_at: Date | null
  available_at: Date | null
  /** An entry exists: attribution, commission rate and tax rule are frozen. */
  is_earned: boolean
  /** When the earning becomes due, while it is open; else `null` or absent. */
  open_available_at?: Date | null
}

export type DifferenceKind = "earning" | "clawback" | "correction"
export type DifferenceReason = "sale" | "return" | "cancel" | "edit" | "refund"

/** What to book so that the entries add up to what is due. Never zero. */
export type SettlementDifference = {
  /** Minor units, signed: a clawback is negative. */
  amount: bigint
  kind: DifferenceKind
  reason: DifferenceReason
  available_at: Date
}

/** What one vendor is due for one order, now. Amounts in minor units. */
export type SettlementResult = {
  order_id: string
  vendor_id: string
  currency_code: string
  display_id: number | null
  /** `net + commission + platform`. */
  gross: bigint
  commission: bigint
  /** Part of `gross`, without its tax. */
  shipping: bigint
  /** Part of `gross`. */
  tax: bigint
  /** Part of `gross` that stays with the platform besides commission. */
  platform: bigint
  /** Refunds no line explains that were taken off this settlement. */
  refunded: bigint
  net: bigint
  commission_basis_points: number
  tax_rule: TaxRule
  lines: SettlementLine[]
  held_reason: HeldReason | null
  held_detail: string | null
  notice: SettlementNotice | null
  released_at: Date | null
  available_at: Date | null
  facts_hash: string
  difference: SettlementDifference | null
}

export type SettleInput = {
  facts: OrderFacts
  /** Every settlement row of the order's family. */
  booked: readonly BookedSettlement[]
  policy: SettlementPolicy
  now: Date
}

/**
 * A whole family. `Σ net + Σ commission + platform = total`, where `total` is
 * the order's total rounded once and `platform` is everything no vendor gets.
 */
export type OrderSettlement = {
  settlements: SettlementResult[]
  platform: bigint
  total: bigint
}
