import type { Webhooks } from "./modules/masspay-gateway/webhooks"
import type { AdminWebhookTestResponse } from "./types/http-webhooks"

/**
 * Checks a delivery that somebody pasted, or a sample that is signed here, as the
 * webhook route would. Stores nothing and tells no secret.
 */
export function checkWebhook(
  webhooks: Webhooks,
  {
    header,
    body,
    at = new Date(),
  }: {
    header?: string | undefined
    body?: string | undefined
    at?: Date | undefined
  }
): AdminWebhookTestResponse {
  const isPasted = header !== undefined && body !== undefined
  const delivery = isPasted ? { header, body } : webhooks.sample(at)
  const explained = webhooks.explain({
    headers: delivery.header === "" ? [] : [delivery.header],
    body: Buffer.from(delivery.body, "utf8"),
    now: at,
  })
  return {
    is_sample: !isPasted,
    ...(!isPasted && { sample: delivery }),
    ...explained,
  }
}
