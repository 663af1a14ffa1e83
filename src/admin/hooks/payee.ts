import { keepPreviousData, useQuery } from "@tanstack/react-query"

import type { AdminPayoutListResponse } from "../../types/http"
import type { AdminPayeeResponse } from "../../types/http-collect"
import type { AdminKycRequestListResponse } from "../../types/http-kyc"
import type { AdminBulkLinkResponse } from "../../types/http-linking"
import type { AdminSettingsResponse } from "../../types/http-settings"
import type { AdminLedgerResponse } from "../../types/http-statements"
import { get, segment } from "../lib/api"

/** How often a page that shows work going on looks again. */
const LOOK_AGAIN_MS = 3_000
const MINUTE_MS = 60_000
const LATEST = 5

export function usePayee(id: string) {
  return useQuery({
    queryKey: ["masspay", "payee", id],
    queryFn: () => get<AdminPayeeResponse>(`payees/${segment(id)}`),
    select: ({ payee }) => payee,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.payee.status === "linking" ? LOOK_AGAIN_MS : false,
  })
}

export function useLedger(
  id: string,
  query: { limit: number; offset: number; currency_code?: string }
) {
  return useQuery({
    queryKey: ["masspay", "payee", id, "ledger", query],
    queryFn: () =>
      get<AdminLedgerResponse>(`payees/${segment(id)}/ledger`, query),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** Her latest payouts. */
export function usePayoutsOf(vendor_id: string) {
  return useQuery({
    queryKey: ["masspay", "payouts-of", vendor_id],
    queryFn: () =>
      get<AdminPayoutListResponse>("payouts", { vendor_id, limit: LATEST }),
    staleTime: 0,
  })
}

/** The papers that MassPay wants of her, or wanted. Without a link in it. */
export function useKycRequestsOf(payee_id: string) {
  return useQuery({
    queryKey: ["masspay", "kyc-requests-of", payee_id],
    queryFn: () =>
      get<AdminKycRequestListResponse>("kyc-requests", {
        payee_id,
        limit: LATEST,
      }),
    staleTime: 0,
  })
}

/** The last linking of all vendors, while it is running again and again. */
export function useBulkLink() {
  return useQuery({
    queryKey: ["masspay", "bulk-link"],
    queryFn: () => get<AdminBulkLinkResponse>("payees/bulk-link"),
    select: ({ bulk_link }) => bulk_link,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.bulk_link?.state === "running" ? LOOK_AGAIN_MS : false,
  })
}

export function useSettings() {
  return useQuery({
    queryKey: ["masspay", "settings"],
    queryFn: () => get<AdminSettingsResponse>("settings"),
    select: ({ settings }) => settings,
    staleTime: MINUTE_MS,
  })
}
