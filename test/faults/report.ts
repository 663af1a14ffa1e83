import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

/** How many of each part passed. */
export type Tally = { name: string; passed: number; failed: string[] }

const FILE = path.join(__dirname, "../../docs/proof/faults.md")

/** Writes down how far a nightly run came. */
export function writeReport(
  tallies: readonly Tally[],
  { seeds, seconds }: { seeds: number; seconds: number }
): void {
  const failed = tallies.flatMap((tally) => tally.failed)
  const result =
    failed.length === 0
      ? "None failed."
      : `Failed:\n\n${failed.map((name) => `- ${name}`).join("\n")}\n\nReplay one with \`npm run test:faults -- --nightly --only "<name>"\`.`
  const rows = tallies.map(
    ({ name, passed, failed: { length } }) =>
      `| ${name} | ${passed + length} | ${passed} |`
  )
  const text = `# Faults

Every fault that the sandbox can play, at every request that can meet it (first
send, resend, look-up, reversal), each with ${seeds} seeds and with both readings of
a client id that comes twice; keys of every age after every outcome that nobody
can tell; lists that hide loads. After each case everything comes to rest with
the virtual clock and is judged as in \`test/sim/judge.ts\`. Written by
\`npm run test:faults -- --nightly --minutes N\`.

Reached in ${Math.round(seconds / 60)} minutes. ${result}

| Part | Cases | Passed |
| --- | ---: | ---: |
${rows.join("\n")}
`
  mkdirSync(path.dirname(FILE), { recursive: true })
  writeFileSync(FILE, text)
}
