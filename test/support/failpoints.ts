import type { FailpointName } from "../../src/runners/deps"
import type { Shop } from "./payout-shop"
import { spawnWorker } from "./worker-process"

/** What a worker of its own process is told to do, and where to die. */
export type ChildOrder = {
  database: string
  sandbox: { url: string; apiKey: string }
  steps: (
    | "adopt"
    | "collect"
    | "link"
    | "dispatch"
    | "resolve"
    | "reconcile"
    | "publish"
    | "webhooks"
  )[]
  /** Of the installation; what collecting needs. */
  tag?: string
  /** Does the steps again and again for this long. */
  loop_ms?: number
  /** How wrong the clock of its process is. */
  skew_ms?: number
  /** Stops itself there (SIGSTOP) and says so; whoever started it lets it go on. */
  pause?: { at: FailpointName; hit: number }
  deadline_ms: number
  in_flight: number
  /** From which passage on it is asked to end, as a host is by a SIGTERM. */
  end?: { at: FailpointName; hit: number }
  die?: {
    at: FailpointName
    /** At the n-th time it passes there. */
    hit: number
    /** Only when the sandbox has met every armed fault. */
    once_faults_are_taken?: boolean
  }
}

export type ChildEnd = {
  code: number | null
  signal: NodeJS.Signals | null
  stderr: string
}

const CHILD_DEADLINE_MS = 60_000
/** A worker's requests, also while a machine has more to do than this. */
const CHILD_REQUEST_MS = 10_000

/** Runs a worker to its end, be it its own or by its own hand. */
export async function runChild(
  shop: Shop,
  order: Pick<ChildOrder, "steps"> & Partial<ChildOrder>
): Promise<ChildEnd> {
  const whole: ChildOrder = {
    database: shop.books.database,
    sandbox: { url: shop.sandbox.url, apiKey: shop.sandbox.apiKey },
    deadline_ms: CHILD_REQUEST_MS,
    in_flight: 2,
    ...order,
  }
  const child = spawnWorker(whole)
  let stderr = ""
  child.stdout.resume()
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const deadline = setTimeout(() => child.kill("SIGTERM"), CHILD_DEADLINE_MS)
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject)
      child.once("close", (code, signal) => resolve({ code, signal, stderr }))
    })
  } finally {
    clearTimeout(deadline)
  }
}

/** Runs a worker that has to die where it was told to. */
export async function runToDeath(
  shop: Shop,
  order: Pick<ChildOrder, "steps"> & Partial<ChildOrder>
): Promise<void> {
  const end = await runChild(shop, order)
  if (end.signal !== "SIGKILL") {
    throw new Error(
      `The worker should have died at ${order.die?.at}, but ended with ${end.code}: ${end.stderr}`
    )
  }
}
