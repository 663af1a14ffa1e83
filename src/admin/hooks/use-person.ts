import { useUser } from "@medusajs/dashboard/hooks"

const HOUR_MS = 3_600_000

/** The e-mail of a user, or her id as long as it is not known or is no user's. */
export function usePerson(id: string): string {
  const { user } = useUser(
    id,
    { fields: "id,email" },
    { retry: false, staleTime: HOUR_MS, enabled: id.startsWith("user_") }
  )
  return user?.email ?? id
}
