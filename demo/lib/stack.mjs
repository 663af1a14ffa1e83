/** Everything the demo runs on: a database, a local MassPay and the shop. */
import { once } from "node:events"
import { readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import path from "node:path"
import { freePort, startPostgres } from "../../test/support/postgres.mjs"
import { medusaCli } from "./build.mjs"
import {
  StepError,
  hasEnded,
  logIn,
  runNode,
  startNode,
  stopChild,
} from "./child.mjs"
import { WaitError, waitFor } from "./wait.mjs"

/** Both sides run on this machine, and so does whoever could use it. */
export const WEBHOOK_SECRET = "masspay-demo-webhook-secret"
/** Vendors sign in with their own e-mail address and the same password. */
export const LOGIN = { email: "admin@demo.test", password: "masspay-demo" }

const SANDBOX_PORT = 4010
const SHOP_PORT = 9000
const MIGRATE_MS = 180_000
const SEED_MS = 120_000
const START_MS = 120_000
const TRIES_MAX = 3

const shopFolder = (root) => path.join(root, "demo")

export async function startDatabase() {
  const server = await startPostgres({ isInMemory: true })
  const { user, password, host, port } = server
  return {
    port,
    url: `postgres://${user}:${password}@${host}:${port}/postgres`,
    stop: server.stop,
  }
}

/** On its usual port, or on a free one where that is taken. */
export async function startLocalMassPay(root) {
  const load = createRequire(path.join(root, "package.json"))
  const { startSandbox } = load("./.medusa/server/sandbox/index.js")
  // Its links lead to its own page, where papers are accepted at once.
  const settings = { upload_links: "sandbox", kyc_review: "approve" }
  try {
    return await startSandbox({ port: SANDBOX_PORT, settings })
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error
    return startSandbox({ settings })
  }
}

/**
 * What every command of the shop needs to know, by environment variable.
 *
 * @param {{ database: { url: string }, massPay: { url: string }, dashboard: boolean,
 *   hears: { events: boolean, webhooks: boolean } }} input `hears`: what tells the
 *   plugin at once that something happened
 */
export function shopEnvironment({ database, massPay, dashboard, hears }) {
  return {
    // `medusa start` means production otherwise, where there is no sandbox. In
    // "development" it would bundle the dashboard anew for each page; so it serves
    // the one that was built, and its log is still for people.
    NODE_ENV: "dev",
    MEDUSA_DISABLE_TELEMETRY: "1",
    // That the shop is ready is read from its log, whatever the caller asks for.
    LOG_LEVEL: "info",
    DATABASE_URL: database.url,
    MASSPAY_BASE_URL: massPay.url,
    DEMO_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DEMO_DASHBOARD: dashboard ? "on" : "off",
    DEMO_EVENTS: hears.events ? "on" : "off",
    DEMO_WEBHOOKS: hears.webhooks ? "on" : "off",
  }
}

export async function migrate({ root, logs, env, signal }) {
  await runNode({
    what: "Creating the tables",
    script: medusaCli(root),
    args: ["db:migrate", "--execute-safe-links"],
    cwd: shopFolder(root),
    logFile: logIn(logs, "migrate"),
    withinMs: MIGRATE_MS,
    env,
    signal,
  })
}

export async function seed({ root, logs, env, signal }) {
  await runNode({
    what: "Filling the shop",
    script: medusaCli(root),
    args: ["exec", "./src/scripts/seed.ts", LOGIN.email, LOGIN.password],
    cwd: shopFolder(root),
    logFile: logIn(logs, "seed"),
    withinMs: SEED_MS,
    env,
    signal,
  })
}

/**
 * Starts the shop and waits until it answers: on its usual port, or on a free
 * one where that is taken.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void>, lost: Promise<never> }>}
 *   `lost` rejects when the shop ends
 * @throws {StepError}
 */
export async function startShop({ root, logs, env, signal }) {
  const logFile = logIn(logs, "shop")
  for (let tries = 1; ; tries += 1) {
    const isUsualFree = tries === 1 && (await isFree(SHOP_PORT))
    const port = isUsualFree ? SHOP_PORT : await freePort()
    const url = `http://localhost:${port}`
    rmSync(logFile, { force: true })
    const child = startNode({
      script: medusaCli(root),
      args: ["start", "--host", "127.0.0.1", "--port", String(port)],
      cwd: shopFolder(root),
      logFile,
      env: { ...env, DEMO_ORIGIN: url },
    })
    if (await isUp({ child, port, logFile, signal })) {
      const lost = once(child, "exit").then(() => {
        throw new StepError("The shop ended by itself", logFile)
      })
      lost.catch(() => {}) // it also ends when it is asked to
      return { url, lost, stop: () => stopChild(child) }
    }
    await stopChild(child)
    if (tries === TRIES_MAX) {
      throw new StepError("The shop found no free port", logFile)
    }
  }
}

/**
 * Whether the shop came up; not, when somebody was quicker to take its port.
 * Somebody else's shop may answer there, so its own log has to say so, too.
 */
async function isUp({ child, port, logFile, signal }) {
  const look = async () => {
    if (hasEnded(child)) throw new StepError("The shop did not start", logFile)
    const log = readFileSync(logFile, "utf8")
    if (log.includes("EADDRINUSE")) return "taken"
    const isReady = log.includes(`Server is ready on port: ${port}`)
    return isReady && (await answers(port)) ? "up" : null
  }
  try {
    const what = "the shop to answer"
    return (await waitFor({ what, withinMs: START_MS, signal, look })) === "up"
  } catch (error) {
    await stopChild(child)
    if (!(error instanceof WaitError)) throw error
    throw new StepError(error.message, logFile)
  }
}

async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(5_000),
    })
    return response.ok
  } catch {
    return false
  }
}

async function isFree(port) {
  const probe = createServer()
  try {
    await once(probe.listen(port, "127.0.0.1"), "listening")
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}
