import { isKnownCurrency } from "../../../domain/currency"
import { formatMajor } from "../../../domain/money"
import type { AdminPayout } from "../../../types/http"

/** A payout as the statement with `PAYOUT_COLUMNS` gives it. */
export type PayoutRow = Omit<
  AdminPayout,
  "amount" | "created_at" | "updated_at" | "completed_at"
> & {
  /** Minor units. */
  amount: string
  created_at: Date
  updated_at: Date
  completed_at: Date | null
}

/** Why a payout that could be sent is not: what its vendor lacks. */
const WAITS_FOR_PAPERS = `case
  when y.status = 'locked' or y.papers_wanted
    then 'MassPay wants papers from the vendor first.'
  when y.status = 'deactivated'
    then 'The vendor''s MassPay account is closed.' end`

/** Of `masspay_payout p` joined with `masspay_payee y`. */
export const PAYOUT_COLUMNS = `p.id, p.vendor_id, y.name as vendor_name,
  p.method, p.status, p.block_reason,
  case p.status when 'blocked' then p.block_detail
                when 'needs_review' then p.review_reason
                when 'ready' then ${WAITS_FOR_PAPERS}
                when 'pending' then ${WAITS_FOR_PAPERS} end as detail,
  p.amount::text as amount, p.currency_code, p.created_at, p.updated_at,
  p.completed_at`

export function payoutOf(row: PayoutRow): AdminPayout {
  return {
    ...row,
    amount: amountText(row.amount, row.currency_code),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    completed_at: isoOrNull(row.completed_at),
  }
}

/** Major units as decimal text; a currency that cannot be paid has no decimals we know of. */
export function amountText(
  minor: bigint | string,
  currency_code: string
): string {
  return isKnownCurrency(currency_code)
    ? formatMajor(BigInt(minor), currency_code)
    : minor.toString()
}

export function isoOrNull(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
