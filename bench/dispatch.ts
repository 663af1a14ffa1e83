// What a payout costs: ours against the plainest safe dispatcher and against bare POSTs, in turns.
import { parseArgs } from "node:util"

import {
  CONCURRENCY,
  type Contestant,
  CONTESTANTS,
  run,
} from "./support/contestants"
import { type Measured, median } from "./support/measure"
import { grade, tableOf } from "./support/report"
import { startSandboxProcess } from "./support/sandbox-process"
import { openTrack, type Track } from "./support/track"

const WARM_UP = 300
const LATENCY_MS = 50

const HELP = `What a payout costs, compared in one run with the plainest safe dispatcher.

Usage: npm run bench:dispatch -- [flags]

  --payouts <n>    per contestant and round (4000)
  --rounds <n>     of every contestant, in turns (3)
  --existing <n>   also measure ours with n finished payouts in the tables (0)
  --help           print this`

type Results = Record<Contestant, Measured[]>

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      payouts: { type: "string", default: "4000" },
      rounds: { type: "string", default: "3" },
      existing: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const payouts = whole("--payouts", values.payouts, 1)
  const rounds = whole("--rounds", values.rounds, 1)
  const existing = whole("--existing", values.existing, 0)

  const sandbox = await startSandboxProcess()
  const track = await openTrack(sandbox)
  try {
    for (const contestant of CONTESTANTS) await run(contestant, track, WARM_UP)
    const atOnce = await alternate(track, { payouts, rounds })
    console.log(tableOf(`The sandbox answers at once`, atOnce))
    if (existing > 0) await compareGrowth(track, { payouts, rounds, existing })
    await sandbox.setLatency(LATENCY_MS)
    const late = await alternate(track, { payouts, rounds })
    console.log(tableOf(`The sandbox answers after ${LATENCY_MS} ms`, late))

    const { line, isPassed } = grade(atOnce, late, {
      per_second_max: CONCURRENCY / (LATENCY_MS / 1000),
    })
    console.log(line)
    process.exitCode = isPassed ? 0 : 1
  } finally {
    await track.books.close()
    sandbox.stop()
  }
}

function whole(flag: string, text: string, min: number): number {
  const value = Number(text)
  if (/^\d{1,7}$/.test(text) && value >= min) return value
  throw new RangeError(`${flag} must be a whole number from ${min}`)
}

/** Every round begins with another one, so that none is always the first. */
async function alternate(
  track: Track,
  { payouts, rounds }: { payouts: number; rounds: number }
): Promise<Results> {
  const results: Results = { bare: [], plain: [], ours: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < CONTESTANTS.length; turn += 1) {
      const contestant = CONTESTANTS[(round + turn) % CONTESTANTS.length]
      if (!contestant) continue
      results[contestant].push(await run(contestant, track, payouts))
    }
  }
  return results
}

/** What a payout costs when the tables are full, against what it costs when they are not. */
async function compareGrowth(
  track: Track,
  {
    payouts,
    rounds,
    existing,
  }: { payouts: number; rounds: number; existing: number }
): Promise<void> {
  const full = await openTrack(track.sandbox, existing)
  try {
    const growth: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const pair = { before: 0, after: 0 }
      const before = async () => {
        pair.before = (await run("ours", track, payouts)).seconds
      }
      const after = async () => {
        pair.after = (await run("ours", full, payouts)).seconds
      }
      for (const turn of round % 2 === 0 ? [before, after] : [after, before]) {
        await turn()
      }
      growth.push(pair.after / pair.before)
    }
    console.log(
      `With ${existing} finished payouts a payout costs ${median(growth).toFixed(2)} of what it costs without\n`
    )
  } finally {
    await full.books.close()
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
