// `npm test`: every check of this repository, cheapest first, and one closing line
// with what passed and failed. `npm test -- unit module` runs only the named steps.
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"

const root = path.join(import.meta.dirname, "..")
const bin = (name) => path.join(root, "node_modules/.bin", name)
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

const STEPS = [
  check("format", bin("prettier"), ["--check", "."]),
  check("types", bin("tsc"), ["--noEmit", "-p", "tsconfig.json"]),
  check("types of tests", bin("tsc"), ["--noEmit", "-p", "test/tsconfig.json"]),
  check("types of bench", bin("tsc"), [
    "--noEmit",
    "-p",
    "bench/tsconfig.json",
  ]),
  check("types of admin", bin("tsc"), [
    "--noEmit",
    "-p",
    "src/admin/tsconfig.json",
  ]),
  check("types of demo", bin("tsc"), ["--noEmit", "-p", "demo/tsconfig.json"]),
  check("lint", bin("eslint"), ["."]),
  check("unused", bin("knip"), []),
  specs("unit"),
  specs("sandbox"),
  specs("module"),
  specs("crash"),
  check("crashes", "npm", ["run", "--silent", "test:crash"]),
  check("faults", "npm", ["run", "--silent", "test:faults"]),
  check("simulation", "npm", ["run", "--silent", "test:sim"]),
  check("webhooks", "npm", [
    ...["run", "--silent", "test:webhooks", "--"],
    ...["--forgeries", "200000", "--payouts", "682"],
  ]),
  check("build", "npm", ["run", "build"]),
  check("publint", bin("publint"), ["--strict"]),
  check("types of package", bin("attw"), [
    "--pack",
    ".",
    "--profile",
    "node16",
    "--exclude-entrypoints",
    "admin",
  ]),
  specs("package"),
  specs("http"),
  specs("browser", {
    missing:
      !chromium &&
      "no Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH",
  }),
]

const SIDE_BY_SIDE = ["unit", "module", "http"]
const workers = String(Math.min(os.availableParallelism(), 4))

const DEADLINE_MS = 15 * 60_000

/** Ends with the exit code; output is shown as it comes. A step that outlives its deadline is ended with its children. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      detached: true,
    })
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal)
      } catch {
        // it has ended already
      }
    }
    const deadline = setTimeout(() => end("SIGKILL"), DEADLINE_MS)
    const interrupted = () => end("SIGINT")
    process.once("SIGINT", interrupted)
    process.once("SIGTERM", interrupted)
    child.on("error", (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on("exit", (code) => {
      clearTimeout(deadline)
      process.off("SIGINT", interrupted)
      process.off("SIGTERM", interrupted)
      resolve(code ?? 1)
    })
  })
}

/** Counts of one jest run; a run that wrote no report, or ran no test, is one failure. */
async function runSpecs(type) {
  const report = path.join(scratch, `${type}.json`)
  const code = await run(
    bin("jest"),
    [
      "--forceExit",
      "--json",
      `--outputFile=${report}`,
      // Left to itself, jest uses all cores but one: of two, one. Specs that time
      // processes keep the machine to themselves.
      ...(SIDE_BY_SIDE.includes(type) ? ["--maxWorkers", workers] : []),
    ],
    {
      TEST_TYPE: type,
      NODE_OPTIONS: "--experimental-vm-modules --no-warnings",
      // hosts tell every migration otherwise
      ...(type === "http" && { LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" }),
      ...(chromium && { CHROMIUM_PATH: chromium }),
    }
  )
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const found = JSON.parse(readFileSync(report, "utf8"))
  const broken = found.numRuntimeErrorTestSuites
  const failed = found.numFailedTests + broken
  const nothing = found.numPassedTests + failed === 0
  return {
    passed: found.numPassedTests,
    failed: failed || (code !== 0 || nothing ? 1 : 0),
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

const total = { passed: 0, failed: 0 }
const lines = []
try {
  for (const step of STEPS) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue
    console.log(`\n── ${step.name}`)
    if (step.missing) {
      lines.push(`skipped  ${step.name}: ${step.missing}`)
      console.log(lines.at(-1))
      continue
    }
    const started = performance.now()
    const result = step.type
      ? await runSpecs(step.type)
      : (await run(step.command, step.args)) === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1 }
    total.passed += result.passed
    total.failed += result.failed
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    lines.push(
      `${result.failed ? "FAILED " : "passed "}  ${step.name} (${result.passed} passed, ${result.failed} failed, ${seconds} s)`
    )
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`\n${lines.join("\n")}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
