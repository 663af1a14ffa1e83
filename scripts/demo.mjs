/**
 * `npm run demo`: a whole marketplace on this machine, paid out through a local
 * MassPay. What one should see stands in demo/README.md.
 */
import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { playDirect } from "../demo/lib/act-direct.mjs"
import { playComparison } from "../demo/lib/act-three.mjs"
import {
  buildDashboard,
  buildPlugin,
  isBuildStale,
  isDashboardStale,
} from "../demo/lib/build.mjs"
import { logIn, tailOf } from "../demo/lib/child.mjs"
import { installClock, passTime } from "../demo/lib/clock.mjs"
import { lastLine } from "../demo/lib/last-line.mjs"
import { whatIsMissing } from "../demo/lib/preview.mjs"
import { playPapers } from "../demo/lib/papers.mjs"
import { waitUntilQuiet } from "../demo/lib/quiet.mjs"
import * as report from "../demo/lib/report.mjs"
import { announce, withdraw } from "../demo/lib/running.mjs"
import { openShop } from "../demo/lib/shop.mjs"
import * as stack from "../demo/lib/stack.mjs"
import { playActOne, playActTwo } from "../demo/lib/story.mjs"
import { Terminal } from "../demo/lib/terminal.mjs"
import { expectedOf } from "../demo/lib/verdict.mjs"

const ROOT = fileURLToPath(new URL("..", import.meta.url))
const EXIT_WRONG = 1
const EXIT_USAGE = 2
const EXIT_INTERRUPTED = 130
const STEP_ENDS_MS = 5_000
const UNDO_MS = 15_000

const HELP = `A marketplace that pays its vendors, on this machine alone.

Usage: npm run demo -- [flags]

  --exit          do it once and end; exit code 0 only if what every vendor got
                  and every reason for what is not paid is right, what was sent
                  in another currency and its fee and rate too, and what was put
                  wrong on purpose was found
  --json          print one line of JSON at the end, everything else on standard
                  error
  --no-events     no event of the shop's reaches the plugin: its sweeps find what
                  there is to do
  --no-webhooks   MassPay sends no messages, and the plugin asks it instead
  --help          print this`

/** What must be undone at the end, the latest first. */
const undo = []

async function main() {
  const flags = readFlags()
  if (flags.help) return console.log(HELP)

  const terminal = new Terminal(flags.json ? process.stderr : process.stdout)
  const { signal, interrupted } = stopOnSignal(terminal)
  const logs = makeLogFolder()
  const context = { flags, terminal, logs, signal }
  const running = run(context)
  try {
    const demo = await Promise.race([running, interrupted])
    if (!demo.isRight) process.exitCode = EXIT_WRONG
    if (!flags.exit) await stay(demo, context)
  } catch (error) {
    process.exitCode = error === INTERRUPTED ? EXIT_INTERRUPTED : EXIT_WRONG
    if (error !== INTERRUPTED) explain({ ...context, error })
  } finally {
    await undoAll()
  }
  // Lets a step that was interrupted clean up; nothing it waits for is left.
  await Promise.race([Promise.allSettled([running]), sleep(STEP_ENDS_MS)])
  if (process.exitCode !== EXIT_WRONG) rmSync(logs, { recursive: true })
}

async function run({ flags, terminal, logs, signal }) {
  const started = Date.now()
  terminal.say(terminal.bold("Starting a marketplace and a local MassPay"))
  report.tellHears({ terminal, hears: flags.hears })
  const demo = await start({ flags, terminal, logs, signal })
  const { shop, massPay } = demo
  const look = { shop, massPayUrl: massPay.url, signal }

  terminal.title("Orders")
  const told = ({ order_id, note }) =>
    report.tellOrder({ terminal, shop, order_id, note })
  const actOne = await playActOne(shop, told)
  const { wallets } = await waitUntilQuiet(look)
  const actTwo = await playActTwo(shop, {
    actOne,
    told,
    returned: (back) => report.tellReturn({ terminal, shop, ...back }),
  })
  const { wallets: paid } = await waitUntilQuiet({
    ...look,
    before: expectedOf(wallets),
  })
  const direct = await playDirect(shop, {
    ...{ massPay, signal, told },
    chosen: (choice) => report.tellChosen({ terminal, ...choice }),
    passTime: (minutes) => letPass(demo, minutes),
    arrived: (came) => report.tellArrived({ terminal, ...came }),
  })
  const made = await waitUntilQuiet({ ...look, before: expectedOf(paid) })
  const papers = await playPapers(shop, {
    ...{ massPay, signal, told },
    mailed: (mail) => report.tellMail({ terminal, mail }),
    brought: () => report.tellBrought({ terminal }),
    passTime: async (minutes) => {
      await letPass(demo, minutes)
      report.tellLater({ terminal, minutes })
    },
  })
  const before = expectedOf(made.wallets)
  const verdict = await waitUntilQuiet({ ...look, before })
  const orders = [...actOne, ...actTwo, direct.order, papers.order]
  const missing = whatIsMissing(verdict)
  const { isRight } = verdict

  report.tellWallets({ terminal, rows: verdict.wallets })
  report.tellPreview({ terminal, open: verdict.open })
  report.tellHeld({ terminal, held: verdict.held })
  report.tellVerdict({ terminal, isRight, missing })
  const compared = await playComparison(
    { terminal, shop, look, massPay },
    { wallets: verdict.wallets, letPass: (minutes) => letPass(demo, minutes) }
  )
  const isAll = missing.length === 0 && direct.problems.length === 0
  const ok = isRight && isAll && compared.isRight
  if (flags.json) {
    const seconds = Math.round((Date.now() - started) / 1000)
    const { mail } = papers
    const { reconciliation } = compared
    const { hears } = flags
    printLine(
      await lastLine({
        ...{ shop, orders, verdict, direct, mail, ok, seconds },
        ...{ reconciliation, hears },
      })
    )
  }
  return { ...demo, isRight: ok }
}

