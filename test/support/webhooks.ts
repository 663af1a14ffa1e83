import { createHmac } from "node:crypto"

import {
  storeWebhook,
  type WebhookToStore,
} from "../../src/modules/masspay/queries/webhook-inbox"
import { createWebhooks } from "../../src/modules/masspay-gateway/webhooks"
import type { Shop } from "./payout-shop"

/** Signs as MassPay's guide says, without the code that is under test. */
export function signatureFor(
  body: string | Buffer,
  {
    secret = WEBHOOK_SECRET,
    timestamp = String(Math.floor(Date.now() / 1000)),
    encoding = "hex",
  }: {
    secret?: string
    timestamp?: string
    encoding?: "hex" | "base64" | "base64url"
  } = {}
): string {
  const mac = createHmac("sha512", secret)
    .update(Buffer.concat([Buffer.from(`${timestamp}|`), Buffer.from(body)]))
    .digest(encoding)
  return `t=${timestamp},s=${mac}`
}

export const WEBHOOK_SECRET = "whsec-canary-8f2c1d"
/** While MassPay signs with one secret, the one before still counts. */
export const OLD_SECRET = "whsec-old-canary-77"

const webhooks = createWebhooks({
  secrets: [WEBHOOK_SECRET],
  stale: "hint",
  toleranceSeconds: 300,
})

let sent = 0

/** Signs an event and stores it as the route would. Returns whether it was new. */
export async function deliver(
  shop: Shop,
  event: object,
  { header }: { header?: string } = {}
): Promise<boolean> {
  const body = JSON.stringify(event)
  // No two deliveries are signed in the same millisecond.
  const timestamp = String(Date.now() - 60_000 + (sent += 1))
  const received = webhooks.receive({
    headers: [header ?? signatureFor(body, { timestamp })],
    body: Buffer.from(body),
    now: new Date(),
  })
  if (received.verdict !== "genuine") {
    throw new Error(`Not taken: ${received.verdict}`)
  }
  const { event: kept, mac, signed_at, is_stale } = received
  const webhook: WebhookToStore = { ...kept, mac, signed_at, is_stale }
  return storeWebhook(shop.books.db, webhook)
}

export type InboxRow = {
  state: string
  reason: string | null
  attempts: number
  truth_status: string | null
  status: string | null
  kind: string
}

export function inboxOf(shop: Shop): Promise<InboxRow[]> {
  return shop.books.db.rows<InboxRow>(
    `select kind, state, reason, attempts, truth_status, status
       from masspay_webhook_event order by received_at, id`
  )
}
