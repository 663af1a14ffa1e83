import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import path from "node:path"

import { buildSync } from "esbuild"

import type { ChildOrder } from "../support/failpoints"
import type { Shop } from "../support/payout-shop"

const ROOT = path.join(__dirname, "../..")
const CHILD_DEADLINE_MS = 60_000
/** Shorter than in production, so that a lease is over soon: a lease is four deadlines. */
export const CHILD_DEADLINE = { deadline_ms: 1_000, lease_ms: 4_000 }

let bundle: string | null = null

/** The worker in one file, so that it starts in a fraction of a second. */
function bundled(): string {
  if (bundle) return bundle
  // Below the project, where its packages are found.
  const folder = mkdtempSync(path.join(ROOT, "node_modules/.masspay-crash-"))
  const outfile = path.join(folder, "child.js")
  buildSync({
    entryPoints: [path.join(__dirname, "child.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    logLevel: "error",
  })
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  return (bundle = outfile)
}

export type Child = {
  process: ChildProcess
  /** Resolves when it has begun its steps; the second time when it paused. */
  said(word: "began" | "paused"): Promise<void>
  /** `null`: it ended by itself. */
  end: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  stderr: () => string
}

/** Starts a worker process over the shop's books and its sandbox. */
export function startChild(
  shop: Pick<Shop, "books" | "sandbox" | "tag">,
  order: Pick<ChildOrder, "steps"> & Partial<ChildOrder>
): Child {
  const whole: ChildOrder = {
    database: shop.books.database,
    sandbox: { url: shop.sandbox.url, apiKey: shop.sandbox.apiKey },
    tag: shop.tag,
    deadline_ms: CHILD_DEADLINE.deadline_ms,
    in_flight: 2,
    ...order,
  }
  const child = spawn(process.execPath, [bundled(), JSON.stringify(whole)], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString()
    child.emit("said")
  })
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const deadline = setTimeout(() => child.kill("SIGKILL"), CHILD_DEADLINE_MS)
  const end = once(child, "close").then(([code, signal]) => {
    clearTimeout(deadline)
    child.emit("said")
    return {
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }
  })
  return {
    process: child,
    end,
    stderr: () => stderr,
    async said(word) {
      while (!stdout.includes(`${word}\n`) && child.exitCode === null) {
        if (child.signalCode !== null) return
        await once(child, "said")
      }
    },
  }
}

/** Waits in real time, because what is waited for is another process. */
export function realTime(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
