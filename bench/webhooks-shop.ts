// A shop with its HTTP API, for the measurement of webhooks: bench/webhooks.ts says what for.
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import path from "node:path"

import type { MedusaContainer } from "@medusajs/framework/types"

import { kernelFrom } from "../src/kernel"
import { startPlainReceiver } from "./ref/webhook"
import { migrateShop } from "./support/shop"
import { BENCH_SECRET, type FromChild } from "./support/webhook-processes"

const ROOT = path.join(__dirname, "..")

/** What of express is used here; Medusa brings it along. */
type App = {
  (req: IncomingMessage, res: ServerResponse): void
  post(
    path: string,
    handler: (
      req: unknown,
      res: { status(code: number): { json(body: object): void } }
    ) => void
  ): void
}
type Loaders = (options: {
  directory: string
  expressApp: App
}) => Promise<{ container: MedusaContainer }>

async function serve(): Promise<void> {
  const fromMedusa = createRequire(
    require.resolve("@medusajs/medusa/package.json")
  )
  const express = fromMedusa("express") as () => App
  const { default: loaders } =
    (await import("@medusajs/medusa/loaders/index")) as unknown as {
      default: Loaders
    }
  const app = express()
  const { container } = await loaders({ directory: ROOT, expressApp: app })
  // Behind everything that Medusa puts before a route of the shop: it answers.
  app.post("/bench/bare", (_req, res) => {
    res.status(200).json({ received: true })
  })
  const plain = await startPlainReceiver(
    process.env.DATABASE_URL ?? "",
    BENCH_SECRET
  )
  const server = createServer(app).listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo
    say({ kind: "ready", url: `http://127.0.0.1:${port}`, plain })
  })
  process.on("message", ({ stored }: { stored: number }) => {
    check(container, stored).then(
      () => say({ kind: "done" }),
      (error: unknown) => say({ kind: "failed", message: String(error) })
    )
  })
  // Not to outlive who asks.
  process.on("disconnect", () => process.exit())
}

/** Everything that was answered with 200 is in the table, and looked into. */
async function check(container: MedusaContainer, sent: number): Promise<void> {
  const { books, nudgeWebhooks } = await kernelFrom(container)
  nudgeWebhooks()
  await nudgeWebhooks.idle()
  const [row] = await books.rows<{ stored: number; waiting: number }>(
    `select count(*)::int as stored,
            count(*) filter (where state = 'received')::int as waiting
       from masspay_webhook_event`
  )
  if (row?.stored !== sent || row.waiting !== 0) {
    throw new Error(`Of ${sent} deliveries, ${JSON.stringify(row)}`)
  }
}

function say(message: FromChild): void {
  process.send?.(message)
}

const TASKS: Record<string, () => Promise<void>> = {
  migrate: migrateShop,
  serve,
}
const [task = ""] = process.argv.slice(2)
const work = TASKS[task]
if (!work) throw new RangeError(`There is no task ${task}`)
work().then(
  () => {
    if (task !== "serve") process.exit()
  },
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
