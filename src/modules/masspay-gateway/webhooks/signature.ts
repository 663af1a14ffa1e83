import { createHmac, timingSafeEqual } from "node:crypto"

import type { WebhookOptions } from "../../../options"

export const SIGNATURE_HEADER = "x-masspay-signature"

const HEADER =
  /^\s*t=([0-9A-Za-z:.+-]{1,40})\s*,\s*s=([0-9A-Fa-f]{128}|[A-Za-z0-9+/_-]{86}={0,2})\s*$/
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/
const MAC_BYTES = 64
const HEX_LENGTH = 2 * MAC_BYTES
/** Below, a number counts seconds: as milliseconds it would be 1973. */
const MILLISECONDS_FROM = 1e11
/** However late a clock is: nobody signs this far ahead. */
const FUTURE_MAX_MS = 300_000
/** Older than this, a message is not even a hint. */
const HINT_MAX_MS = 24 * 3_600_000

/** The two parts of the header, as they came. */
export type ParsedSignature = {
  /** Signed as it is written: never the parsed instant. */
  timestamp: string
  mac: Buffer
}

/** `null` for anything but one timestamp and one MAC. */
export function parseSignatureHeader(header: string): ParsedSignature | null {
  const [, timestamp, signature] = HEADER.exec(header) ?? []
  if (timestamp === undefined || signature === undefined) return null
  const mac = Buffer.from(
    signature,
    signature.length === HEX_LENGTH ? "hex" : "base64"
  )
  return mac.length === MAC_BYTES ? { timestamp, mac } : null
}

/**
 * When a message says it was signed: seconds or milliseconds since 1970, or ISO
 * 8601 with its offset. `null` for anything else, which then counts as old.
 */
export function instantOf(timestamp: string): Date | null {
  if (/^\d+$/.test(timestamp)) {
    const number = Number(timestamp)
    const instant = new Date(
      number < MILLISECONDS_FROM ? number * 1000 : number
    )
    return Number.isNaN(instant.getTime()) ? null : instant
  }
  const ms = INSTANT.test(timestamp) ? Date.parse(timestamp) : Number.NaN
  return Number.isNaN(ms) ? null : new Date(ms)
}

/** HMAC-SHA512 over the timestamp as written, `|`, and the bytes of the body. */
export function macOf(secret: string, timestamp: string, body: Buffer): Buffer {
  return createHmac("sha512", secret)
    .update(`${timestamp}|`, "utf8")
    .update(body)
    .digest()
}

/**
 * Whether one of the secrets made it. Every secret is tried, whichever fits: how
 * long it takes tells nothing about which one did, or how nearly.
 */
export function isSignedByAny(
  secrets: readonly string[],
  { timestamp, mac }: ParsedSignature,
  body: Buffer
): boolean {
  let isSigned = false
  for (const secret of secrets) {
    const isThisOne = timingSafeEqual(macOf(secret, timestamp, body), mac)
    isSigned = isThisOne || isSigned
  }
  return isSigned
}

/** How old a genuine message is, and what that makes of it. */
export type Age = "fresh" | "stale" | "too_old" | "future"

export function ageOf(
  signed_at: Date | null,
  now: Date,
  {
    stale,
    toleranceSeconds,
  }: Pick<WebhookOptions, "stale" | "toleranceSeconds">
): Age {
  const age_ms = signed_at ? now.getTime() - signed_at.getTime() : null
  if (age_ms !== null && age_ms < -FUTURE_MAX_MS) return "future"
  if (age_ms !== null && age_ms <= toleranceSeconds * 1000) return "fresh"
  if (stale === "reject") return "too_old"
  return age_ms === null || age_ms <= HINT_MAX_MS ? "stale" : "too_old"
}

export type Verdict =
  | {
      verdict: "genuine"
      /** Names this signed delivery, however its header was written. */
      mac: Buffer
      signed_at: Date | null
      /** Old: worth a look, and nothing else. */
      is_stale: boolean
    }
  | { verdict: "malformed" }
  | { verdict: "refused"; why: "unsigned" | "signature" | "future" | "too_old" }

/**
 * Whether MassPay sent these bytes, and when. Nothing of the body is parsed.
 * `headers` are all values of the signature's header, as they came. The time is
 * judged after the signature, so that a forger learns nothing about either.
 */
export function verifyWebhook(
  { secrets, ...policy }: WebhookOptions,
  {
    headers,
    body,
    now,
  }: { headers: readonly string[]; body: Buffer; now: Date }
): Verdict {
  const [header] = headers
  if (header === undefined) return { verdict: "refused", why: "unsigned" }
  const parsed = headers.length === 1 ? parseSignatureHeader(header) : null
  if (!parsed) return { verdict: "malformed" }
  if (!isSignedByAny(secrets, parsed, body)) {
    return { verdict: "refused", why: "signature" }
  }
  const signed_at = instantOf(parsed.timestamp)
  const age = ageOf(signed_at, now, policy)
  if (age === "future" || age === "too_old") {
    return { verdict: "refused", why: age }
  }
  return {
    verdict: "genuine",
    mac: parsed.mac,
    signed_at,
    is_stale: age === "stale",
  }
}
