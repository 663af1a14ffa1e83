/** `npm run demo:order`: one more order in the demo that is running, and what it pays. */
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { listBlocked } from "../demo/lib/books.mjs"
import { waitUntilQuiet } from "../demo/lib/quiet.mjs"
import * as report from "../demo/lib/report.mjs"
import { findRunning } from "../demo/lib/running.mjs"
import { openShop } from "../demo/lib/shop.mjs"
import { LOGIN } from "../demo/lib/stack.mjs"
import { playOrder } from "../demo/lib/story.mjs"
import { Terminal } from "../demo/lib/terminal.mjs"
import { compareWallets, paidIn } from "../demo/lib/verdict.mjs"

const ROOT = fileURLToPath(new URL("..", import.meta.url))
const EXIT_WRONG = 1
const EXIT_USAGE = 2

const HELP = `Places one more order in the running demo: paid, delivered, completed.

Usage: npm run demo:order -- [flags]

  --currency <usd|eur>   what the customer pays in (usd)
  --help                 print this`

const ITEMS = { "oak-cutting-board": 1, "kanga-cloth": 2, "beeswax-candle": 3 }

async function main({ currency }) {
  const demo = findRunning(ROOT)
  if (!demo) throw new Error("No demo is running. Start it: npm run demo")

  const terminal = new Terminal(process.stdout)
  const url = demo.shopUrl.replace("localhost", "127.0.0.1")
  const shop = await openShop({ url, ...LOGIN })
  const { massPayUrl } = demo
  // What is right depends on what was paid so far.
  const { rows: paid } = await compareWallets({ shop, massPayUrl })
  const before = paidIn(paid)
  const note = "three vendors in one cart"
  const order = await playOrder(shop, { currency, items: ITEMS, note })
  await report.tellOrder({ terminal, shop, ...order })

  const { signal } = new AbortController()
  const verdict = await waitUntilQuiet({ shop, massPayUrl, before, signal })
  const { isRight } = verdict
  report.tellWallets({ terminal, rows: verdict.wallets })
  report.tellPreview({ terminal, open: verdict.open })
  const blocked = await listBlocked(shop)
  report.tellBlocked({ terminal, blocked })
  // The table above says what a verdict could not: why a wallet lacks money.
  if (blocked.length === 0) report.tellVerdict({ terminal, isRight })
  if (!isRight) process.exitCode = EXIT_WRONG
}

function readFlags() {
  const options = {
    currency: { type: "string", default: "usd" },
    help: { type: "boolean", short: "h", default: false },
  }
  const { values } = parseArgs({ options })
  if (!["usd", "eur"].includes(values.currency)) {
    throw new Error(`--currency is usd or eur, not "${values.currency}"`)
  }
  return values
}

function flagsOrExit() {
  try {
    return readFlags()
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
