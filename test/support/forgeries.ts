import { performance } from "node:perf_hooks"

import { verifyWebhook } from "../../src/modules/masspay-gateway/webhooks/signature"
import { mutate } from "./mutations"
import { randomFrom } from "./random"
import { signatureFor, WEBHOOK_SECRET } from "./webhooks"

export type Forgeries = {
  tried: number
  accepted: number
  /** Threw, instead of refusing. */
  crashed: number
  /** The first that was taken or threw. */
  example: string | null
  slowest_ms: number
  /** Those over the limit in which nothing but the case itself was the reason: it was slow again. */
  slow: number
}

const SLOW_MS = 50

/** Tries so many mutated deliveries. The same seed tries the same ones. */
export function tryForgeries({
  count,
  seed,
}: {
  count: number
  seed: number
}): Forgeries {
  const random = randomFrom(seed)
  const options = {
    secrets: [WEBHOOK_SECRET, "whsec-older-4411"],
    stale: "hint" as const,
    toleranceSeconds: 300,
  }
  const now = new Date()
  const found: Forgeries = {
    tried: 0,
    accepted: 0,
    crashed: 0,
    example: null,
    slowest_ms: 0,
    slow: 0,
  }
  const body = Buffer.from(
    JSON.stringify({
      event_type: "load",
      load_token: "lod_9c1f0b58-6f0e-4c7e-9a3b-1f9f4bd0a0a1",
      client_load_id: `mplabc123${"0a".repeat(20)}`,
      amount: 12.34,
      source_currency_code: "USD",
      notes: "Payout",
      status: "COMPLETED",
    })
  )
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const header = signatureFor(body, { timestamp })
  const genuine = { headers: [header], body, now }
  if (verifyWebhook(options, genuine).verdict !== "genuine") {
    throw new Error("What is mutated must be genuine")
  }
  while (found.tried < count) {
    const delivery = mutate({ header, body }, random)
    const isSame =
      delivery.headers.length === 1 &&
      delivery.headers[0] === header &&
      delivery.body.equals(body)
    if (isSame) continue
    found.tried += 1
    const verify = () => verifyWebhook(options, { ...delivery, now })
    const began_ms = performance.now()
    try {
      if (verify().verdict === "genuine") {
        found.accepted += 1
        found.example ??= JSON.stringify(delivery.headers)
      }
    } catch (error) {
      found.crashed += 1
      found.example ??= `${String(error)} ${JSON.stringify(delivery.headers)}`
    }
    const took_ms = performance.now() - began_ms
    found.slowest_ms = Math.max(found.slowest_ms, took_ms)
    if (took_ms > SLOW_MS && isSlowAgain(verify)) found.slow += 1
  }
  return found
}

/** A busy machine stops a process now and then; a slow case is slow each time. */
function isSlowAgain(verify: () => unknown): boolean {
  const began_ms = performance.now()
  verify()
  return performance.now() - began_ms > SLOW_MS
}
