import type { Settings } from "../settings"
import type { LockKind, User } from "../store"
import { kycEvent, userEvent } from "../webhooks/bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import type { KycSession, KycStatus } from "./papers"

/** In these the link opens a form; in all others there is nothing to send. */
const OPEN: readonly KycStatus[] = ["Started", "Resubmission requested"]

const REASONS: Partial<Record<KycStatus, string>> = {
  Declined: "The papers were not accepted",
  "Resubmission requested": "The papers could not be read",
}

export function isOpen({ status }: KycSession): boolean {
  return OPEN.includes(status)
}

export function startSession(
  { papers, tokens, clock }: World,
  user: User,
  wanted: Pick<KycSession, "provider" | "asks"> & { hasLink: boolean }
): KycSession {
  const { hasLink, ...asked } = wanted
  const session: KycSession = {
    ...asked,
    secret: hasLink ? tokens.linkSecret() : null,
    token: tokens.next("kyc_"),
    number: papers.sessionCount() + 1,
    user_token: user.token,
    status: "Started",
    reason: null,
    created_ms: clock.now(),
  }
  papers.addSession(session)
  return session
}

/** What MassPay asks for when it locks a user in this way; null when it says nothing. */
export function startLockSession(
  world: World,
  user: User,
  kind: LockKind
): KycSession | null {
  const wanted = { provider: "Veriff", hasLink: true } as const
  switch (kind) {
    case "inactive":
      return null
    case "bank_document":
      return startSession(world, user, { ...wanted, asks: "bank_document" })
    case "identity":
    case "missing_id":
      return startSession(world, user, { ...wanted, asks: "identity" })
  }
}

/** The papers arrived. What becomes of them is as the settings say, now or later. */
export function submit(world: World, session: KycSession): void {
  const { settings, papers, clock } = world
  const isFirst = session.status !== "Resubmission requested"
  setStatus(world, session, isFirst ? "Submitted" : "Resubmitted")
  if (settings.kyc_review === "manual") return
  const time_ms = clock.now() + settings.kyc_review_seconds * 1_000
  const { token, number } = session
  if (time_ms > clock.now()) papers.reviews.add({ token, number, time_ms })
  else review(world, session)
}

const OUTCOMES: Record<Settings["kyc_review"], KycStatus> = {
  approve: "Approved",
  decline: "Declined",
  resubmit: "Resubmission requested",
  manual: "Review",
}

/** Somebody looks at the papers, and decides as the settings say at that moment. */
export function review(world: World, session: KycSession): void {
  setStatus(world, session, OUTCOMES[world.settings.kyc_review])
}

/**
 * Approved papers clear the lock they were asked for. Where papers are no longer
 * looked at although the user still needs them, the next link is a new one.
 */
export function setStatus(
  world: World,
  session: KycSession,
  status: KycStatus
): void {
  const { papers, store, journal } = world
  session.status = status
  session.reason = REASONS[status] ?? null
  papers.dropReviewOf(session)
  const { user_token } = session
  const note = status.toLowerCase().replaceAll(" ", "_")
  journal.append({
    kind: "note",
    event: `kyc_${session.asks}_${note}`,
    user_token,
    load_token: null,
  })
  tellStatus(world, session)
  const user = store.user(user_token)
  if (!user?.lock) return
  if (status === "Approved") {
    if (satisfies(session, user)) clearLock(world, user)
    return
  }
  const isOver = ["Declined", "Abandoned", "Expired"].includes(status)
  if (isOver && user.lock.session_id === session.token) {
    const next = startLockSession(world, user, user.lock.kind)
    user.lock = { ...user.lock, session_id: next?.token ?? null }
  }
}

function satisfies({ asks, token }: KycSession, { lock }: User): boolean {
  if (lock?.session_id === token) return true
  return asks === "identity" && lock?.kind !== "bank_document"
}

/** Whatever was missing is no longer. */
export function clearLock(world: World, user: User): void {
  closeLockSession(world, user)
  user.lock = null
  if (user.status === "LOCKED") user.status = "ACTIVE"
  tell(world, userEvent(user))
}

/** The link of a lock that is no more leads nowhere. */
export function closeLockSession(world: World, user: User): void {
  const session = world.papers.session(user.lock?.session_id ?? "")
  if (!session || session.status === "Approved") return
  session.status = "Abandoned"
  world.papers.dropReviewOf(session)
  tellStatus(world, session)
}

/** A bank document has no session that the API knows of: nothing is told of it. */
function tellStatus(world: World, session: KycSession): void {
  const { asks, token, user_token, provider, status } = session
  if (asks !== "identity") return
  tell(world, kycEvent({ user_token, provider, session_id: token, status }))
}
