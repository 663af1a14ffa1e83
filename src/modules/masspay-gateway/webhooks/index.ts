import type { WebhookEvent } from "../../../domain/webhooks"
import type { WebhookOptions } from "../../../options"
import { type Explained, explainWebhook, signSample } from "./explain"
import { readWebhookEvent } from "./read-event"
import { postSelfTest, type SelfTest, selfTestProof } from "./self-check"
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
  /** Ours: signed by this shop's own checklist. Nothing is kept; `proof` is the answer. */
  | { verdict: "self_test"; proof: string }

/** What MassPay sends by itself: whether it is genuine, and what of it may be kept. */
export type Webhooks = {
  /** Parses nothing of what it cannot verify. Never throws. */
  receive(delivery: Delivery): ReceivedWebhook
  /** The same, step by step, for a person who wonders why. Keeps and tells no secret. */
  explain(delivery: Delivery): Explained
  /** A delivery as MassPay would sign it now, about nothing that exists. */
  sample(now: Date): { header: string; body: string }
  /** Posts a delivery that changes nothing to `publicUrl`; `null` where that is not set. Never throws. */
  selfTest(now: Date): Promise<SelfTest | null>
}

export function createWebhooks(options: WebhookOptions): Webhooks {
  return {
    receive(delivery) {
      const verdict = verifyWebhook(options, delivery)
      const proof =
        verdict.verdict === "genuine" && selfTestProof(options, delivery.body)
      if (proof) return { verdict: "self_test", proof }
      return verdict.verdict === "genuine"
        ? { ...verdict, event: readWebhookEvent(delivery.body) }
        : verdict
    },
    explain: (delivery) => explainWebhook(options, delivery),
    sample: (now) => signSample(options, now),
    selfTest: (now) => postSelfTest(options, now),
  }
}
