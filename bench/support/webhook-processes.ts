import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

import { urlOf } from "./shop"

export const BENCH_SECRET = "bench-webhook-secret"

/** What the generator is to send. With `per_second` it does not wait for answers. */
export type ToGenerator = {
  url: string
  count: number
} & ({ concurrency: number } | { per_second: number })

export type Fired = {
  /** Taken. */
  count: number
  /** Answered with 503. */
  shed: number
  seconds: number
  p50_ms: number
  p99_ms: number
}

export type FromChild =
  | { kind: "ready"; url?: string; plain?: string }
  | { kind: "done"; result?: Fired }
  | { kind: "failed"; message: string }

/** A shop with its HTTP API and our route, and a bare one, in a process of its own. */
export async function startWebhookShop(
  database: string,
  sandbox: { url: string }
): Promise<{
  url: string
  /** Where the plain receiver of the same process listens. */
  plain: string
  check: (stored: number) => Promise<void>
}> {
  const env = {
    NODE_ENV: "development",
    LOG_LEVEL: "error",
    DATABASE_URL: urlOf(database),
    MASSPAY_BASE_URL: sandbox.url,
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_WEBHOOKS: JSON.stringify({
      secrets: [BENCH_SECRET, "an-older-one"],
    }),
  }
  const migrating = start("webhooks-shop.ts", ["migrate"], env)
  const [code] = (await once(migrating, "exit")) as [number | null]
  if (code !== 0) throw new Error("The shop could not be prepared")
  const child = start("webhooks-shop.ts", ["serve"], env)
  const said = await hear(child)
  if (said.kind !== "ready" || !said.url || !said.plain)
    throw new Error("No shop came up")
  return {
    url: said.url,
    plain: said.plain,
    async check(stored) {
      child.send({ stored })
      await hear(child)
    },
  }
}

/** Whoever sends webhooks, beside the shop and not in it. */
export async function startGenerator(): Promise<{
  fire: (order: ToGenerator) => Promise<Fired>
}> {
  const child = start("webhooks-load.ts", [], {})
  await hear(child)
  return {
    async fire(order) {
      child.send(order)
      const said = await hear(child)
      if (said.kind !== "done" || !said.result) throw new Error("Not fired")
      return said.result
    },
  }
}

function start(
  file: string,
  args: string[],
  env: Record<string, string>
): ChildProcess {
  const child = fork(path.join(__dirname, "..", file), args, {
    execArgv: ["--require", "ts-node/register/transpile-only"],
    env: { ...process.env, ...env },
  })
  process.once("exit", () => child.kill())
  return child
}

async function hear(child: ChildProcess): Promise<FromChild> {
  const ended = new AbortController()
  const { signal } = ended
  try {
    const said = await Promise.race([
      once(child, "message", { signal }).then(([text]) => text as FromChild),
      once(child, "exit", { signal }).then(() => {
        throw new Error("A process of the measurement has ended")
      }),
    ])
    if (said.kind === "failed") throw new Error(said.message)
    return said
  } finally {
    ended.abort()
  }
}
