// What taking a webhook costs: ours against a bare route of the same shop, in turns.
import { parseArgs } from "node:util"

import { median } from "./support/measure"
import { startSandboxProcess } from "./support/sandbox-process"
import { createDatabase } from "./support/shop"
import {
  type Fired,
  startGenerator,
  startWebhookShop,
} from "./support/webhook-processes"

const CONCURRENCY = 32
const STEADY_PER_SECOND = 200
/** Ours against the bare route's. */
const RATE_MIN = 0.35
const P99_MAX = 3

const HELP = `What taking a webhook costs, compared in one run with a bare route of the same shop.

Usage: npm run bench:webhooks -- [flags]

  --deliveries <n>   at full speed, per contestant and round (4000)
  --seconds <n>      at a steady ${STEADY_PER_SECOND} a second, per contestant and round (8)
  --rounds <n>       of both contestants, in turns (3)
  --help             print this`

const CONTESTANTS = ["bare", "plain", "ours"] as const
type Contestant = (typeof CONTESTANTS)[number]
const NAMES: Record<Contestant, string> = {
  bare: "bare route",
  plain: "plain receiver",
  ours: "this plugin",
}
type Round = Record<Contestant, { full: Fired; steady: Fired }>

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      deliveries: { type: "string", default: "4000" },
      seconds: { type: "string", default: "8" },
      rounds: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const deliveries = whole("--deliveries", values.deliveries)
  const seconds = whole("--seconds", values.seconds)
  const count = whole("--rounds", values.rounds)

  const sandbox = await startSandboxProcess()
  try {
    await createDatabase("bench_webhooks")
    const shop = await startWebhookShop("bench_webhooks", sandbox)
    const generator = await startGenerator()
    const urls: Record<Contestant, string> = {
      bare: `${shop.url}/bench/bare`,
      plain: shop.plain,
      ours: `${shop.url}/hooks/masspay`,
    }
    let taken = 0
    const turn = async (who: Contestant, size: number, over_s: number) => {
      const url = urls[who]
      const full = await generator.fire({
        url,
        count: size,
        concurrency: CONCURRENCY,
      })
      const steady = await generator.fire({
        url,
        count: STEADY_PER_SECOND * over_s,
        per_second: STEADY_PER_SECOND,
      })
      if (who === "ours") taken += full.count + steady.count
      return { full, steady }
    }
    for (const who of CONTESTANTS) await turn(who, 500, 1)
    const rounds: Round[] = []
    for (let nth = 0; nth < count; nth += 1) {
      const round: Partial<Round> = {}
      const isEven = nth % 2 === 0
      for (const who of isEven ? CONTESTANTS : [...CONTESTANTS].reverse()) {
        round[who] = await turn(who, deliveries, seconds)
      }
      rounds.push(round as Round)
    }
    await shop.check(taken)
    report(rounds)
  } finally {
    sandbox.stop()
  }
}

function report(rounds: readonly Round[]): void {
  for (const who of CONTESTANTS) {
    const full = rounds.map((round) => round[who].full)
    const steady = rounds.map((round) => round[who].steady)
    const list = (values: number[]) => values.map((n) => n.toFixed(1)).join(" ")
    console.log(
      `${NAMES[who].padEnd(14)} ${median(full.map(rateOf)).toFixed(0).padStart(6)} per s at ${CONCURRENCY} at once (p50 ${median(full.map((f) => f.p50_ms)).toFixed(1)} ms, p99 ${median(full.map((f) => f.p99_ms)).toFixed(1)} ms; rounds ${list(full.map(rateOf))})`
    )
    console.log(
      `${"".padEnd(14)} at ${STEADY_PER_SECOND} a second: p50 ${median(steady.map((f) => f.p50_ms)).toFixed(1)} ms, p99 ${median(steady.map((f) => f.p99_ms)).toFixed(1)} ms (rounds ${list(steady.map((f) => f.p99_ms))})`
    )
  }
  const of = (read: (round: Round) => number) => median(rounds.map(read))
  const rate = of(({ ours, bare }) => rateOf(ours.full) / rateOf(bare.full))
  const full = of(({ ours, bare }) => ours.full.p99_ms / bare.full.p99_ms)
  const steady = of(
    ({ ours, plain }) => ours.steady.p99_ms / plain.steady.p99_ms
  )
  const beside = of(({ ours, plain }) => rateOf(ours.full) / rateOf(plain.full))
  const shed = rounds.reduce(
    (sum, { ours }) => sum + ours.full.shed + ours.steady.shed,
    0
  )
  if (shed > 0) console.log(`${shed} deliveries were answered with 503`)
  const isPassed = rate >= RATE_MIN && full <= P99_MAX && steady <= P99_MAX
  console.log(
    `webhooks: ${percent(rate)} of the bare route's rate (at least ${percent(RATE_MIN)}), ${percent(beside)} of the plain receiver's; ` +
      `p99 ${full.toFixed(2)} × the bare route's at full speed, ${steady.toFixed(2)} × the plain receiver's at ${STEADY_PER_SECOND} a second (at most ${P99_MAX} ×): ` +
      (isPassed ? "passed" : "FAILED")
  )
  process.exitCode = isPassed ? 0 : 1
}

const percent = (ratio: number) => `${(100 * ratio).toFixed(0)} %`

function rateOf({ count, seconds }: Fired): number {
  return count / seconds
}

function whole(flag: string, text: string): number {
  const value = Number(text)
  if (/^\d{1,6}$/.test(text) && value >= 1) return value
  throw new RangeError(`${flag} must be a whole number from 1`)
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
