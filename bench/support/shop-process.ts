import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

import type { Measured } from "./measure"
import { BASIS_POINTS, HOLD_DAYS } from "./policy"
import type { Contestant } from "./settle-contestants"
import { urlOf } from "./shop"

const ENTRY = path.join(__dirname, "../settle-shop.ts")

export type ToShop =
  { do: "settle"; contestant: Contestant; orders: number } | { do: "check" }
export type FromShop =
  | { kind: "ready" }
  | { kind: "done"; result: unknown }
  | { kind: "failed"; message: string }

export type ShopProcess = {
  /** How many entries were in the ledger before. */
  existing: number
  settle(contestant: Contestant, orders: number): Promise<Measured>
  /** Throws when the books do not hold together. */
  check(): Promise<void>
  stop(): void
}

/** Makes the tables of a shop, its products and one order of every kind. */
export async function prepareShop(
  database: string,
  sandbox: { url: string }
): Promise<void> {
  // Modules that were loaded to be migrated cannot be loaded to be used.
  for (const task of ["migrate", "prepare"]) {
    const child = start([task], database, sandbox)
    const [code] = (await once(child, "exit")) as [number | null]
    if (code !== 0) throw new Error("The shop could not be prepared")
  }
}

/** A running shop over a database that `prepareShop` made, or a copy of it. */
export async function startShop(
  { database, existing }: { database: string; existing: number },
  sandbox: { url: string }
): Promise<ShopProcess> {
  const child = start(["serve", database, String(existing)], database, sandbox)
  await hear(child)
  const ask = async (message: ToShop): Promise<unknown> => {
    child.send(message)
    const answer = await hear(child)
    return answer.kind === "done" ? answer.result : undefined
  }
  return {
    existing,
    settle: async (contestant, orders) =>
      (await ask({ do: "settle", contestant, orders })) as Measured,
    check: async () => {
      await ask({ do: "check" })
    },
    stop: () => child.disconnect(),
  }
}

function start(
  args: string[],
  database: string,
  sandbox: { url: string }
): ChildProcess {
  const child = fork(ENTRY, args, {
    execArgv: ["--require", "ts-node/register/transpile-only"],
    env: {
      ...process.env,
      NODE_ENV: "development",
      LOG_LEVEL: "error",
      DATABASE_URL: urlOf(database),
      MASSPAY_BASE_URL: sandbox.url,
      MASSPAY_MARKETPLACE: "metadata",
      MASSPAY_SETTLEMENT: JSON.stringify({
        holdDays: HOLD_DAYS,
        commission: { basisPoints: BASIS_POINTS },
      }),
    },
  })
  process.once("exit", () => child.kill())
  return child
}

async function hear(child: ChildProcess): Promise<FromShop> {
  const ended = new AbortController()
  const { signal } = ended
  try {
    const answer = await Promise.race([
      once(child, "message", { signal }).then(([said]) => said as FromShop),
      once(child, "exit", { signal }).then(() => {
        throw new Error("A shop has ended")
      }),
    ])
    if (answer.kind === "failed") throw new Error(answer.message)
    return answer
  } finally {
    ended.abort()
  }
}
