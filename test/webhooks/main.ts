/**
 * `npm run test:webhooks`: a million forgeries, and ten thousand messages that
 * come several times, in no order, or not at all.
 *
 *     npm run test:webhooks
 *     npm run test:webhooks -- --seed 7
 *     npm run test:webhooks -- --forgeries 1000 --payouts 341    less of both
 *     npm run test:webhooks -- --write    also writes docs/proof/webhooks.md
 */
import { Arguments } from "../support/arguments"
import { type Forgeries, tryForgeries } from "../support/forgeries"
import { writeReport } from "./report"
import { type Storm, storm } from "./storm"

const FORGERIES = 1_000_000
/** Three events each on the average: ten thousand and a few. */
const PAYOUTS = 3_410
const ROUNDS = 24

async function main(): Promise<boolean> {
  const args = new Arguments()
  const seed = args.number("--seed") ?? 1
  const count = args.number("--forgeries") ?? FORGERIES
  const payouts = args.number("--payouts") ?? PAYOUTS
  const isWritten = args.flag("--write")
  args.end()

  const began_ms = performance.now()
  const forgeries = tryForgeries({ count, seed })
  const forged_s = secondsSince(began_ms)
  console.log(forgeriesLine(forgeries, forged_s))

  const storm_ms = performance.now()
  const outcome = await storm({ payouts, rounds: ROUNDS, seed })
  const storm_s = secondsSince(storm_ms)
  console.log(stormLine(outcome, storm_s))
  const problems = problemsWith(forgeries, outcome)
  for (const problem of problems) console.log(`problem: ${problem}`)
  if (isWritten) {
    await writeReport({
      seed,
      forgeries,
      forged_s,
      storm: outcome,
      storm_s,
    })
  }
  console.log(
    `webhooks: ${problems.length === 0 ? "passed" : `FAILED, replay with --seed ${seed}`}`
  )
  return problems.length === 0
}

function secondsSince(began_ms: number): number {
  return Math.round((performance.now() - began_ms) / 1_000)
}

function forgeriesLine(found: Forgeries, seconds: number): string {
  return (
    `forgeries: ${found.tried} tried in ${seconds} s, ${found.accepted} accepted, ` +
    `${found.crashed} crashed, ${found.slow} slow (the longest took ${found.slowest_ms.toFixed(1)} ms)`
  )
}

function stormLine(found: Storm, seconds: number): string {
  const perLoad = (found.lookups / found.events).toFixed(2)
  return (
    `storm: ${found.events} events in ${found.deliveries} deliveries (${found.lost} lost, ${found.forged} forged, ` +
    `${found.flips} flips), ${found.stored} stored, in ${seconds} s\n` +
    `  final state as MassPay's: ${found.right_in_the_end} of ${found.loads} ` +
    `(${found.right_by_webhooks} before polling); forged accepted: ${found.forged_accepted}\n` +
    `  look-ups: ${found.lookups}, ${perLoad} for each event; of one user at most ${found.lookups_of_one_max}, ` +
    `where the interval allows ${found.lookups_of_one_allowed}`
  )
}

function problemsWith(forgeries: Forgeries, found: Storm): string[] {
  const problems = [...found.problems]
  const must = (isTrue: boolean, what: string) => {
    if (!isTrue) problems.push(what)
  }
  must(forgeries.accepted === 0, `forged and accepted: ${forgeries.example}`)
  must(forgeries.crashed === 0, `verification threw: ${forgeries.example}`)
  must(forgeries.slow === 0, `${forgeries.slow} slow verifications`)
  must(found.forged_accepted === 0, "a forged delivery was accepted")
  must(
    found.genuine_refused === 0,
    `${found.genuine_refused} genuine deliveries were refused`
  )
  must(
    found.right_in_the_end === found.loads,
    "the final state is not MassPay's"
  )
  must(
    found.loads > 0 && found.lost > 0 && found.forged > 0,
    "nothing was tried"
  )
  must(
    found.lookups_of_one_max <= found.lookups_of_one_allowed,
    `one user was looked up ${found.lookups_of_one_max} times`
  )
  must(
    found.left_in_inbox === 0,
    `${found.left_in_inbox} messages are not applied`
  )
  return problems
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error)
    process.exit(2)
  }
)
