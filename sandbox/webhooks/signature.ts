import { createHmac } from "node:crypto"

import { isJsonObject, type JsonObject } from "../json"

export const SIGNATURE_HEADER = "x-masspay-signature"

export const TIMESTAMP_UNITS = ["seconds", "milliseconds", "iso"] as const
export type TimestampUnit = (typeof TIMESTAMP_UNITS)[number]

export const SIGNATURE_ENCODINGS = ["hex", "base64"] as const
export type SignatureEncoding = (typeof SIGNATURE_ENCODINGS)[number]

export type SignatureStyle = {
  /** How the moment is written in the header. Default: seconds. */
  timestamp?: TimestampUnit
  /** How the value is written in the header. Default: hex. */
  encoding?: SignatureEncoding
}

export type DeliveryToSign = SignatureStyle & {
  /** Sent as it is when it is a text, otherwise as JSON. */
  body: string | JsonObject
  secret: string
  signed_at: Date
}

/** A POST as MassPay makes it: send the body's bytes unchanged. */
export type SignedRequest = {
  headers: Record<string, string>
  body: string
}

/** Signs a delivery the way MassPay does, without any sandbox running. */
export function signDelivery(delivery: DeliveryToSign): SignedRequest {
  const { body, secret, signed_at, ...style } = delivery
  if (secret === "") throw new RangeError("The secret must not be empty")
  const text = isJsonObject(body) ? JSON.stringify(body) : body
  return {
    headers: headersOf(
      signatureOf(text, { secret, ms: signed_at.getTime(), ...style })
    ),
    body: text,
  }
}

export function headersOf(signature: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "masspay-sandbox",
    [SIGNATURE_HEADER]: signature,
  }
}

/** The value of the header: `t=…,s=…`. */
export function signatureOf(
  body: string,
  {
    secret,
    ms,
    timestamp = "seconds",
    encoding = "hex",
  }: SignatureStyle & { secret: string; ms: number }
): string {
  const moment = writeMoment(ms, timestamp)
  const mac = createHmac("sha512", secret).update(`${moment}|${body}`)
  return `t=${moment},s=${mac.digest(encoding)}`
}

function writeMoment(ms: number, unit: TimestampUnit): string {
  switch (unit) {
    case "seconds":
      return String(Math.floor(ms / 1_000))
    case "milliseconds":
      return String(ms)
    case "iso":
      return new Date(ms).toISOString()
  }
}

/** The smallest step that shows in the header. */
export function stepOf(unit: TimestampUnit): number {
  return unit === "seconds" ? 1_000 : 1
}
