import { useQuery } from "@tanstack/react-query"

import type { AdminAutopayoutListResponse } from "../../types/http-mirrors"
import { get, segment } from "../lib/api"

/** The rules by which MassPay pays a vendor's wallets out by itself, asked for at MassPay. */
export function useAutopayouts(payee_id: string) {
  return useQuery({
    queryKey: ["masspay", "payee", payee_id, "autopayouts"],
    queryFn: () =>
      get<AdminAutopayoutListResponse>(
        `payees/${segment(payee_id)}/autopayouts`
      ),
    staleTime: 0,
    // Each look asks MassPay for every wallet of hers.
    refetchOnWindowFocus: false,
  })
}
