import type { WebhookEvent } from "../../../domain/webhooks"
import type { WebhookOptions } from "../../../options"
import { readWebhookEvent } from "./read-event"
import {
  ageOf,
  instantOf,
  isSignedByAny,
  macOf,
  parseSignatureHeader,
  SIGNATURE_HEADER,
  verifyWebhook,
} from "./signature"

/** One check and how it went. Plain words; never a secret, a MAC or a body. */
export type WebhookCheck = {
  name: "header" | "format" | "signature" | "time" | "body"
  passed: boolean
  detail: string
}

export type Explained = {
  /** What the route would answer. */
  status: 200 | 400 | 401
  checks: WebhookCheck[]
  /** What would be kept; `null` where it is refused. */
  kept: Omit<WebhookEvent, "body_sha256"> | null
}

/** A webhook about a load that no shop has: its tag is six dashes' worth of nothing. */
const SAMPLE = {
  event_type: "load",
  load_token: "sample-load",
  client_load_id: "sample",
  amount: 12.34,
  source_currency_code: "USD",
  status: "COMPLETED",
}

export function signSample(
  { secrets }: WebhookOptions,
  now: Date
): { header: string; body: string } {
  const [secret] = secrets
  if (secret === undefined) throw new Error("No secret to sign with")
  const body = JSON.stringify(SAMPLE)
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const mac = macOf(secret, timestamp, Buffer.from(body, "utf8"))
  return { header: `t=${timestamp},s=${mac.toString("hex")}`, body }
}

/**
 * What the route checks, one after the other, until something fails. The verdict
 * is the route's own: this only says why.
 */
export function explainWebhook(
  options: WebhookOptions,
  {
    headers,
    body,
    now,
  }: { headers: readonly string[]; body: Buffer; now: Date }
): Explained {
  const { verdict } = verifyWebhook(options, { headers, body, now })
  const isGenuine = verdict === "genuine"
  const event = isGenuine ? keptOf(body) : null
  return {
    status: isGenuine ? 200 : verdict === "malformed" ? 400 : 401,
    checks: checksOf(options, { headers, body, now }, event),
    kept: event,
  }
}

function keptOf(body: Buffer): Omit<WebhookEvent, "body_sha256"> {
  const { body_sha256: _, ...event } = readWebhookEvent(body)
  return event
}

function checksOf(
  options: WebhookOptions,
  {
    headers,
    body,
    now,
  }: { headers: readonly string[]; body: Buffer; now: Date },
  event: Explained["kept"]
): WebhookCheck[] {
  const checks: WebhookCheck[] = []
  const add = (
    name: WebhookCheck["name"],
    passed: boolean,
    detail: string
  ): boolean => {
    checks.push({ name, passed, detail })
    return passed
  }
  const isOne = headers.length === 1
  if (!add("header", isOne, headerDetail(headers.length))) return checks
  const parsed = parseSignatureHeader(headers[0] ?? "")
  if (!parsed) {
    add(
      "format",
      false,
      "It has to be t=TIMESTAMP,s=SIGNATURE and nothing else, the signature 128 hexadecimal digits or 86 characters of base64."
    )
    return checks
  }
  add("format", true, "A timestamp and a signature of 64 bytes.")
  const isSigned = isSignedByAny(options.secrets, parsed, body)
  if (!add("signature", isSigned, signatureDetail(options, isSigned, body))) {
    return checks
  }
  const signed_at = instantOf(parsed.timestamp)
  const age = ageOf(signed_at, now, options)
  const isInTime = age === "fresh" || age === "stale"
  if (!add("time", isInTime, timeDetail(options, { signed_at, now, age }))) {
    return checks
  }
  const isReadable = event !== null && event.kind !== "unreadable"
  add(
    "body",
    isReadable,
    isReadable
      ? `Understood as kind "${event.kind}". Every field that is not shown is dropped.`
      : "Not a JSON object. It is stored as unreadable and leads to nothing."
  )
  return checks
}

function headerDetail(count: number): string {
  if (count === 1) return `One ${SIGNATURE_HEADER} header.`
  return count === 0
    ? `No ${SIGNATURE_HEADER} header: MassPay signs only after a secret was made in its dashboard, and proxies may drop headers.`
    : `${count} ${SIGNATURE_HEADER} headers: exactly one is accepted.`
}

function signatureDetail(
  { secrets }: WebhookOptions,
  isSigned: boolean,
  body: Buffer
): string {
  const tried = `${secrets.length} secret${secrets.length === 1 ? "" : "s"} tried over ${body.length} bytes`
  return isSigned
    ? `Genuine: ${tried}.`
    : `No secret made it: ${tried}. Either the secret is another one, or the body is not what was signed, byte for byte: line breaks at its end and re-formatted JSON count.`
}

function timeDetail(
  { stale, toleranceSeconds }: WebhookOptions,
  {
    signed_at,
    now,
    age,
  }: { signed_at: Date | null; now: Date; age: ReturnType<typeof ageOf> }
): string {
  if (!signed_at) {
    return `The timestamp is neither a number nor ISO 8601, so it counts as old; stale: "${stale}".`
  }
  const seconds = Math.round((now.getTime() - signed_at.getTime()) / 1000)
  switch (age) {
    case "fresh":
      return `Signed ${seconds} s ago by this machine's clock, within ${toleranceSeconds} s.`
    case "stale":
      return `Signed ${seconds} s ago: old, and only a hint to go and look.`
    case "future":
      return `Signed ${-seconds} s in the future: refused, whatever the options say. One of the clocks is wrong.`
    case "too_old":
      return `Signed ${seconds} s ago: too old with stale: "${stale}".`
  }
}
