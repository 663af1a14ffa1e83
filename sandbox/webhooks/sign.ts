import { isJsonObject, parseJson } from "../json"
import type { Settings } from "../settings"
import { headersOf, signatureOf, type SignedRequest, stepOf } from "./signature"
import type { Delivery, DeliveryKind } from "./types"

/** A delivery as it leaves, with what a test needs to know about it. */
export type SignedDelivery = SignedRequest & {
  delivery_id: string
  event_id: string
  /** Null for the tax interview, whose body has none. */
  event_type: string | null
  kind: DeliveryKind
  /** False: its signature does not fit, and nobody may act on it. */
  is_genuine: boolean
  user_token: string | null
  load_token: string | null
  spendback_token: string | null
  payout_token: string | null
}

type Signing = {
  secret: string
  settings: Settings
  /** On the clock that the settings name. */
  nowMs: number
}

const REMEMBERED_MAX = 50_000

/** What MassPay says of an object is never said in two deliveries that look the same. */
export class Signer {
  private readonly used = new Set<string>()

  /**
   * Signs a delivery that leaves. Two events with the same body (a load completed,
   * cancelled and completed again) would carry the same signature within one second:
   * the later one then says one second more, so that none is taken for a repeat.
   */
  sign(delivery: Delivery, signing: Signing): SignedDelivery {
    const { event, kind } = delivery
    const isGenuine = kind !== "forged" && kind !== "tampered"
    const isShared = kind === "first" || kind === "copy"
    const shares = isShared && delivery.attempts.length === 0
    delivery.signature ??= shares
      ? (event.signature ??= this.signatureFor(delivery, signing))
      : this.signatureFor(delivery, signing)
    const { event_type, user_token, load_token } = event
    const { spendback_token, payout_token } = event
    return {
      headers: headersOf(delivery.signature),
      body: kind === "tampered" ? tamper(event.body) : event.body,
      delivery_id: delivery.token,
      event_id: event.token,
      event_type,
      kind,
      is_genuine: isGenuine,
      user_token,
      load_token,
      spendback_token,
      payout_token,
    }
  }

  private signatureFor(
    { event, kind, stale_ms }: Delivery,
    { secret, settings, nowMs }: Signing
  ): string {
    const timestamp = settings.webhook_timestamp
    const step = stepOf(timestamp)
    const keyOf = (ms: number): string =>
      `${event.body_sha256} ${Math.floor(ms / step)}`
    let ms = nowMs - stale_ms
    while (this.used.has(keyOf(ms))) ms += step
    this.remember(keyOf(ms))
    return signatureOf(event.body, {
      secret: kind === "forged" ? `not ${secret}` : secret,
      ms,
      timestamp,
      encoding: settings.webhook_encoding,
    })
  }

  private remember(key: string): void {
    this.used.add(key)
    if (this.used.size <= REMEMBERED_MAX) return
    for (const oldest of this.used) {
      this.used.delete(oldest)
      return
    }
  }
}

const OPPOSITES = new Map<unknown, string>([
  ["COMPLETED", "CANCELLED"],
  ["CANCELLED", "COMPLETED"],
  ["SCHEDULED", "COMPLETED"],
  ["success", "failure"],
  ["failure", "success"],
  ["LOCKED", "ACTIVE"],
  ["ACTIVE", "LOCKED"],
])

/** Says the opposite where there is one, and something else in any case. */
function tamper(body: string): string {
  const parsed = parseJson(body)
  if (!isJsonObject(parsed)) return `${body} `
  const status = OPPOSITES.get(parsed.status)
  return JSON.stringify({ ...parsed, status: status ?? "TAMPERED" })
}
