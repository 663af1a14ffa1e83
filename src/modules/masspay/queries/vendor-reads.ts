import type { KycKind, KycStatus } from "../../../domain/kyc"
import { kycStatusWords } from "../../../domain/kyc-texts"
import type { PayeeStatus } from "../../../domain/payout-status"
import {
  statusesOf,
  vendorDetail,
  vendorMissing,
  type VendorPayoutState,
  vendorPayoutState,
} from "../../../domain/vendor-view"
import type {
  VendorLedgerResponse,
  VendorMeResponse,
  VendorPayoutListResponse,
} from "../../../types/http-vendor"
import type { Sql } from "./db"
import { listLedger } from "./ledger"
import { KYC_STATUS, PROFILE_IS_WANTED } from "./payee-refresh"
import { listPayouts, type PayoutFilters } from "./reads"

/*
 * What a vendor sees of her own. Operators' names, ids at MassPay, and what
 * keeps the shop from paying are not among it.
 */

type PayeeRow = {
  name: string | null
  status: PayeeStatus
  is_paused: boolean
  email: string | null
  first_name: string | null
  last_name: string | null
  country_code: string | null
  kyc_status: KycStatus
  papers_wanted: boolean
  profile_wanted: boolean
  kinds: KycKind[]
}

/** Who she is to MassPay. She is known once one of her orders was seen. */
export async function vendorMe(
  sql: Sql,
  vendor_id: string
): Promise<VendorMeResponse["vendor"]> {
  const [row] = await sql.rows<PayeeRow>(
    `select y.name, y.status, y.is_paused, y.email, y.first_name, y.last_name,
            y.country_code, ${KYC_STATUS} as kyc_status, y.papers_wanted,
            exists (select 1 from masspay_payout p
                     where p.payee_id = y.id and ${PROFILE_IS_WANTED}) as profile_wanted,
            array(select r.kind from masspay_kyc_request r
                   where r.payee_id = y.id and r.state = 'open'
                     and r.source = 'error' order by r.created_at) as kinds
       from masspay_payee y where y.vendor_id = ?`,
    [vendor_id]
  )
  const payee = row ?? UNKNOWN
  const { name, status, is_paused, email, country_code, kyc_status } = payee
  return {
    vendor_id,
    name,
    status,
    is_paused,
    detail: vendorDetail(payee),
    email,
    country_code,
    missing: vendorMissing({ ...payee, contact: row ?? null }),
    kyc: { status: kyc_status, detail: kycStatusWords(kyc_status) },
  }
}

/** Of a vendor none of whose orders was seen: nothing else is known about her. */
const UNKNOWN: PayeeRow = {
  name: null,
  status: "unlinked",
  is_paused: false,
  email: null,
  first_name: null,
  last_name: null,
  country_code: null,
  kyc_status: "unknown",
  papers_wanted: false,
  profile_wanted: false,
  kinds: [],
}

type Page = { vendor_id: string; limit: number; offset: number }

/** `listLedger` as she sees it. */
export async function vendorLedger(
  sql: Sql,
  listing: Parameters<typeof listLedger>[1]
): Promise<VendorLedgerResponse> {
  const { entries, ...page } = await listLedger(sql, listing)
  return {
    ...page,
    entries: entries.map(({ actor: _actor, payout, ...entry }) => ({
      ...entry,
      state: payout ? vendorPayoutState(payout.status) : "open",
      payout_id: payout?.id ?? null,
    })),
  }
}

/** `listPayouts` as she sees it, newest first. */
export async function vendorPayouts(
  sql: Sql,
  {
    vendor_id,
    filters: { state, currency_code, created_at },
    ...page
  }: Page & {
    filters: Pick<PayoutFilters, "currency_code" | "created_at"> & {
      state?: readonly VendorPayoutState[] | undefined
    }
  }
): Promise<VendorPayoutListResponse> {
  const { payouts, ...listed } = await listPayouts(sql, {
    filters: {
      vendor_id: [vendor_id],
      currency_code,
      created_at,
      ...(state && { status: statusesOf(state) }),
    },
    ...page,
  })
  return {
    ...listed,
    payouts: payouts.map((payout) => ({
      id: payout.id,
      method: payout.method,
      state: vendorPayoutState(payout.status),
      amount: payout.amount,
      currency_code: payout.currency_code,
      created_at: payout.created_at,
      completed_at: payout.completed_at,
    })),
  }
}
