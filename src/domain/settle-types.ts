import type { ChangeCause, OrderFacts, ReleaseEvent } from "./facts"

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

export const TAX_RULES = ["vendor", "platform"] as const
export type TaxRule = (typeof TAX_RULES)[number]

/**
 * Who gets shipping. `by_value`: its vendor; what nobody owns is divided by the
 * value of the items. `vendor`: its vendor; what nobody owns is the platform's.
 * `platform`: all of it is the platform's.
 */
export const SHIPPING_RULES = ["by_value", "vendor", "platform"] as const
export type ShippingRule = (typeof SHIPPING_RULES)[number]

/** What the platform takes of an item: a part of its price, and an amount for each piece. */
export type CommissionRate = {
  /** 0 to 10 000. */
  basis_points: number
  /** Minor units for each piece, by currency. A currency without one takes none. */
  fixed: Readonly<Record<string, bigint>>
}

/** Beside the default rate. The most specific wins as a whole: product, category, vendor, default. */
export type CommissionRules = {
  /** Of the default rate: minor units for each piece, by currency. */
  fixed?: Readonly<Record<string, bigint>>
  vendors?: Readonly<Record<string, CommissionRate>>
  /** Of a product in several, the first listed here counts. */
  categories?: Readonly<Record<string, CommissionRate>>
  products?: Readonly<Record<string, CommissionRate>>
}

/**
 * By which rule the commission of a line is computed, kept with the line from
 * its first booking on. `marketplace`: what the marketplace itself took, as the
 * ratio `amount / of` (exact decimals); `id` is its name for the source.
 */
export type CommissionRule =
  | {
      by: "default" | "vendor" | "category" | "product"
      /** Of the vendor, category or product; `null` of the default. */
      id: string | null
      basis_points: number
      /** Minor units for each piece. */
      fixed: string
    }
  | { by: "marketplace"; id: string; amount: string; of: string }

export type SettlementPolicy = {
  /** Orders placed before are not settled: their vendors may have been paid in another way. `null`: every order is. */
  since: Date | null
  release_on: ReleaseEvent
  /** Whole days between release and the day the money is due. */
  hold_days: number
  /** The default rate, 0 to 10 000. */
  commission_basis_points: number
  /** What is added to, or stands above, the default rate. */
  commission?: CommissionRules
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
  /** Absent where no commission is taken, and in rows from before it was kept. */
  commission_rule?: CommissionRule
  /** The exchange or claim that changed it while what it changes is not booked. */
  cause?: ChangeCause
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
  /** Minor units for each piece; absent is none. */
  commission_fixed?: bigint
  tax_rule: TaxRule
  lines: readonly SettlementLine[]
  released_at: Date | null
  available_at: Date | null
  /** An entry exists: attribution, commission rules and tax rule are frozen. */
  is_earned: boolean
  /** When the earning becomes due, while it is open; else `null` or absent. */
  open_available_at?: Date | null
}

export type DifferenceKind = "earning" | "clawback" | "correction"
/** Why an entry was booked. Stable codes. */
export const DIFFERENCE_REASONS = [
  "sale",
  "return",
  "refund",
  "edit",
  "cancel",
  "exchange",
  "claim",
] as const
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number]

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
  /** The vendor's own rate, or the default. Lines may have others. */
  commission_basis_points: number
  /** Minor units for each piece. */
  commission_fixed: bigint
  tax_rule: TaxRule
  lines: SettlementLine[]
  held_reason: HeldReason | null
  held_detail: string | null
  notice: SettlementNotice | null
  released_at: Date | null
  available_at: Date | null
  difference: SettlementDifference | null
}

/**
 * How much of a refund that no line explains falls on one settlement, or on the
 * platform. Written once, by a rule or by a person; an input ever after.
 */
export type RefundAllocation = {
  /** Of her settlement; `null`: the platform bears it. */
  order_id: string | null
  vendor_id: string | null
  /** Minor units, above zero. */
  amount: bigint
  /** What she, or the platform, had of the order at that time, minor units. */
  basis: bigint
}

/** What a settlement, or the platform, has of the order: the most a refund can take. */
export type OrderPart = {
  order_id: string | null
  vendor_id: string | null
  /** Minor units, before the refunds that no line explains. */
  worth: bigint
  /** After those that are allocated. */
  left: bigint
}

export type SettleInput = {
  facts: OrderFacts
  /** Every settlement row of the order's family. */
  booked: readonly BookedSettlement[]
  policy: SettlementPolicy
  now: Date
  /** Of the family's refunds, oldest first. */
  allocations?: readonly RefundAllocation[]
  /** Lines that are the platform's for good, as `keyOf` names them. */
  platform_lines?: ReadonlySet<string>
}

/**
 * A whole family. `Σ net + Σ commission + platform = total`, where `total` is
 * the order's total rounded once and `platform` is everything no vendor gets.
 */
export type OrderSettlement = {
  settlements: SettlementResult[]
  platform: bigint
  total: bigint
  /** To be written with the entries: what a rule allocated just now. */
  allocations: RefundAllocation[]
  /** Refunded, and nobody's yet: an operator has to say whose. Minor units. */
  unallocated: bigint
  /** Who could bear it. */
  parts: OrderPart[]
  /** To be written with the entries: lines that are the platform's from now on. */
  platform_lines: { kind: "item" | "shipping"; ref: string }[]
}
