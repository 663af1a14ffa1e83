import { keepPreviousData, useQuery } from "@tanstack/react-query"

import type {
  AdminActionRequestListResponse,
  AdminPayeeListResponse,
} from "../../types/http"
import type { AdminHoldListResponse } from "../../types/http-collect"
import type { AdminIncidentListResponse } from "../../types/http-incidents"
import type { AdminKycRequestListResponse } from "../../types/http-kyc"
import type { AdminNotificationListResponse } from "../../types/http-notifications"
import type { AdminUnallocatedRefundListResponse } from "../../types/http-refunds"
import type { AdminWebhookEventListResponse } from "../../types/http-webhooks"
import { get } from "../lib/api"

type Query = { limit: number; offset: number }

/** One page of a list. The page before stays visible until the next is there. */
// What a path answers is said by whoever names the path, and checked by nobody.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function usePage<Answer extends { count: number }, Row>(
  path: string,
  query: Query,
  rowsOf: (answer: Answer) => Row[]
) {
  return useQuery({
    queryKey: ["masspay", path, query],
    queryFn: () => get<Answer>(path, query),
    select: (answer) => ({ rows: rowsOf(answer), count: answer.count }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

export const usePayeePage = (query: Query) =>
  usePage("payees", query, (answer: AdminPayeeListResponse) => answer.payees)

export const useKycRequestPage = (query: Query) =>
  usePage(
    "kyc-requests",
    query,
    (answer: AdminKycRequestListResponse) => answer.kyc_requests
  )

export const useActionRequestPage = (query: Query) =>
  usePage(
    "action-requests",
    query,
    (answer: AdminActionRequestListResponse) => answer.action_requests
  )

export const useRefundPage = (query: Query) =>
  usePage(
    "unallocated-refunds",
    query,
    (answer: AdminUnallocatedRefundListResponse) => answer.unallocated_refunds
  )

export const useNotificationPage = (query: Query) =>
  usePage(
    "notifications",
    query,
    (answer: AdminNotificationListResponse) => answer.notifications
  )

export const useWebhookPage = (query: Query) =>
  usePage(
    "webhook-events",
    query,
    (answer: AdminWebhookEventListResponse) => answer.webhook_events
  )

export const useHoldPage = (query: Query) =>
  usePage("holds", query, (answer: AdminHoldListResponse) => answer.holds)

export const useIncidentPage = (query: Query) =>
  usePage(
    "incidents",
    query,
    (answer: AdminIncidentListResponse) => answer.incidents
  )
