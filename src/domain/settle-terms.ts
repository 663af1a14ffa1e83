import { canonicalCurrency } from "./currency"
import { CurrencyMismatchError } from "./errors"
import { BASIS_POINTS_WHOLE } from "./money"
import { rateOfVendor } from "./settle-commission"
import type {
  BookedSettlement,
  CommissionRate,
  HeldReason,
  SettleInput,
  SettlementPolicy,
  TaxRule,
} from "./settle-types"

const DAY_MS = 86_400_000

/** By what a settlement is computed, where a line has no rule of its own. */
export type Terms = {
  commission_basis_points: number
  /** Minor units for each piece. */
  commission_fixed: bigint
  tax_rule: TaxRule
}

/** The policy of today, or what was frozen with the first booking. */
export function termsOf(
  booked: BookedSettlement | undefined,
  {
    vendor_id,
    currency_code,
    policy,
  }: { vendor_id: string; currency_code: string; policy: SettlementPolicy }
): Terms {
  if (booked?.is_earned) {
    const { commission_basis_points, commission_fixed, tax_rule } = booked
    return {
      commission_basis_points,
      commission_fixed: commission_fixed ?? 0n,
      tax_rule,
    }
  }
  const { basis_points, fixed } = rateOfVendor(vendor_id, policy, currency_code)
  return {
    commission_basis_points: basis_points,
    commission_fixed: fixed,
    tax_rule: policy.tax,
  }
}

type SettlementTimes = {
  /** When we first saw it released. */
  released_at: Date | null
  /** When its earning is due. */
  available_at: Date | null
}

/** Both times stay what they were first: a change of policy moves no due date. */
export function timesOf({
  booked,
  held_reason,
  policy,
  now,
}: {
  booked: BookedSettlement | undefined
  held_reason: HeldReason | null
  policy: SettlementPolicy
  now: Date
}): SettlementTimes {
  const released_at = booked?.released_at ?? (held_reason === null ? now : null)
  if (released_at === null) return { released_at, available_at: null }
  if (booked?.is_earned && booked.available_at) {
    return { released_at, available_at: booked.available_at }
  }
  const available_at = new Date(
    released_at.getTime() + policy.hold_days * DAY_MS
  )
  return { released_at, available_at }
}

/** Throws on rows in another currency and on senseless policies. */
export function assertSettleInput({
  facts,
  booked,
  policy,
}: SettleInput): void {
  const currency_code = canonicalCurrency(facts.currency_code)
  for (const row of booked) {
    if (canonicalCurrency(row.currency_code) !== currency_code) {
      throw new CurrencyMismatchError(currency_code, row.currency_code)
    }
  }
  const { hold_days, commission_basis_points, commission = {} } = policy
  const {
    fixed = {},
    vendors = {},
    categories = {},
    products = {},
  } = commission
  const rates: CommissionRate[] = [
    { basis_points: commission_basis_points, fixed },
    ...[vendors, categories, products].flatMap((of) => Object.values(of)),
  ]
  for (const { basis_points, fixed } of rates) {
    if (!isWholeWithin(basis_points, BASIS_POINTS_WHOLE)) {
      throw new RangeError("A commission is 0 to 10000 basis points")
    }
    if (Object.values(fixed).some((amount) => amount < 0n)) {
      throw new RangeError("A commission is never negative")
    }
  }
  if (!isWholeWithin(hold_days, 3650)) {
    throw new RangeError("A settlement is held for 0 to 3650 whole days")
  }
}

function isWholeWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max
}
