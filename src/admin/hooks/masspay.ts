import { keepPreviousData, useQuery } from "@tanstack/react-query"

import type {
  AdminOrderSettlementsResponse,
  AdminPayeeListResponse,
  AdminPayoutListResponse,
  AdminPayoutPreviewResponse,
  AdminPayoutResponse,
} from "../../types/http"
import { sdk } from "../lib/client"
import { isMoving } from "../lib/status-color"

/** How often a page that shows money in transit looks again. */
const LOOK_AGAIN_MS = 15_000
/** As much as the API gives at once. */
const ROWS_MAX = 100

export type PayoutsQuery = {
  limit: number
  offset: number
  q?: string
  order?: string
  status?: string[]
  vendor_id?: string[]
}

const keys = {
  order: (id: string) => ["masspay", "order", id],
  payouts: (query: PayoutsQuery) => ["masspay", "payouts", query],
  payout: (id: string) => ["masspay", "payout", id],
  preview: () => ["masspay", "preview"],
  payees: () => ["masspay", "payees"],
}

function get<T>(path: string, query: object = {}): Promise<T> {
  return sdk.client.fetch<T>(`/admin/masspay/${path}`, {
    query: { ...query },
  })
}

/** Every vendor's share of one order. */
export function useOrderSettlements(order_id: string) {
  return useQuery({
    queryKey: keys.order(order_id),
    queryFn: () =>
      get<AdminOrderSettlementsResponse>(
        `orders/${encodeURIComponent(order_id)}`
      ),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.settlements.some((one) =>
        ["in_transit", "blocked"].includes(one.state)
      )
        ? LOOK_AGAIN_MS
        : false,
  })
}

/** One page of payouts. The page before stays visible until the next is there. */
export function usePayouts(query: PayoutsQuery) {
  return useQuery({
    queryKey: keys.payouts(query),
    queryFn: () => get<AdminPayoutListResponse>("payouts", query),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

export function usePayout(id: string) {
  return useQuery({
    queryKey: keys.payout(id),
    queryFn: () =>
      get<AdminPayoutResponse>(`payouts/${encodeURIComponent(id)}`),
    select: (data) => data.payout,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data && isMoving(state.data.payout.status) ? LOOK_AGAIN_MS : false,
  })
}

/** What the next run would pay, and why not the rest. */
export function usePreview() {
  return useQuery({
    queryKey: keys.preview(),
    queryFn: () =>
      get<AdminPayoutPreviewResponse>("payouts/preview", { limit: ROWS_MAX }),
    select: (data) => data.preview,
    staleTime: 0,
  })
}

/** The vendors that the list can be filtered by. */
export function usePayees() {
  return useQuery({
    queryKey: keys.payees(),
    queryFn: () => get<AdminPayeeListResponse>("payees", { limit: ROWS_MAX }),
    select: (data) => data.payees,
  })
}
