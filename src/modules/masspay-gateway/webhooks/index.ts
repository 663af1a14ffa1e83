import type { WebhookEvent } from "../../../domain/webhooks"
import type { WebhookOptions } from "../../../options"
import { type Explained, explainWebhook, signSample } from "./explain"
import { readWebhookEvent } from "./read-event"
import { type Verdict, verifyWebhook } from "./signature"

export { SIGNATURE_HEADER } from "./signature"

/** One delivery, as it came over the wire. */
export type Delivery = {
  /** All values of the signature's header. */
  headers: readonly string[]
  body: Buffer
  now: Date
}

export type ReceivedWebhook =
  | (Extract<Verdict, { verdict: "genuine" }> & { event: WebhookEvent })
  | Exclude<Verdict, { verdict: "genuine" }>

/** What MassPay sends by itself: whether it is genuine, and what of it may be kept. */
export type Webhooks = {
  /** Parses nothing of what it cannot verify. Never throws. */
  receive(delivery: Delivery): ReceivedWebhook
  /** The same, step by step, for a person who wonders why. Keeps and tells no secret. */
  explain(delivery: Delivery): Explained
  /** A delivery as MassPay would sign it now, about nothing that exists. */
  sample(now: Date): { header: string; body: string }
}

export function createWebhooks(options: WebhookOptions): Webhooks {
  return {
    receive(delivery) {
      const verdict = verifyWebhook(options, delivery)
      return verdict.verdict === "genuine"
        ? { ...verdict, event: readWebhookEvent(delivery.body) }
        : verdict
    },
    explain: (delivery) => explainWebhook(options, delivery),
    sample: (now) => signSample(options, now),
  }
}
