import path from "node:path"

import fc from "fast-check"

/** What the proofs about money, allocation and refunds run in every test run. */
export const MANY_CASES = 100_000
/** What properties beside those are tried in. */
export const CASES = 25_000

type Runs = Pick<fc.Parameters, "numRuns" | "seed" | "path" | "endOnFailure">

/**
 * How often a property is tried. `PROPERTY_RUNS_MAX` lowers it and leaves
 * failures as they are (mutation tests run each property thousands of times
 * over), `PROPERTY_SEED` and `PROPERTY_PATH` replay one failure.
 */
export function runs(wanted: number): Runs {
  const {
    PROPERTY_RUNS_MAX: max,
    PROPERTY_SEED: seed,
    PROPERTY_PATH: path,
  } = process.env
  return {
    numRuns: Math.min(wanted, Number(max ?? wanted)),
    ...(max !== undefined && { endOnFailure: true }),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path }),
  }
}

/**
 * Tries a property `wanted` times. A failure is shrunk, and says by which
 * command this very case is tried again.
 */
export function holds<Ts>(property: fc.IProperty<Ts>, wanted: number): void {
  fc.assert(property, {
    ...runs(wanted),
    reporter: (details) => {
      if (!details.failed) return
      const report = fc.defaultReportMessage(details)
      throw new Error(`${report}\n\nReplay: ${replay(details)}`)
    },
  })
}

function replay({
  seed,
  counterexamplePath,
}: {
  seed: number
  counterexamplePath: string | null
}): string {
  const { testPath, currentTestName = "" } = expect.getState()
  // In a bundle the name begins with the spec's own file.
  const [, own, rest] =
    /^(test\/\S+\.spec\.ts) (.*)/.exec(currentTestName) ?? []
  const file = own ?? path.relative(process.cwd(), testPath ?? "")
  const name = (rest ?? currentTestName).replace(/[^\w ,:;-]/g, ".")
  return [
    `PROPERTY_SEED=${seed}`,
    `PROPERTY_PATH=${counterexamplePath ?? ""}`,
    `TEST_TYPE=unit npx jest ${file} -t "${name}"`,
  ].join(" ")
}

/** As `expect`, for loops of millions: costs nothing while it holds. */
export function must(holding: boolean, what: () => string): void {
  if (!holding) throw new Error(what())
}
