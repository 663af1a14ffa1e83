import { keepPreviousData, useQuery } from "@tanstack/react-query"

import type {
  AdminDiscrepancyListResponse,
  AdminReconciliationListResponse,
} from "../../types/http-reconciliation"
import { get } from "../lib/api"

const LOOK_AGAIN_MS = 5_000
const LATEST = 10

export function useDiscrepancyPage(query: { limit: number; offset: number }) {
  return useQuery({
    queryKey: ["masspay", "discrepancies", query],
    queryFn: () => get<AdminDiscrepancyListResponse>("discrepancies", query),
    select: ({ discrepancies, count }) => ({ rows: discrepancies, count }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** The latest comparisons; looked at again while one is under way. */
export function useRuns() {
  return useQuery({
    queryKey: ["masspay", "reconciliations"],
    queryFn: () =>
      get<AdminReconciliationListResponse>("reconciliations", {
        limit: LATEST,
      }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.reconciliations.some(({ status }) => status === "running")
        ? LOOK_AGAIN_MS
        : false,
  })
}
