// `npm run test:mutation`: would the tests notice a wrong rule? Every file of the
// rules, and the classifier, is changed in small ways and met by the tests that
// state its rules. `npm run test:mutation -- money classify` does the named files.
// Scores and what survives are in docs/proof/mutation.md.
import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"

const root = path.join(import.meta.dirname, "..")
const out = path.join(root, ".stryker")
const wire = "src/modules/masspay-gateway/http"

/**
 * Files, and the specs that state their rules: a glob within test/unit. Those
 * by example, mostly: properties would take seconds for each change.
 */
const group = (tests, ...files) => ({
  tests,
  files: files.map((file) =>
    file.startsWith("src/") ? file : `src/domain/${file}.ts`
  ),
})
const GROUPS = [
  group("domain/decide-after-attempt", "decide-after-attempt"),
  group(
    "domain/decide-after-lookup{,-edges}",
    "decide-after-lookup",
    "lookup-timing",
    "lookup-types"
  ),
  group("domain/money{,-texts}", "money"),
  group("domain/{decimal,money,money-texts}", "decimal"),
  group("domain/allocate", "allocate"),
  group(
    "domain/{load-request,spendback-request,request-text}",
    "load-request",
    "spendback-request",
    "request-text"
  ),
  group("domain/actions*", "actions", "action-effects"),
  group("domain/circuit", "circuit", "retry-budget"),
  group(
    "gateway/{classify,classify-texts,error-body}",
    `${wire}/classify.ts`,
    `${wire}/error-body.ts`
  ),
  group("domain/statement", "statement"),
  group("domain/go-live{,-texts}", "go-live"),
  group(
    "domain/go-live-{judges,account-texts,funding-texts}",
    "go-live-account"
  ),
  group("domain/go-live-{judges,shop-texts,message-texts}", "go-live-shop"),
  group("domain/collect{,-details}", "collect", "collect-sums"),
  // Of settling, each file with the specs that state its rules: to run all of
  // them for every change would take an hour.
  group("domain/settle-{attribution,frozen}", "settle-attribution"),
  group("domain/settle-{terms,held}", "settle-held"),
  group("domain/settle-{lines,frozen}", "settle-lines"),
  group("domain/settle-{booking,held,reasons,refunds}", "settle-difference"),
  group("domain/settle-{refunds,held,refund-plan}", "settle-refunds"),
  group("domain/settle-{shares,frozen}", "settle-shares"),
  group("domain/settle-{amounts,booking,frozen,held,order,refunds}", "settle"),
]
/** Types, and names that another file has: nothing to change. */
const WITHOUT_RULES = ["facts", "settle-types", "decide-next"]
const SCORE_MIN = 90

/** Every other file meets the specs whose names begin with its own. */
function groupsOfTheRest() {
  const named = GROUPS.flatMap(({ files }) => files)
  return readdirSync(path.join(root, "src/domain"))
    .map((file) => path.basename(file, ".ts"))
    .filter((file) => !WITHOUT_RULES.includes(file))
    .filter((file) => !named.includes(`src/domain/${file}.ts`))
    .map((file) => group(`domain/${file}*`, file))
}

/** Runs one group, all of it: what an earlier run found out is not believed. */
function mutate({ tests, files }) {
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
      env: { ...process.env, MUTATION_TESTS: tests },
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
const scores = [...GROUPS, ...groupsOfTheRest()]
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
