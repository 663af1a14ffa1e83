import { useQuery } from "@tanstack/react-query"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"

import { sdk } from "../lib/client"

const MINUTES_MS = 10 * 60_000
const USERS_MAX = 100

type User = {
  id: string
  email: string
  first_name: string | null
  last_name: string | null
}

/** The id of whoever is signed in; `null` until it is known. */
export function useMe(): string | null {
  const { data } = useQuery({
    queryKey: ["masspay-me"],
    queryFn: () => sdk.client.fetch<{ user: User }>("/admin/users/me"),
    staleTime: MINUTES_MS,
  })
  return data?.user.id ?? null
}

/** Names people by the id that decisions are kept with; the id where there is no name. */
export function useOperatorName(): (actor: string) => string {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ["masspay-users"],
    queryFn: () =>
      sdk.client.fetch<{ users: User[] }>("/admin/users", {
        query: { limit: USERS_MAX, fields: "id,email,first_name,last_name" },
      }),
    staleTime: MINUTES_MS,
    retry: false,
  })
  return useCallback(
    (actor) => {
      if (actor === "system") return t("masspay.people.system")
      // She acted herself; whose decision it is stands beside it.
      if (actor.startsWith("vendor:")) return t("masspay.people.vendor")
      const user = data?.users.find(({ id }) => id === actor)
      const name = [user?.first_name, user?.last_name].filter(Boolean).join(" ")
      return name || user?.email || actor
    },
    [data, t]
  )
}
