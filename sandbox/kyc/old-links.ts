import type { User } from "../store"
import type { Papers } from "./papers"

/** How the first data files wrote a lock: with a link, before there were sessions. */
export type OldLock = {
  kind: NonNullable<User["lock"]>["kind"]
  link: string | null
}

/** The lock of a user in a data file, with a session for a link that had none. */
export function adoptOldLinks(
  papers: Papers,
  user: { token: string; created_ms: number; lock: User["lock"] | OldLock }
): User["lock"] {
  const { lock } = user
  if (!lock || "session_id" in lock) return lock
  const { kind, link } = lock
  const secret = /\/v?([0-9a-f]{32})$/.exec(link ?? "")?.[1]
  if (secret === undefined) return { kind, session_id: null }
  const token = `kyc_${secret}`
  papers.addSession({
    token,
    secret,
    number: papers.sessionCount() + 1,
    user_token: user.token,
    provider: "Veriff",
    asks: kind === "bank_document" ? "bank_document" : "identity",
    status: "Started",
    reason: null,
    created_ms: user.created_ms,
  })
  return { kind, session_id: token }
}
