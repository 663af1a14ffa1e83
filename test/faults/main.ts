/**
 * `npm run test:faults`: every fault at every request, old keys, lists that hide.
 *
 *     npm run test:faults
 *     npm run test:faults -- --only "execute_then_500, reverse"
 *     npm run test:faults -- --nightly --minutes 60    the matrix with 20 seeds; writes docs/proof/faults.md
 */
import { Arguments } from "../support/arguments"
import { inLanes } from "../support/lanes"
import type { Case } from "./case"
import { directAges, directMatrix } from "./direct"
import { keyAges } from "./key-age"
import { lists } from "./lists"
import { matrix } from "./matrix"
import { type Tally, writeReport } from "./report"

const LANES = 4
const NIGHTLY_SEEDS = 20
const MINUTE_MS = 60_000

async function main(): Promise<boolean> {
  const args = new Arguments()
  const only = args.text("--only") ?? ""
  const isNightly = args.flag("--nightly")
  const minutes = args.number("--minutes") ?? 60
  args.end()
  const began_ms = performance.now()
  const mustStop = () =>
    isNightly && performance.now() - began_ms > minutes * MINUTE_MS
  const seeds = Array.from(
    { length: isNightly ? NIGHTLY_SEEDS : 1 },
    (_, seed) => seed
  )
  const tallies: Tally[] = []
  for (const [name, cases] of Object.entries({
    lists: lists(),
    "key ages": [...keyAges(), ...directAges()],
    "fault matrix": [...matrix(seeds), ...directMatrix(seeds)],
  })) {
    tallies.push(
      await playAll(
        name,
        cases.filter((each) => each.name.includes(only)),
        mustStop
      )
    )
  }
  const seconds = Math.round((performance.now() - began_ms) / 1_000)
  if (isNightly) await writeReport(tallies, { seeds: seeds.length, seconds })
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.flatMap((tally) => tally.failed)
  const parts = tallies.map(
    (tally) =>
      `${tally.name}: ${tally.passed} of ${tally.passed + tally.failed.length}`
  )
  console.log(
    `faults: ${passed} of ${passed + failed.length} cases passed in ${seconds} s (${parts.join(", ")})`
  )
  return failed.length === 0 && passed > 0
}

async function playAll(
  name: string,
  cases: readonly Case[],
  mustStop: () => boolean
): Promise<Tally> {
  const tally: Tally = { name, passed: 0, failed: [] }
  await inLanes(cases, { lanes: LANES, mustStop }, async (each) => {
    const problems = await each.run()
    if (problems.length === 0) {
      tally.passed += 1
      return
    }
    tally.failed.push(each.name)
    console.log(`${each.name}:`)
    for (const problem of problems) console.log(`  ${problem}`)
  })
  return tally
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
)
