/**
 * What the vendor API answers, of the signed-in vendor alone. Amounts are
 * decimal strings in major units of `currency_code`; times are ISO 8601 strings
 * in UTC.
 */
import type { KycStatus } from "../domain/kyc"
import type { PayeeStatus, PayoutMethod } from "../domain/payout-status"
import type { VendorMissing, VendorPayoutState } from "../domain/vendor-view"
import type { WalletMirror } from "./http-mirrors"
import type { AdminLedgerEntry, VendorBalance } from "./http-statements"

export type { VendorMissing, VendorPayoutState }

/** `GET /vendor/masspay/me` */
export type VendorMeResponse = {
  vendor: {
    vendor_id: string
    name: string | null
    /** Of her MassPay account; `unlinked` also before she sold anything. */
    status: PayeeStatus
    is_paused: boolean
    /** Plain words: why she is not paid at the moment. */
    detail: string | null
    email: string | null
    country_code: string | null
    /** What is known to keep her from being paid; empty: nothing that this shop knows of. */
    missing: VendorMissing[]
    /** What is known of her papers, and in plain words. */
    kyc: { status: KycStatus; detail: string }
  }
}

/** `GET /vendor/masspay/balance` */
export type VendorBalanceResponse = {
  balances: VendorBalance[]
  /** What is in her MassPay wallet, as last read; `null`: not read yet. */
  wallet: WalletMirror | null
}

/** One row of `GET /vendor/masspay/ledger`. */
export type VendorLedgerEntry = Omit<
  AdminLedgerEntry,
  "actor" | "state" | "payout"
> & {
  /** `open`: in no payout yet. Otherwise what the payout that has taken it is to her. */
  state: "open" | VendorPayoutState
  payout_id: string | null
}
export type VendorLedgerResponse = {
  entries: VendorLedgerEntry[]
  count: number
  limit: number
  offset: number
}

/** One row of `GET /vendor/masspay/payouts`. */
export type VendorPayout = {
  id: string
  method: PayoutMethod
  state: VendorPayoutState
  amount: string
  currency_code: string
  created_at: string
  completed_at: string | null
}
export type VendorPayoutListResponse = {
  payouts: VendorPayout[]
  count: number
  limit: number
  offset: number
}
