import { GatewayMisconfiguredError } from "../errors"
import type { TransportRequest } from "../types"

const SEGMENT = /^[A-Za-z0-9_-]{1,80}$/
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/

/**
 * The address of a request below `root`. A segment may only be a plain token, so
 * that no value can add a path segment or a query of its own.
 */
export function addressOf(root: string, request: TransportRequest): string {
  if (
    request.path.length === 0 ||
    !request.path.every((s) => SEGMENT.test(s))
  ) {
    throw new GatewayMisconfiguredError(
      "Not sent: a part of its address is not a MassPay token"
    )
  }
  const path = request.path.map(encodeURIComponent).join("/")
  const query = new URLSearchParams(request.query ?? {}).toString()
  return `${root}/payout/${path}${query === "" ? "" : `?${query}`}`
}

/** Changes nothing, so it may be repeated. MassPay reads a confirmation by a PATCH. */
export function isRead({ method }: Pick<TransportRequest, "method">): boolean {
  return method === "GET" || method === "PATCH"
}

/**
 * The headers that differ between requests. A read never carries a key, because
 * MassPay would answer it with what it saved; a write always does.
 */
export function headersOf(request: TransportRequest): Record<string, string> {
  const { body, idempotency_key } = request
  if (isRead(request)) {
    if (idempotency_key !== undefined || body !== undefined) {
      throw new GatewayMisconfiguredError(
        "Not sent: a read has neither an idempotency key nor a body"
      )
    }
    return {}
  }
  if (idempotency_key === undefined || !IDEMPOTENCY_KEY.test(idempotency_key)) {
    throw new GatewayMisconfiguredError(
      "Not sent: a write needs an idempotency key of 1 to 255 printable characters"
    )
  }
  return {
    "Idempotency-Key": idempotency_key,
    ...(body !== undefined && { "Content-Type": "application/json" }),
  }
}

const WAIT_MAX_MS = 15 * 60_000

/** `Retry-After` as milliseconds from `now`, at most 15 minutes. */
export function readRetryAfter(value: unknown, now: Date): number | undefined {
  if (typeof value !== "string") return undefined
  const text = value.trim()
  const wait = /^\d{1,9}$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now.getTime()
  return Number.isFinite(wait)
    ? Math.min(Math.max(wait, 0), WAIT_MAX_MS)
    : undefined
}
