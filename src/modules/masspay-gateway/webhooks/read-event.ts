import { createHash } from "node:crypto"

import type { WEBHOOK_DETAILS } from "../../../domain/webhooks"
import { type WebhookEvent, type WebhookKind } from "../../../domain/webhooks"
import { redact } from "../http/redact"

const TOKEN = /^[A-Za-z0-9_-]{1,80}$/
/** Ours begin so. Others may be anything, also somebody's e-mail address. */
const OUR_CLIENT_ID = /^mpl[a-z0-9]{1,47}$/
const TYPE = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/
const WORD = /^[A-Za-z][A-Za-z _-]{0,39}$/
const CURRENCY = /^[A-Za-z]{3,5}$/
const DECIMAL = /^-?\d{1,15}(\.\d{1,8})?$/
const STATUS_REASON_MAX = 200

/** What is taken of each field that may be kept. Anything of another type or shape is dropped. */
type Read = (value: unknown) => string | null
const matching =
  (pattern: RegExp): Read =>
  (value) =>
    typeof value === "string" && pattern.test(value) ? value : null
const token = matching(TOKEN)
const word = matching(WORD)
const currency = matching(CURRENCY)
const decimal: Read = (value) => {
  const text = typeof value === "number" ? String(value) : value
  return typeof text === "string" && DECIMAL.test(text) ? text : null
}
const prose: Read = (value) =>
  typeof value === "string"
    ? redact(value).trim().slice(0, STATUS_REASON_MAX) || null
    : null

const DETAIL_READERS: Record<(typeof WEBHOOK_DETAILS)[number], Read> = {
  amount: decimal,
  source_amount: decimal,
  destination_amount: decimal,
  source_currency_code: currency,
  destination_currency_code: currency,
  status_reason: prose,
}

/** Where an event has what we look for, and which details of it are kept. */
type Shape = {
  token?: string
  client_id?: string
  user_token?: string
  status?: readonly string[]
  details?: readonly (typeof WEBHOOK_DETAILS)[number][]
}

/** The allow-list. What a type does not name never leaves this file. */
const SHAPES: Record<WebhookKind, Shape> = {
  payout: {
    token: "payout_token",
    client_id: "client_transfer_id",
    user_token: "user_token",
    status: ["status"],
    details: [
      "source_amount",
      "source_currency_code",
      "destination_amount",
      "destination_currency_code",
      "status_reason",
    ],
  },
  load: {
    token: "load_token",
    client_id: "client_load_id",
    user_token: "user_token",
    status: ["status"],
    details: ["amount", "source_currency_code", "status_reason"],
  },
  spendback: {
    token: "spendback_token",
    client_id: "client_spendback_id",
    user_token: "user_token",
    status: ["status"],
    details: ["amount", "source_currency_code", "status_reason"],
  },
  user: {
    user_token: "user_token",
    status: ["status", "kyc_status", "KYCStatus"],
  },
  // `IdentityKey` is a key to the person: only that there is one is read.
  tax: { user_token: "AccountId", status: ["TaxStatus"] },
  balance_credit: { details: ["amount", "source_currency_code"] },
  unknown: { user_token: "user_token" },
  unreadable: {},
}

const KINDS_BY_TYPE = new Map<string, WebhookKind>([
  ["payout", "payout"],
  ["payout.created", "payout"],
  ["payout.status", "payout"],
  ["load", "load"],
  ["spendback", "spendback"],
  ["balance_credit", "balance_credit"],
])

/**
 * What may be kept of a genuine message. Call it only after the signature was
 * verified. Never throws: what cannot be read is `unreadable`, and still has the
 * hash of its bytes.
 */
export function readWebhookEvent(body: Buffer): WebhookEvent {
  const fields = fieldsOf(body)
  const kind = fields ? kindOf(fields) : "unreadable"
  const shape = SHAPES[kind]
  const at = (key: string | undefined): unknown =>
    key === undefined ? undefined : fields?.get(key)
  const details: WebhookEvent["details"] = {}
  for (const name of shape.details ?? []) {
    const value = DETAIL_READERS[name](at(name))
    if (value !== null) details[name] = value
  }
  return {
    kind,
    event_type: matching(TYPE)(at("event_type")),
    remote_token: token(at(shape.token)),
    client_id: matching(OUR_CLIENT_ID)(at(shape.client_id)),
    user_token: token(at(shape.user_token)),
    status:
      (shape.status ?? []).map((key) => word(at(key))).find(Boolean) ?? null,
    details,
    body_sha256: createHash("sha256").update(body).digest("hex"),
  }
}

function kindOf(fields: ReadonlyMap<string, unknown>): WebhookKind {
  const type = fields.get("event_type")
  // Their own casing, and often without a type.
  if (fields.has("IdentityKey") && fields.has("AccountId")) return "tax"
  if (type === undefined) return fields.has("user_token") ? "user" : "unknown"
  if (typeof type !== "string") return "unknown"
  const name = type.trim().toLowerCase()
  const known = KINDS_BY_TYPE.get(name)
  if (known) return known
  if (/^(user|kyc|identity)\b|^(user|kyc|identity)_/.test(name)) return "user"
  return name.startsWith("tax") ? "tax" : "unknown"
}

/** The outermost fields, in a map that has no prototype to be confused with. */
function fieldsOf(body: Buffer): ReadonlyMap<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"))
    if (typeof parsed !== "object" || parsed === null) return null
    return Array.isArray(parsed) ? null : new Map(Object.entries(parsed))
  } catch {
    return null
  }
}
