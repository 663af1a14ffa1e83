/**
 * `npm run test:crash`: processes that are killed, stopped or deceived, and
 * databases that go away, come back older, or lose their last second.
 *
 *     npm run test:crash
 *     npm run test:crash -- --only "killed at dispatch" --seed 7
 *     npm run test:crash -- --nightly --minutes 60    as far as that reaches; writes docs/proof/crash.md
 */
import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

import { Arguments } from "../support/arguments"
import { inLanes } from "../support/lanes"
import type { Part } from "./part"
import { POINTS } from "./points"
import { PROCESSES } from "./processes"
import { closeServers, SERVER_PARTS } from "./servers"

/** Beside one for the parts that strike a server down, which must not meet. */
const LANES = 3
const MINUTE_MS = 60_000
const REPORT = path.join(__dirname, "../../docs/proof/crash.md")

type Tally = {
  part: Part
  rounds: number
  failed: number
  double_paid: number
  lost: number
}

/** What was wrong in the rounds that failed, to be said once more at the end. */
const failures: string[] = []

async function main(): Promise<boolean> {
  const args = new Arguments()
  const only = args.text("--only") ?? ""
  const seed = args.number("--seed")
  const isNightly = args.flag("--nightly")
  const minutes = args.number("--minutes") ?? 60
  args.end()
  const parts = [...POINTS, ...PROCESSES, ...SERVER_PARTS].filter(({ name }) =>
    name.includes(only)
  )
  const tallies = parts.map((part): Tally => ({
    part,
    rounds: 0,
    failed: 0,
    double_paid: 0,
    lost: 0,
  }))
  const began_ms = performance.now()
  const mustStop = () =>
    isNightly && performance.now() - began_ms > minutes * MINUTE_MS
  const isOfServers = ({ part }: Tally) => SERVER_PARTS.includes(part)
  const others = tallies.filter((tally) => !isOfServers(tally))
  const ofServers = tallies.filter(isOfServers)
  const size = { seed, isNightly }
  try {
    await Promise.all([
      inLanes(roundsOf(others, size), { lanes: LANES, mustStop }, play),
      inLanes(roundsOf(ofServers, size), { lanes: 1, mustStop }, play),
    ])
  } finally {
    await closeServers()
  }
  const seconds = Math.round((performance.now() - began_ms) / 1_000)
  if (isNightly) writeReport(tallies, seconds)
  const rounds = tallies.reduce((sum, tally) => sum + tally.rounds, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  const sum = (what: "double_paid" | "lost") =>
    tallies.reduce((total, tally) => total + tally[what], 0)
  const points = tallies.filter(({ part }) => POINTS.includes(part)).length
  for (const failure of failures) console.log(failure)
  console.log(
    `crash: ${rounds - failed} of ${rounds} rounds passed in ${seconds} s (${points} points, ${parts.length - points} other proofs; double-paid ${sum("double_paid")}, lost ${sum("lost")})`
  )
  return failed === 0 && rounds > 0
}

type Round = { tally: Tally; seed: number }

/** Every part gets its turn before any gets its next, so that a short run covers all. */
function* roundsOf(
  tallies: readonly Tally[],
  { seed, isNightly }: { seed: number | null; isNightly: boolean }
): Generator<Round> {
  const sizeOf = ({ sizes }: Part) =>
    seed !== null ? 1 : isNightly ? sizes.nightly : sizes.ci
  const most = Math.max(0, ...tallies.map(({ part }) => sizeOf(part)))
  for (let round = 0; round < most; round += 1) {
    for (const tally of tallies) {
      if (round < sizeOf(tally.part)) yield { tally, seed: seed ?? round }
    }
  }
}

async function play({ tally, seed }: Round): Promise<void> {
  const { part } = tally
  const problems = await problemsOf(() => part.play({ seed }))
  tally.rounds += 1
  if (problems.length === 0) return
  tally.failed += 1
  if (problems.some((problem) => problem.startsWith("double-paid"))) {
    tally.double_paid += 1
  }
  if (problems.some((problem) => problem.startsWith("lost"))) tally.lost += 1
  const failure = [
    `${part.name}: replay with npm run test:crash -- --only "${part.name}" --seed ${seed}`,
    ...problems.map((problem) => `  ${problem}`),
  ].join("\n")
  console.log(failure)
  failures.push(failure)
}

/** An error is a problem like any other: the other rounds go on. */
async function problemsOf(work: () => Promise<string[]>): Promise<string[]> {
  try {
    return await work()
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : "error"]
  }
}

function writeReport(tallies: readonly Tally[], seconds: number): void {
  const rows = tallies.map(
    ({ part, rounds, failed }) =>
      `| ${part.name} | ${rounds} | ${part.sizes.nightly} | ${failed} |`
  )
  const text = `# Crashes

Worker processes that are killed at every named point and at random moments,
stopped for three leases, deceived about the time; databases that cut
connections, restart, or come back older. After each round everything comes to
rest with the virtual clock; then the sandbox's journal is compared with the
books (\`test/crash/judge.ts\`), and a further run must send nothing. Seeds count
from 0. Written by \`npm run test:crash -- --nightly --minutes N\`.

Reached in ${Math.round(seconds / 60)} minutes:

| Proof | Rounds | Goal | Failed |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`
  mkdirSync(path.dirname(REPORT), { recursive: true })
  writeFileSync(REPORT, text)
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  }
)
