import { canonicalCurrency } from "./currency"
import { divideHalfEven, parseDecimal, printDecimal, tenTo } from "./decimal"
import type { LineFacts } from "./facts"
import { BASIS_POINTS_WHOLE } from "./money"
import type {
  CommissionRate,
  CommissionRule,
  SettlementPolicy,
} from "./settle-types"

/** What a settlement takes of a line that has no rule of its own. */
export type SettlementRate = { basis_points: number; fixed: bigint }

/** The rate of a vendor whose settlement has booked nothing yet. */
export function rateOfVendor(
  vendor_id: string,
  policy: SettlementPolicy,
  currency_code: string
): SettlementRate {
  return minorRate(
    ownValue(policy.commission?.vendors, vendor_id) ?? defaultRate(policy),
    currency_code
  )
}

/**
 * The rule for a line that has none yet; `null` where no commission is taken.
 * What the marketplace itself took comes first, because it told the vendor so.
 * Then the most specific wins as a whole: product, category, vendor, default.
 * The last two are what `rate` says: once a settlement has booked, lines that an
 * edit adds keep to the rate that was frozen with it.
 */
export function commissionRuleFor(
  line: LineFacts,
  {
    vendor_id,
    rate,
    policy,
    currency_code,
  }: {
    vendor_id: string
    rate: SettlementRate
    policy: SettlementPolicy
    currency_code: string
  }
): CommissionRule | null {
  const taken = marketplaceRule(line)
  if (taken) return taken
  if (line.kind !== "item") return null

  const { vendors, categories, products } = policy.commission ?? {}
  const { product_id, category_ids = [] } = line
  const ofProduct = product_id ? ownValue(products, product_id) : undefined
  if (product_id && ofProduct) {
    return ruleOf("product", product_id, minorRate(ofProduct, currency_code))
  }
  for (const [id, ofCategory] of Object.entries(categories ?? {})) {
    if (!category_ids.includes(id)) continue
    return ruleOf("category", id, minorRate(ofCategory, currency_code))
  }
  return ownValue(vendors, vendor_id)
    ? ruleOf("vendor", vendor_id, rate)
    : ruleOf("default", null, rate)
}

/**
 * The commission on `net`, which is what is left of the line after returns and
 * refunds: one rounding, half to even. Never below zero, never more than there is.
 */
export function commissionOn(
  net: bigint,
  quantity: number,
  rule: CommissionRule | null
): bigint {
  if (rule === null || net <= 0n) return 0n
  const commission =
    rule.by === "marketplace"
      ? partOf(net, rule)
      : percentageAndFixed(net, quantity, rule)
  if (commission <= 0n) return 0n
  return commission < net ? commission : net
}

function partOf(
  net: bigint,
  rule: Extract<CommissionRule, { by: "marketplace" }>
): bigint {
  const [amount, of] = [parseDecimal(rule.amount), parseDecimal(rule.of)]
  if (of.units <= 0n) return 0n
  return divideHalfEven(
    net * amount.units * tenTo(of.scale),
    of.units * tenTo(amount.scale)
  )
}

/** A fraction of a piece takes a fraction of the fixed amount. */
function percentageAndFixed(
  net: bigint,
  quantity: number,
  rule: Exclude<CommissionRule, { by: "marketplace" }>
): bigint {
  const pieces = parseDecimal(String(quantity))
  const whole = BigInt(BASIS_POINTS_WHOLE)
  const one = tenTo(pieces.scale)
  return divideHalfEven(
    net * BigInt(rule.basis_points) * one +
      BigInt(rule.fixed) * pieces.units * whole,
    whole * one
  )
}

/** Kept as a ratio: what the marketplace says later changes nothing that was earned. */
function marketplaceRule({
  commission,
  net,
}: LineFacts): CommissionRule | null {
  if (!commission) return null
  const of = parseDecimal(net)
  if (of.units <= 0n) return null
  return {
    by: "marketplace",
    id: commission.source,
    amount: printDecimal(parseDecimal(commission.amount)),
    of: printDecimal(of),
  }
}

function ruleOf(
  by: Exclude<CommissionRule["by"], "marketplace">,
  id: string | null,
  { basis_points, fixed }: SettlementRate
): CommissionRule {
  return { by, id, basis_points, fixed: fixed.toString() }
}

function defaultRate(policy: SettlementPolicy): CommissionRate {
  return {
    basis_points: policy.commission_basis_points,
    fixed: policy.commission?.fixed ?? {},
  }
}

function minorRate(
  { basis_points, fixed }: CommissionRate,
  currency_code: string
): SettlementRate {
  return {
    basis_points,
    fixed: ownValue(fixed, canonicalCurrency(currency_code)) ?? 0n,
  }
}

/** Ids come from the shop's data: `constructor` is none of ours. */
function ownValue<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string
): Value | undefined {
  return record && Object.prototype.hasOwnProperty.call(record, key)
    ? record[key]
    : undefined
}
