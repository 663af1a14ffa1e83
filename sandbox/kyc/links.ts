import type { User } from "../store"
import type { World } from "../world"
import type { KycSession, TaxInterview } from "./papers"

export const UPLOAD_PREFIX = "/upload/"
export const TAX_PREFIX = "/tax/"

/**
 * Where a user brings her papers. The hosts of MassPay's own links are known for
 * bank documents and for Veriff; any other link is always one of this sandbox.
 */
export function linkOf(
  { settings, wiring }: World,
  { secret, asks, provider }: KycSession
): string | null {
  if (secret === null) return null
  if (settings.upload_links === "masspay") {
    if (asks === "bank_document") return `https://l.maspay.io/${secret}`
    if (provider === "Veriff") return `https://magic.veriff.me/v${secret}`
  }
  return `${wiring.origin}${UPLOAD_PREFIX}${secret}`
}

/** The link that a locked or incomplete user needs; null when she was given none. */
export function lockLinkOf(world: World, user: User): string | null {
  const session = world.papers.session(user.lock?.session_id ?? "")
  return session ? linkOf(world, session) : null
}

export function interviewLink(
  { wiring }: World,
  { secret }: TaxInterview
): string {
  return `${wiring.origin}${TAX_PREFIX}${secret}`
}
