import type { PayeeStatus } from "../../../domain/payout-status"
import {
  statusesOf,
  vendorDetail,
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
  country_code: string | null
}

/** Who she is to MassPay. She is known once one of her orders was seen. */
export async function vendorMe(
  sql: Sql,
  vendor_id: string
): Promise<VendorMeResponse["vendor"]> {
  const [row] = await sql.rows<PayeeRow>(
    `select name, status, is_paused, email, country_code
       from masspay_payee where vendor_id = ?`,
    [vendor_id]
  )
  const payee = row ?? {
    name: null,
    status: "unlinked" as const,
    is_paused: false,
    email: null,
    country_code: null,
  }
  return { vendor_id, ...payee, detail: vendorDetail(payee) }
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
