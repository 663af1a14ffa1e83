/**
 * What MassPay owns and the shop only mirrors, as the admin API and the vendor
 * API answer. Amounts are decimal strings in major units of `currency_code`;
 * times are ISO 8601 strings in UTC.
 */

import type { FundingVerdict } from "../domain/funding-movement"
import type { AutopayoutListResponse } from "./http-destinations"

export type { FundingVerdict }

/** "In your MassPay wallet": what she held at MassPay at that time. No decision is ever made by it. */
export type WalletMirror = {
  as_of: string
  /** One of each currency. */
  balances: { currency_code: string; balance: string }[]
}

/** What lies between two amounts, signed: which of them, nobody knows while payouts are in flight. */
export type AmountRange = { from: string; to: string }

/** One currency of `GET /admin/masspay/funding`. Amounts are signed; positive where money came. */
export type AdminFunding = {
  currency_code: string
  /** Of all funding wallets of this currency together, when they were last read. */
  balance: string
  as_of: string
  /** From which reading on the rest is counted. */
  since: string
  /** How the balance changed since. */
  moved: string
  explained: {
    /** By our payouts, what was taken back, and fees that MassPay names. */
    payouts: AmountRange
    /** By what operators recorded. */
    recorded: string
  }
  /** What is left of `moved`. */
  unexplained: AmountRange
  /** `left`, `came`: however the payouts in flight end. `open`: nobody can tell now. */
  verdict: FundingVerdict
  /** Of the discrepancy (D11) that is open about it. */
  discrepancy_id: string | null
}
/** `GET /admin/masspay/funding` */
export type AdminFundingResponse = { funding: AdminFunding[] }

/** One row of `GET /admin/masspay/funding/movements`. */
export type AdminFundingMovement = {
  id: string
  currency_code: string
  /** Signed: positive where money came. */
  amount: string
  occurred_at: string
  reference: string | null
  reason: string
  actor: string
  created_at: string
}
/** `GET /admin/masspay/funding/movements` */
export type AdminFundingMovementListResponse = {
  movements: AdminFundingMovement[]
  count: number
  limit: number
  offset: number
}
/** `POST /admin/masspay/funding/movements` */
export type AdminFundingMovementResponse = {
  movement: AdminFundingMovement
  /** What it does, in plain words. */
  effect: string
}

/** One row of `GET /admin/masspay/payees/:id/withdrawals` and `GET /vendor/masspay/withdrawals`. */
export type Withdrawal = {
  id: string
  /** What left the wallet; `null` where MassPay does not say it exactly. */
  amount: string | null
  currency_code: string | null
  /** What came of it. */
  received_amount: string | null
  received_currency_code: string | null
  /** MassPay's, in `currency_code`. */
  fee: string | null
  /** MassPay's word, for example COMPLETED. */
  status: string
  /** Since when, as far as is known. */
  status_at: string | null
  /** The end of MassPay's token for it, to tell two apart. */
  destination: string | null
  /** How, in MassPay's words. */
  delivery_type: string | null
  created_at: string | null
}
export type WithdrawalListResponse = {
  withdrawals: Withdrawal[]
  /** When MassPay's history was last read to its end; `null`: never yet. */
  as_of: string | null
  count: number
  limit: number
  offset: number
}

/** `GET /admin/masspay/payees/:id/autopayouts` */
export type AdminAutopayoutListResponse = AutopayoutListResponse
