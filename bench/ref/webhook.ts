import { createHash, createHmac, timingSafeEqual } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

import { Pool } from "@medusajs/framework/pg"

/**
 * The plainest receiver that is safe: no Medusa, raw body, HMAC, parse, SHA-256,
 * one insert that is on the disk before the answer. No allow-list, no limits, no
 * other secrets, no timestamps. Resolves with its address.
 */
export async function startPlainReceiver(
  connectionString: string,
  secret: string
): Promise<string> {
  const pool = new Pool({ connectionString, max: 10 })
  await pool.query(`create table if not exists bench_plain_inbox (
    key bytea primary key, sha text not null, type text, token text, status text,
    received_at timestamptz not null default now())`)
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on("data", (chunk: Buffer) => chunks.push(chunk))
    req.on("end", () => {
      const body = Buffer.concat(chunks)
      const header = String(req.headers["x-masspay-signature"])
      const [t = "", s = ""] = header.split(",").map((part) => part.slice(2))
      const mac = createHmac("sha512", secret)
        .update(`${t}|`)
        .update(body)
        .digest()
      if (!timingSafeEqual(mac, Buffer.from(s, "hex"))) {
        res.writeHead(401).end()
        return
      }
      const event = JSON.parse(body.toString("utf8")) as Record<string, string>
      pool
        .query(
          `insert into bench_plain_inbox (key, sha, type, token, status)
           values ($1, $2, $3, $4, $5) on conflict do nothing`,
          [
            mac,
            createHash("sha256").update(body).digest("hex"),
            event.event_type,
            event.load_token,
            event.status,
          ]
        )
        .then(
          () => res.writeHead(200).end('{"received":true}'),
          () => res.writeHead(503).end()
        )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
