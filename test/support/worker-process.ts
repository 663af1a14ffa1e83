import { type ChildProcess, spawn } from "node:child_process"
import path from "node:path"

import { build } from "esbuild"

import type { ChildOrder } from "./failpoints"

const ROOT = path.join(__dirname, "../..")
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

let bundle: Promise<Uint8Array> | null = null

/** The worker and its packages in one text, so that it starts in a fraction of a second. */
async function bundled(): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [path.join(ROOT, "test/crash/child.ts")],
    bundle: true,
    write: false,
    external: OTHER_DRIVERS,
    platform: "node",
    target: "node20",
    logLevel: "error",
  })
  const [file] = built.outputFiles
  if (!file) throw new Error("A build without an output")
  return file.contents
}

/** Starts a process that does what it is told in `order`. It reads itself from its standard input. */
export function spawnWorker(order: ChildOrder): ChildProcess & {
  stdout: NonNullable<ChildProcess["stdout"]>
  stderr: NonNullable<ChildProcess["stderr"]>
} {
  const child = spawn(process.execPath, ["-", JSON.stringify(order)], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  })
  child.stdin.on("error", () => undefined) // it ended before it had read all
  bundle ??= bundled()
  bundle.then(
    (code) => child.stdin.end(code),
    (error: unknown) =>
      child.stdin.end(`throw new Error(${JSON.stringify(String(error))})`)
  )
  return child
}
