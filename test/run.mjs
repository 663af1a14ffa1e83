// `npm test`: every check of this repository, and one closing line with what passed
// and failed. `npm test -- unit module` runs only the named steps.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { failuresOf } from "./support/jest-failures.mjs"
import { runCommand } from "./support/run-command.mjs"

const root = path.join(import.meta.dirname, "..")
const bin = (name) => path.join(root, "node_modules/.bin", name)
// The native compiler reads all of this in a fifth of the time. `build` compiles
// what is published with TypeScript 5, as Medusa does.
const tsc = path.join(root, "node_modules/typescript-7/bin/tsc")
const scratch = mkdtempSync(path.join(os.tmpdir(), "masspay-test-"))
const chromium = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((file) => file && existsSync(file))

const check = (name, command, args) => ({ name, command, args })
const specs = (type, { missing } = {}) => ({ name: type, type, missing })
let groups = 0
/** Lanes that run at the same time: none of their steps times anything. */
function together(...lanes) {
  groups += 1
  return lanes.flatMap((steps, lane) =>
    steps.map((step) => ({ ...step, group: groups, lane }))
  )
}

/** A lane for the time in which the others wait. */
const filler = (...steps) => steps.map((step) => ({ ...step, yields: true }))

const STEPS = [
  // The browser waits half of the time, and nothing takes longer.
  ...together(
    [
      check("build", "npm", ["run", "build"]),
      specs("browser", {
        missing:
          !chromium &&
          "no Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH",
      }),
    ],
    filler(
      check("format", bin("prettier"), ["--check", "."]),
      check("types", tsc, ["--noEmit", "-p", "tsconfig.json"]),
      ...["test", "bench", "src/admin", "demo"].map((folder) =>
        check(
          `types of ${folder === "test" ? "tests" : path.basename(folder)}`,
          tsc,
          ["--noEmit", "-p", `${folder}/tsconfig.json`]
        )
      ),
      check("lint", bin("eslint"), ["."]),
      check("unused", bin("knip"), []),
      check("publint", bin("publint"), ["--strict"]),
      {
        ...check("types of package", bin("attw"), [
          ...["--pack", ".", "--profile", "node16"],
          ...["--exclude-entrypoints", "admin"],
        ]),
        // what `prepack` would do was done by `build`
        env: { npm_config_ignore_scripts: "true" },
      },
      specs("package")
    ),
    filler(
      specs("unit"),
      specs("sandbox"),
      check("webhooks", "npm", [
        ...["run", "--silent", "test:webhooks", "--"],
        ...["--forgeries", "200000", "--payouts", "682"],
      ])
    )
  ),
  specs("module"),
  check("crashes", "npm", ["run", "--silent", "test:crash"]),
  ...together(
    [check("simulation", "npm", ["run", "--silent", "test:sim"])],
    [check("faults", "npm", ["run", "--silent", "test:faults"])]
  ),
  // Shops begin one after the other, and wait for jobs.
  ...together([specs("http")], filler(specs("crash"))),
]

const SIDE_BY_SIDE = ["unit", "module", "http"]
const cores = Math.min(os.availableParallelism(), 4)
/** One more than there are cores, since each waits for Postgres a third of its time. */
const workers = String(cores === 1 ? 1 : cores + 1)
/** Whose specs take longer to load than to run. */
const BUNDLED = ["sandbox", "module"]
/** Fewer collections of short-lived objects, which is most of what all of these make. */
const V8_OPTIONS = "--max-semi-space-size=64"

const DEADLINE_MS = 25 * 60_000

const run = (command, args, options = {}) =>
  runCommand(command, args, { cwd: root, deadline_ms: DEADLINE_MS, ...options })

/** @returns {Promise<{ passed: number, failed: number, failures: string[] }>} `failures`: lines that say what failed */
async function runCheck({ command, args, env }, options) {
  const { code, tail } = await run(command, args, {
    ...options,
    env: { NODE_OPTIONS: V8_OPTIONS, ...env },
  })
  return code === 0
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: tail }
}

