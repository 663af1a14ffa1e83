/** The plugin as a shop gets it: built, below `.medusa/server`. */
import { readdirSync, rmSync, statSync } from "node:fs"
import path from "node:path"
import { logIn, runNode } from "./child.mjs"

const BUILD_MS = 300_000
const SOURCES = ["src", "sandbox", "package.json", "tsconfig.json"]

/** One of the compiler's, one of the bundler's: a build that was cut short lacks one. */
const RESULTS = ["modules/masspay/index.js", "admin/index.mjs"]

/** Whether the build is missing, or older than anything it is made from. */
export function isBuildStale(root) {
  const builtAt = RESULTS.map((name) => {
    const file = path.join(root, ".medusa/server/src", name)
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  })
  const oldest = Math.min(...builtAt)
  return SOURCES.some((name) => newestIn(path.join(root, name)) > oldest)
}

/** @throws {import("./child.mjs").StepError} with the end of the compiler's output */
export async function buildPlugin({ root, logs, signal }) {
  try {
    await runNode({
      what: "Building the plugin",
      script: medusaCli(root),
      args: ["plugin:build"],
      cwd: root,
      env: { MEDUSA_DISABLE_TELEMETRY: "1" },
      logFile: logIn(logs, "build"),
      withinMs: BUILD_MS,
      signal,
    })
  } catch (error) {
    // A failed type check leaves files behind that would pass for a build.
    rmSync(path.join(root, ".medusa/server"), { recursive: true, force: true })
    throw error
  }
}

export const medusaCli = (root) =>
  path.join(root, "node_modules/@medusajs/cli/cli.js")

function newestIn(file) {
  const stat = statSync(file)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(file).reduce(
    (newest, name) => Math.max(newest, newestIn(path.join(file, name))),
    0
  )
}
