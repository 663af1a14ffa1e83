// `npm run test:mutation`: would the tests notice a wrong rule? Every file of the
// rules, and the classifier, is changed in small ways and met by the tests that
// state its rules. `npm run test:mutation -- money classify` does the named files.
// Scores and what survives are in docs/proof/mutation.md.
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync } from "node:fs"
import path from "node:path"

import groups from "./support/mutation-groups.js"

const root = path.join(import.meta.dirname, "..")
const out = path.join(root, ".stryker")
const SCORE_MIN = 90

/** Runs one group, all of it: what an earlier run found out is not believed. */
function mutate({ specs, files }) {
  const report = path.join(out, `${path.basename(files[0], ".ts")}.json`)
  const { status } = spawnSync(
    path.join(root, "node_modules/.bin/stryker"),
    [
      "run",
      "--force",
      "--mutate",
      files.join(","),
      "--incrementalFile",
      report,
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, MUTATION_TESTS: specs.join(",") },
    }
  )
  if (status !== 0) throw new Error(`stryker ended with ${status}`)
  const found = JSON.parse(readFileSync(report, "utf8")).files
  return files.map((file) => ({ file, ...score(found[file]?.mutants ?? []) }))
}

function score(mutants) {
  const count = (...states) =>
    mutants.filter((mutant) => states.includes(mutant.status)).length
  const killed = count("Killed", "Timeout")
  // One that stops a spec before its tests begin was not noticed by a test.
  const lived = count("Survived", "NoCoverage", "RuntimeError")
  const all = killed + lived
  return { killed, lived, percent: all === 0 ? 100 : (killed / all) * 100 }
}

mkdirSync(out, { recursive: true })
const wanted = process.argv.slice(2)
const isWanted = (file) =>
  wanted.length === 0 || wanted.includes(path.basename(file, ".ts"))
const scores = groups
  .mutationGroups()
  .filter(({ files }) => files.some(isWanted))
  .flatMap(mutate)

for (const { file, killed, lived, percent } of scores) {
  console.log(
    `${percent.toFixed(1).padStart(5)} %  ${killed}/${killed + lived}  ${file}`
  )
}
const low = scores.filter(({ percent }) => percent < SCORE_MIN)
const sum = (field) => scores.reduce((total, one) => total + one[field], 0)
const all = sum("killed") + sum("lived")
console.log(
  `${sum("killed")} of ${all} mutants killed, ${low.length} files below ${SCORE_MIN} %`
)
process.exitCode = low.length > 0 || all === 0 ? 1 : 0
