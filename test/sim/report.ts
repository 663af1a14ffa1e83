import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

export type Reached = {
  played: number
  /** Seeds. */
  failed: number[]
  sent: number
  /** How often what happened, over all seeds. */
  happened: Record<string, number>
}

const FILE = path.join(__dirname, "../../docs/proof/simulation.md")

/** Writes down how far a nightly run came. */
export function writeReport(
  { played, failed, sent, happened }: Reached,
  { from, seconds }: { from: number; seconds: number }
): void {
  const rows = Object.entries(happened).sort(([, a], [, b]) => b - a)
  const result =
    failed.length === 0
      ? "None failed."
      : `Failed: ${[...failed].sort((a, b) => a - b).join(", ")}. Replay one with \`npm run test:sim -- --seed <seed>\`.`
  const text = `# Simulation

Random sequences of everything that can happen to a shop, its processes and its
database, and to MassPay, played on a real Postgres and the sandbox with one
virtual clock, and judged against a model that knows only what is due. What is
checked stands in \`test/sim/judge.ts\`. Written by
\`npm run test:sim -- --nightly --minutes N\`.

Reached: ${played} seeds, from ${from} to ${from + played - 1}, in ${Math.round(seconds / 60)} minutes. ${result}
${sent} loads were sent.

| What happened | Times |
| --- | ---: |
${rows.map(([what, times]) => `| ${what} | ${times} |`).join("\n")}
`
  mkdirSync(path.dirname(FILE), { recursive: true })
  writeFileSync(FILE, text)
}
