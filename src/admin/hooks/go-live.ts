import { useQuery } from "@tanstack/react-query"

import type { AdminGoLiveResponse } from "../../types/http-go-live"
import { get } from "../lib/api"

/** Every look asks MassPay and posts a self-test, so that it is repeated only when somebody asks. */
export function useGoLive() {
  return useQuery({
    queryKey: ["masspay", "go-live"],
    queryFn: () => get<AdminGoLiveResponse>("go-live"),
    select: ({ go_live }) => go_live,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
}
