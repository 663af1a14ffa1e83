/**
 * `npm run test:sim`: seeded simulations of a whole shop against a small model.
 *
 *     npm run test:sim                              300 seeds
 *     npm run test:sim -- --seed 7                  plays one and prints its steps
 *     npm run test:sim -- --seed 7 --shrink         leaves out what its failure does not need
 *     npm run test:sim -- --from 1000 --seeds 50    others
 *     npm run test:sim -- --nightly --minutes 60    as many as that takes; writes docs/proof/simulation.md
 */
import { Arguments } from "../support/arguments"
import { inLanes } from "../support/lanes"
import { planOf } from "./plan"
import { type Reached, writeReport } from "./report"
import { play } from "./run-seed"
import { shrink } from "./shrink"

const CI_SEEDS = 300
const LANES = 4
const MINUTE_MS = 60_000
/** Nightly runs go on where the last one ended. */
const NIGHTLY_FROM = 10_000

async function main(): Promise<boolean> {
  const args = new Arguments()
  const seed = args.number("--seed")
  const mustShrink = args.flag("--shrink")
  const isNightly = args.flag("--nightly")
  const minutes = args.number("--minutes") ?? 30
  const from = args.number("--from") ?? (isNightly ? NIGHTLY_FROM : 1)
  const seeds = args.number("--seeds") ?? (isNightly ? Infinity : CI_SEEDS)
  args.end()
  if (seed !== null) return replay(seed, mustShrink)

  const began_ms = performance.now()
  const mustStop = () =>
    isNightly && performance.now() - began_ms > minutes * MINUTE_MS
  const reached = await playAll({ from, seeds, mustStop })
  const seconds = Math.round((performance.now() - began_ms) / 1_000)
  if (isNightly) writeReport(reached, { from, seconds })
  console.log(summaryOf(reached, seconds))
  return reached.failed.length === 0 && reached.played > 0
}

async function playAll({
  from,
  seeds,
  mustStop,
}: {
  from: number
  seeds: number
  mustStop: () => boolean
}): Promise<Reached> {
  const reached: Reached = { played: 0, failed: [], sent: 0, happened: {} }
  await inLanes(numbers(from, seeds), { lanes: LANES, mustStop }, async (n) => {
    const { problems, sent, happened } = await play(planOf(n))
    reached.played += 1
    reached.sent += sent
    for (const [what, times] of Object.entries(happened)) {
      reached.happened[what] = (reached.happened[what] ?? 0) + times
    }
    if (problems.length === 0) return
    reached.failed.push(n)
    console.log(`seed ${n} failed:`)
    for (const problem of problems) console.log(`  ${problem}`)
    console.log(`  replay it: npm run test:sim -- --seed ${n}`)
  })
  return reached
}

function* numbers(from: number, count: number): Generator<number> {
  for (let n = from; n < from + count; n += 1) yield n
}

async function replay(seed: number, mustShrink: boolean): Promise<boolean> {
  let plan = planOf(seed)
  if (mustShrink) plan = await shrink(plan)
  console.log(JSON.stringify(plan.options))
  const { problems } = await play(plan, (line) => console.log(line))
  for (const problem of problems) console.log(`problem: ${problem}`)
  console.log(
    `seed ${seed}: ${plan.steps.length} steps, ${problems.length} problems`
  )
  return problems.length === 0
}

function summaryOf(
  { played, failed, sent, happened }: Reached,
  seconds: number
) {
  const times = (what: string) => happened[what] ?? 0
  return (
    `simulation: ${played - failed.length} of ${played} seeds passed in ${seconds} s ` +
    `(${sent} loads sent, ${times("restore")} restores, ${times("flip")} flips, ` +
    `${times("died")} crashes, ${times("reverse")} reversals, ${times("fault")} faults)`
  )
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
)
