import { useQuery } from "@tanstack/react-query"

import type {
  AdminDestinationListResponse,
  DestinationFormResponse,
} from "../../types/http-destinations"
import { get, segment } from "../lib/api"

/** Where a vendor's direct payouts go, and how she is paid. */
export function useDestinations(payee_id: string) {
  return useQuery({
    queryKey: ["masspay", "payee", payee_id, "destinations"],
    queryFn: () =>
      get<AdminDestinationListResponse>(
        `payees/${segment(payee_id)}/destinations`
      ),
    staleTime: 0,
  })
}

/** What MassPay wants to know for one of them: the questions, never an answer. */
export function useDestinationForm({
  payee_id,
  id,
}: {
  payee_id: string
  id: string
}) {
  return useQuery({
    queryKey: ["masspay-destination-form", payee_id, id],
    queryFn: () =>
      get<DestinationFormResponse>(
        `payees/${segment(payee_id)}/destinations/${segment(id)}/attributes`
      ),
    // The form is not taken away from whoever fills it in.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}
