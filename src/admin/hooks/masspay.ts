import { keepPreviousData, useQuery } from "@tanstack/react-query"

import type {
  AdminActionRequestListResponse,
  AdminOrderSettlementsResponse,
  AdminPayeeListResponse,
  AdminPayoutActionsResponse,
  AdminPayoutListResponse,
  AdminPayoutPreviewResponse,
  AdminPayoutResponse,
} from "../../types/http"
import type { AdminOverviewResponse } from "../../types/http-overview"
import { get, segment } from "../lib/api"
import type { ListQuery } from "../lib/list-address"
import type { PAYOUT_FILTERS } from "../lib/payout-filters"
import { isMoving } from "../lib/status-color"

/** How often a page that shows money in transit looks again. */
const LOOK_AGAIN_MS = 15_000
const OVERVIEW_MS = 30_000
/** As much as the API gives at once. */
const ROWS_MAX = 100

export type PayoutsQuery = ListQuery<typeof PAYOUT_FILTERS>
export type PreviewQuery = {
  limit: number
  offset: number
  reason?: string
  currency_code?: string
  /** Of everybody; all vendors are decided about for them. */
  totals?: boolean
}
/** For the totals alone: of everybody, whatever a list is filtered by. */
export const EVERYBODY: PreviewQuery = { limit: 1, offset: 0 }

/** All below "masspay", so that an action can make them all look again. */
const keys = {
  overview: () => ["masspay", "overview"],
  order: (id: string) => ["masspay", "order", id],
  payouts: (query: PayoutsQuery) => ["masspay", "payouts", query],
  payout: (id: string) => ["masspay", "payout", id],
  actions: (id: string) => ["masspay", "payout", id, "actions"],
  proposal: (id: string) => ["masspay", "payout", id, "proposal"],
  preview: (query: PreviewQuery) => ["masspay", "preview", query],
  payees: () => ["masspay", "payees"],
}

/** What needs somebody, the money there is, and what ran when. */
export function useOverview() {
  return useQuery({
    queryKey: keys.overview(),
    queryFn: () => get<AdminOverviewResponse>("overview"),
    select: (data) => data.overview,
    staleTime: 0,
    refetchInterval: OVERVIEW_MS,
  })
}

/** Every vendor's share of one order. */
export function useOrderSettlements(order_id: string) {
  return useQuery({
    queryKey: keys.order(order_id),
    queryFn: () =>
      get<AdminOrderSettlementsResponse>(`orders/${segment(order_id)}`),
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
    select: ({ payouts, count }) => ({ rows: payouts, count }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

export function usePayout(id: string) {
  return useQuery({
    queryKey: keys.payout(id),
    queryFn: () => get<AdminPayoutResponse>(`payouts/${segment(id)}`),
    select: (data) => data.payout,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data && isMoving(state.data.payout.status) ? LOOK_AGAIN_MS : false,
  })
}

/**
 * What the signed-in operator may do to a payout now. Asked again whenever the
 * payout changed: `updated_at` is its.
 */
export function usePayoutActions(id: string, updated_at: string) {
  return useQuery({
    queryKey: [...keys.actions(id), updated_at],
    queryFn: () =>
      get<AdminPayoutActionsResponse>(`payouts/${segment(id)}/actions`),
    select: (data) => data.actions,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  })
}

/** What waits for a second person's word about a payout, or `null`. */
export function useProposal(payout_id: string, updated_at: string) {
  return useQuery({
    queryKey: [...keys.proposal(payout_id), updated_at],
    queryFn: () =>
      get<AdminActionRequestListResponse>("action-requests", {
        payout_id,
        state: "proposed",
        limit: 1,
      }),
    select: (data) => data.action_requests[0] ?? null,
    staleTime: 0,
  })
}

/** What the next run would pay, and why not the rest. */
export function usePreview(
  query: PreviewQuery = { limit: ROWS_MAX, offset: 0 }
) {
  return useQuery({
    queryKey: keys.preview(query),
    queryFn: () =>
      get<AdminPayoutPreviewResponse & { count: number }>(
        "payouts/preview",
        query
      ),
    placeholderData: keepPreviousData,
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