/** Counts of one jest run; a run that wrote no report, or ran no test, is one failure. */
async function runSpecs({ type, yields }, options) {
  const report = path.join(scratch, `${type}.json`)
  const { code, tail } = await run(
    bin("jest"),
    [
      "--forceExit",
      "--json",
      `--outputFile=${report}`,
      // Left to itself, jest uses all cores but one: of two, one. Specs that time
      // processes keep the machine to themselves.
      ...(SIDE_BY_SIDE.includes(type)
        ? ["--maxWorkers", yields ? "1" : workers]
        : []),
    ],
    {
      ...options,
      env: {
        TEST_TYPE: type,
        SPEC_BUNDLES: BUNDLED.includes(type) ? "on" : "",
        NODE_OPTIONS: `--experimental-vm-modules --no-warnings ${V8_OPTIONS}`,
        // hosts tell every migration otherwise
        ...(type === "http" && { LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" }),
        ...(chromium && { CHROMIUM_PATH: chromium }),
      },
    }
  )
  if (!existsSync(report)) return { passed: 0, failed: 1, failures: tail }
  const found = JSON.parse(readFileSync(report, "utf8"))
  const broken = found.numRuntimeErrorTestSuites
  const failed = found.numFailedTests + broken
  const failures = failuresOf(found, (file) => path.relative(root, file))
  const passed = found.numPassedTests
  if (failed > 0) return { passed, failed, failures }
  // Such as a suite that leaked a secret, or none that ran.
  const isBad = code !== 0 || passed === 0
  return { passed, failed: isBad ? 1 : 0, failures: isBad ? tail : [] }
}

const results = new Map()

async function runStep(step, { show } = {}) {
  const say = (text) => (show ? show(`${text}\n`) : console.log(text))
  say(`\n── ${step.name}`)
  if (step.missing) {
    results.set(step, { line: `skipped  ${step.name}: ${step.missing}` })
    return say(results.get(step).line)
  }
  const started = performance.now()
  const options = { ...(show && { show }), yields: step.yields }
  const result = await (step.type ? runSpecs : runCheck)(step, options)
  const { passed, failed } = result
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const line = `${failed ? "FAILED " : "passed "}  ${step.name} (${passed} passed, ${failed} failed, ${seconds} s)`
  results.set(step, { ...result, line })
}

/** One after another. Each one's output is shown when it has ended, so that no two are mixed up. */
async function runLane(left) {
  for (let step = left.shift(); step; step = left.shift()) {
    const output = []
    await runStep(step, { show: (chunk) => output.push(String(chunk)) })
    process.stdout.write(output.join(""))
  }
}

/** Lanes that belong together at once, where there are cores for them; everything else alone. */
async function runInOrder(steps) {
  const left = [...steps]
  for (let step = left.shift(); step; step = left.shift()) {
    const { group } = step
    const lanes = new Map([[step.lane, [step]]])
    while (group && left[0]?.group === group) {
      const next = left.shift()
      lanes.set(next.lane, [...(lanes.get(next.lane) ?? []), next])
    }
    if (lanes.size > 1 && cores > 1) {
      await Promise.all([...lanes.values()].map(runLane))
    } else {
      for (const each of [...lanes.values()].flat()) await runStep(each)
    }
  }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((s) => s.name === name))
if (unknown.length > 0) {
  console.error(
    `No step is called ${unknown.map((n) => `"${n}"`).join(", ")}. Steps: ${STEPS.map((s) => s.name).join(", ")}.`
  )
  process.exit(2)
}

const chosen = STEPS.filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name)
)
try {
  await runInOrder(chosen)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

const total = { passed: 0, failed: 0 }
console.log()
for (const step of chosen) {
  const { line, passed = 0, failed = 0 } = results.get(step)
  console.log(line)
  total.passed += passed
  total.failed += failed
}
// Once more, where whoever keeps only the end of the output finds it.
for (const step of chosen) {
  const { failures = [], failed } = results.get(step)
  if (!failed) continue
  console.log(`\n── what failed in ${step.name}`)
  for (const text of failures) console.log(`  ${text}`)
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