/** Builds it while the shop gets its tables and goods; `null` where nothing changed. */
function beginDashboard({ signal, ...where }) {
  if (!isDashboardStale(ROOT)) return null
  const ending = new AbortController()
  const built = buildDashboard({
    ...where,
    signal: AbortSignal.any([signal, ending.signal]),
  })
  // Whoever waits for it hears of a failure; when another step failed, nobody does.
  built.catch(() => {})
  undo.push(async () => {
    ending.abort()
    await built.catch(() => {})
  })
  return built
}

const letPass = ({ databaseUrl, massPay }, minutes) =>
  passTime({ databaseUrl, massPayUrl: massPay.url }, minutes)

async function start({ flags, terminal, logs, signal }) {
  const where = { root: ROOT, logs, signal }
  if (isBuildStale(ROOT)) {
    await terminal.step(
      "Plugin",
      () => buildPlugin(where),
      () => "built"
    )
  }
  const database = await terminal.step(
    "Database",
    stack.startDatabase,
    ({ port }) => `embedded Postgres, port ${port}`
  )
  undo.push(database.stop)
  const massPay = await terminal.step(
    "MassPay",
    () => stack.startLocalMassPay(ROOT),
    ({ url }) => `a sandbox at ${url}`
  )
  undo.push(massPay.stop)

  const dashboard = !flags.exit
  const { hears } = flags
  const env = stack.shopEnvironment({ database, massPay, dashboard, hears })
  const built = dashboard ? beginDashboard({ ...where, env }) : null
  await terminal.step(
    "Tables",
    async () => {
      await stack.migrate({ ...where, env })
      await installClock(database.url)
    },
    () => "medusa db:migrate"
  )
  await terminal.step(
    "Goods",
    () => stack.seed({ ...where, env }),
    () => "6 vendors, 9 products, 2 currencies"
  )
  if (built) {
    await terminal.step(
      "Dashboard",
      () => built,
      () => "built"
    )
  }
  const server = await terminal.step(
    "Shop",
    () => stack.startShop({ ...where, env }),
    ({ url }) => url
  )
  undo.push(server.stop)

  const url = server.url.replace("localhost", "127.0.0.1")
  if (hears.webhooks) {
    massPay.webhooks.configure({
      url: `${url}/hooks/masspay`,
      secrets: [stack.WEBHOOK_SECRET],
    })
  }
  const shop = await openShop({ url, ...stack.LOGIN })
  return { shop, massPay, server, databaseUrl: database.url }
}

/** Keeps everything running until Ctrl-C. @throws when the shop ends by itself */
async function stay(demo, { terminal, logs, signal }) {
  const { massPay, server, databaseUrl } = demo
  const shopUrl = server.url
  announce(ROOT, { shopUrl, massPayUrl: massPay.url, databaseUrl })
  undo.push(() => withdraw(ROOT))
  report.tellAddresses({
    ...{ terminal, shopUrl, massPayUrl: massPay.url, login: stack.LOGIN },
    logs: path.relative(process.cwd(), logs),
  })
  await Promise.race([once(signal, "abort"), server.lost])
}

const printLine = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

function readFlags() {
  try {
    const options = {
      exit: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      "no-events": { type: "boolean", default: false },
      "no-webhooks": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    }
    const { values } = parseArgs({ options })
    const hears = {
      events: !values["no-events"],
      webhooks: !values["no-webhooks"],
    }
    return { ...values, hears }
  } catch (error) {
    console.error(`${error.message.split(". ")[0]}.\n\n${HELP}`)
    process.exit(EXIT_USAGE)
  }
}

const INTERRUPTED = Symbol("interrupted")

/** The first signal ends the demo in order, the second one at once. */
function stopOnSignal(terminal) {
  const controller = new AbortController()
  const { signal } = controller
  const stop = () => {
    if (signal.aborted) process.exit(EXIT_INTERRUPTED)
    terminal.say()
    terminal.say("Stopping …")
    terminal.mute()
    controller.abort(INTERRUPTED)
  }
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, stop)
  const interrupted = once(signal, "abort").then(() => {
    throw INTERRUPTED
  })
  interrupted.catch(() => {}) // heard only while the demo is being set up
  return { signal, interrupted }
}

function makeLogFolder() {
  const folder = path.join(ROOT, ".demo")
  mkdirSync(folder, { recursive: true })
  return mkdtempSync(path.join(folder, "run-"))
}

function explain({ flags, terminal, logs, error }) {
  const shopLog = logIn(logs, "shop")
  const tail = error.tail ?? (existsSync(shopLog) ? tailOf(shopLog) : undefined)
  terminal.say()
  terminal.say(terminal.red(error.message))
  if (tail) terminal.say(`\n${tail}`)
  terminal.say(`\nLogs: ${path.relative(process.cwd(), logs)}`)
  if (flags.json) printLine({ ok: false, error: error.message })
}

async function undoAll() {
  while (undo.length > 0) {
    const step = undo.pop()
    // Whatever cannot be stopped in order ends with this process.
    const stopped = Promise.resolve(step()).catch(() => {})
    await Promise.race([stopped, sleep(UNDO_MS)])
  }
}

await main()
process.exit() // a request under way must not keep the demo alive
