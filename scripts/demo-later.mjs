/** `npm run demo:later`: moves the clocks of the running demo, its MassPay's too. */
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { passTime } from "../demo/lib/clock.mjs"
import { findRunning } from "../demo/lib/running.mjs"

const ROOT = fileURLToPath(new URL("..", import.meta.url))
const EXIT_WRONG = 1
const EXIT_USAGE = 2
const MINUTES_MAX = 60

const HELP = `Lets time pass in the running demo, for the books and for MassPay: what waits
for a moment goes on.

Usage: npm run demo:later -- [flags]

  --minutes <n>   how much, up to ${MINUTES_MAX} (3)
  --help          print this`

async function main({ minutes }) {
  const demo = findRunning(ROOT)
  if (!demo) throw new Error("No demo is running. Start it: npm run demo")
  await passTime(demo, Number(minutes))
  console.log(`It is ${minutes} minutes later now.`)
}

function readFlags() {
  const options = {
    minutes: { type: "string", default: "3" },
    help: { type: "boolean", short: "h", default: false },
  }
  const { values } = parseArgs({ options })
  const isFine =
    /^\d{1,2}$/.test(values.minutes) &&
    Number(values.minutes) > 0 &&
    Number(values.minutes) <= MINUTES_MAX
  if (!isFine) {
    throw new Error(`--minutes is a number from 1 to ${MINUTES_MAX}`)
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
