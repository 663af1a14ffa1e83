// Whoever sends webhooks to the shop that is measured, in a process of its own.
import { createHmac } from "node:crypto"
import { Agent, request } from "node:http"

import {
  BENCH_SECRET,
  type Fired,
  type FromChild,
  type ToGenerator,
} from "./support/webhook-processes"

const BODY_BYTES = 2_048
const agent = new Agent({ keepAlive: true, maxSockets: 256 })
let signed = 0

type Delivery = { body: Buffer; signature: string }

/** Signed before anything is measured: MassPay's work is not ours. */
function deliveries(count: number): Delivery[] {
  return Array.from({ length: count }, () => {
    const event = {
      event_type: "load",
      load_token: `lod_${(signed += 1)}`,
      client_load_id: `somebody-elses-${signed}`,
      amount: 12.34,
      source_currency_code: "USD",
      status: "COMPLETED",
      notes: "",
    }
    const missing = BODY_BYTES - Buffer.byteLength(JSON.stringify(event))
    const body = Buffer.from(
      JSON.stringify({ ...event, notes: "x".repeat(missing) })
    )
    const timestamp = String(Date.now())
    const mac = createHmac("sha512", BENCH_SECRET)
      .update(`${timestamp}|`)
      .update(body)
      .digest("hex")
    return { body, signature: `t=${timestamp},s=${mac}` }
  })
}

/** Whether it was taken. A 503 is an answer, too: send it again later. */
function post(url: string, { body, signature }: Delivery): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": body.length,
          "x-masspay-signature": signature,
        },
      },
      (response) => {
        response.resume()
        response.on("end", () => {
          const { statusCode } = response
          if (statusCode === 200 || statusCode === 503) {
            resolve(statusCode === 200)
          } else reject(new Error(`${url} answered ${statusCode}`))
        })
      }
    )
    sent.on("error", reject)
    sent.end(body)
  })
}

async function fire(order: ToGenerator): Promise<Fired> {
  const all = deliveries(order.count)
  const took_ms: number[] = []
  let shed = 0
  const began_ms = performance.now()
  if ("concurrency" in order) {
    const waiting = all.values()
    const next = async () => {
      for (const delivery of waiting) {
        const sent_ms = performance.now()
        if (!(await post(order.url, delivery))) shed += 1
        took_ms.push(performance.now() - sent_ms)
      }
    }
    await Promise.all(Array.from({ length: order.concurrency }, next))
  } else {
    await Promise.all(
      all.map(async (delivery, nth) => {
        // Counted from when it was due: who has to wait for others waits, too.
        const due_ms = began_ms + (1000 * nth) / order.per_second
        await new Promise((resolve) =>
          setTimeout(resolve, due_ms - performance.now())
        )
        const sent_ms = Math.max(due_ms, began_ms)
        if (!(await post(order.url, delivery))) shed += 1
        took_ms.push(performance.now() - sent_ms)
      })
    )
  }
  const seconds = (performance.now() - began_ms) / 1000
  const sorted = took_ms.sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ??
    Number.NaN
  return {
    count: order.count - shed,
    shed,
    seconds,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
  }
}

function say(message: FromChild): void {
  process.send?.(message)
}

process.on("message", (order: ToGenerator) => {
  fire(order).then(
    (result) => say({ kind: "done", result }),
    (error: unknown) => say({ kind: "failed", message: String(error) })
  )
})
process.on("disconnect", () => process.exit())
say({ kind: "ready" })
