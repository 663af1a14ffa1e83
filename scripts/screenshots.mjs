/**
 * `npm run screenshots`: a picture of every page of the admin, light and dark, on
 * a desktop and on a telephone, out of the running demo or one of its own. Alarms
 * are raised in it first, so that their page has something to show.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { choosePages } from "../demo/lib/admin-pages.mjs"
import {
  openWindow,
  showPage,
  startBrowser,
} from "../demo/lib/admin-window.mjs"
import { raiseAlarms } from "../demo/lib/alarms.mjs"
import { findRunning } from "../demo/lib/running.mjs"
import { openShop } from "../demo/lib/shop.mjs"
import { shrinkPng } from "../demo/lib/small-png.mjs"
import { LOGIN } from "../demo/lib/stack.mjs"

const ROOT = fileURLToPath(new URL("..", import.meta.url))
const EXIT_WRONG = 1
const EXIT_USAGE = 2
const READY_MS = 10 * 60_000

const THEMES = ["light", "dark"]
const WIDTHS = { desktop: 1280, phone: 390 }

const HELP = `Takes a picture of every page of the admin, light and dark, on a desktop and
on a telephone. Uses the demo that is running, else starts one and ends it.

Usage: npm run screenshots -- [flags]

  --only <name>   only this page, for example "overview"
  --folder <dir>  where they go (docs/screenshots)
  --help          print this`

async function main({ only, folder }) {
  const running = findRunning(ROOT)
  const demo = running ?? (await startDemo())
  const browser = await startBrowser()
  try {
    const url = demo.shopUrl
    const shop = await openShop({ url, ...LOGIN })
    await raiseAlarms(shop, demo)
    const { overview } = await shop.admin("GET", "/admin/masspay/overview")
    const ahead_ms = Date.parse(overview.as_of) - Date.now()
    const all = await choosePages(shop)
    const pages = only ? all.filter(({ name }) => name === only) : all
    if (pages.length === 0) {
      const names = all.map(({ name }) => name).join(", ")
      throw new Error(`--only is one of ${names}; not "${only}"`)
    }
    mkdirSync(folder, { recursive: true })
    let bytes = 0
    for (const [width_name, width] of Object.entries(WIDTHS)) {
      for (const theme of THEMES) {
        const look = { url, login: LOGIN, theme, width, ahead_ms }
        const window = await openWindow(browser, look)
        for (const { name, address, ready, part } of pages) {
          const file = path.join(folder, `${name}-${width_name}-${theme}.png`)
          await showPage(window, { url: `${url}/app${address}`, ready })
          const seen = part ? window.getByTestId(part) : window
          const picture = await seen.screenshot({ animations: "disabled" })
          const small = shrinkPng(picture)
          writeFileSync(file, small)
          bytes += small.length
          console.log(path.relative(process.cwd(), file))
        }
        await window.context().close()
      }
    }
    console.log(`${(bytes / 1e6).toFixed(1)} MB in all`)
  } finally {
    await browser.close()
    await demo.stop?.()
  }
}

/** @returns {Promise<{ shopUrl: string, stop: () => Promise<void> }>} once its orders are played */
async function startDemo() {
  const child = spawn(process.execPath, ["scripts/demo.mjs"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    child.kill("SIGINT")
    await ended
  }
  const ends = Date.now() + READY_MS
  while (Date.now() < ends && child.exitCode === null) {
    const running = findRunning(ROOT)
    if (running?.pid === child.pid) return { ...running, stop }
    await pause(250)
  }
  await stop()
  throw new Error("The demo did not get ready")
}

function flagsOrExit() {
  try {
    return parseArgs({
      options: {
        only: { type: "string", default: "" },
        folder: {
          type: "string",
          default: path.join(ROOT, "docs/screenshots"),
        },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values
  } catch (error) {
    console.error(`${error.message.split(". ")[0]}.\n\n${HELP}`)
    process.exit(EXIT_USAGE)
  }
}

const flags = flagsOrExit()
if (flags.help) console.log(HELP)
else {
  await main(flags).catch((error) => {
    console.error(error.message)
    process.exitCode = EXIT_WRONG
  })
}
