import type { IncomingHttpHeaders } from "node:http"

/** The names this machine has for itself alone. */
export const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "::1"] as const

export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOSTS.some((name) => name === host)
}

/** As a host is written in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host
}

function hasLoopbackName(url: string): boolean {
  try {
    const { hostname } = new URL(url)
    return isLoopbackHost(hostname.replace(/^\[|\]$/g, ""))
  } catch {
    return false
  }
}

/**
 * Only programs on this machine reach a loopback port, but one of them is the
 * browser, which acts for any page it shows. A page whose name was re-bound to
 * this machine still sends that name as Host; one that posts here from elsewhere
 * sends its own Origin.
 */
export function isFromThisMachine(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers
  if (host === undefined || !hasLoopbackName(`http://${host}`)) return false
  return origin === undefined || hasLoopbackName(origin)
}

/**
 * Whether a form was sent from a page of this very server, as far as the browser
 * says: what is no browser says nothing, and need not.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers
  const site = headers["sec-fetch-site"]
  if (site === "cross-site" || site === "same-site") return false
  return origin === undefined || origin.toLowerCase() === `http://${host}`
}
