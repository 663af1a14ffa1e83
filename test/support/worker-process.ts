import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"

import { build } from "esbuild"

import type { ChildOrder } from "./failpoints"

const ROOT = path.join(__dirname, "../..")
const STARTER = path.join(__dirname, "start-worker.cjs")
/** Knex, and MikroORM above it, ask for the drivers of every database; there is one here. */
const OTHER_DRIVERS = [
  "better-sqlite3",
  "libsql",
  "mariadb/callback",
  "mysql",
  "mysql2",
  "oracledb",
  "pg-native",
  "pg-query-stream",
  "sqlite3",
  "tedious",
]

let bundle: Promise<string> | null = null

/**
 * The worker and its packages in one file, and compiled, so that it starts in a
 * fraction of a second. Resolves with its path; it is gone when this process is.
 */
async function bundled(): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "masspay-worker-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  const outfile = path.join(folder, "worker.cjs")
  await build({
    entryPoints: [path.join(ROOT, "test/crash/child.ts")],
    bundle: true,
    outfile,
    external: OTHER_DRIVERS,
    // All that the worker takes of MikroORM, whose own start is a third of a worker's.
    alias: { "@medusajs/framework/mikro-orm/knex": knexOfMedusa() },
    platform: "node",
    target: "node20",
    logLevel: "error",
  })
  // It connects to nobody before it has something to do.
  const first = start({
    steps: [],
    database: "",
    sandbox: { url: "http://127.0.0.1", apiKey: "" },
    deadline_ms: 1,
    in_flight: 1,
  })
  first.stdout.resume()
  first.stderr.pipe(process.stderr)
  first.stdin.end(outfile)
  await once(first, "close")
  return outfile
}

/** The very package behind Medusa's, wherever it is installed. */
function knexOfMedusa(): string {
  return require.resolve("knex", {
    paths: [require.resolve("@medusajs/framework/mikro-orm/knex")],
  })
}

/** Starts a process that does what it is told in `order`. */
export function spawnWorker(order: ChildOrder): Worker {
  const child = start(order)
  bundle ??= bundled()
  bundle.then(
    (file) => child.stdin.end(file),
    (error: unknown) => child.stdin.end(String(error))
  )
  return child
}

type Worker = ReturnType<typeof start>

/** It waits until its standard input tells it where the bundle is. */
function start(order: ChildOrder) {
  const child = spawn(
    process.execPath,
    // Nothing of it is used, and axios loads all of it by asking whether it is there.
    ["--no-experimental-fetch", STARTER, JSON.stringify(order)],
    {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, NODE_OPTIONS: "" },
    }
  )
  child.stdin.on("error", () => undefined) // it ended before it had read all
  return child
}
