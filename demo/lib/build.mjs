/** The plugin as a shop gets it: built, below `.medusa/server`; and the dashboard with it. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
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

/** What the dashboard is made of, seen from the root; Medusa's own part by its version. */
const DASHBOARD_SOURCES = [
  ...[".medusa/server/src/admin", "package-lock.json"],
  ...["demo/src", "demo/medusa-config.ts"],
]
/** Where `medusa start` looks for it. */
const DASHBOARD = "demo/public/admin"

/** Whether the dashboard is not built, or older than the plugin or the shop it shows. */
export function isDashboardStale(root) {
  const page = path.join(root, DASHBOARD, "index.html")
  const builtAt = statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return DASHBOARD_SOURCES.some(
    (name) => newestIn(path.join(root, name)) > builtAt
  )
}

/**
 * As a shop in production serves it: half a minute once, for pages that open in
 * half of the time each.
 *
 * @throws {import("./child.mjs").StepError} with the end of the bundler's output
 */
export async function buildDashboard({ root, logs, env, signal }) {
  await runNode({
    what: "Building the dashboard",
    script: medusaCli(root),
    args: ["build", "--admin-only", "--no-lint"],
    cwd: path.join(root, "demo"),
    env: { ...env, NODE_ENV: "production" },
    logFile: logIn(logs, "dashboard"),
    withinMs: BUILD_MS,
    signal,
  })
  const served = path.join(root, DASHBOARD)
  rmSync(served, { recursive: true, force: true })
  mkdirSync(path.dirname(served), { recursive: true })
  renameSync(path.join(root, "demo/.medusa/admin"), served)
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
