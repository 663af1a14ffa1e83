/**
 * `npm run test:faults` and `npm run test:sim`: runs `test/<name>/main.ts` on a
 * Postgres that is thrown away afterwards (or on the developer's own) and ends
 * with its exit code. Arguments after `--` go to it.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import path from "node:path"
import pgDown from "./support/pg-down.mjs"
import pgUp from "./support/pg-up.mjs"

const ROOT = path.join(import.meta.dirname, "..")

const [name, ...args] = process.argv.slice(2)
const entry = path.join(ROOT, "test", name ?? "", "main.ts")
if (!name || !existsSync(entry)) {
  console.error(`There is no proof called "${name ?? ""}".`)
  process.exit(2)
}

await pgUp()
try {
  const child = spawn(
    process.execPath,
    ["--require", "ts-node/register/transpile-only", entry, ...args],
    {
      cwd: ROOT,
      stdio: "inherit",
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        TS_NODE_PROJECT: path.join(ROOT, "tsconfig.json"),
        // Migrations are imported by path, which has to become a require.
        TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs"}',
      },
    }
  )
  // Ctrl-C reaches the child too; it ends, and then this does.
  process.on("SIGINT", () => undefined)
  const [code] = await once(child, "exit")
  process.exitCode = code ?? 1
} finally {
  await pgDown()
}
