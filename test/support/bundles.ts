import { readdirSync, statSync } from "node:fs"
import path from "node:path"

import { canaries } from "./canary/watch"
import folders from "./folders.js"
import { isSlow } from "./slowest-first.js"

const ROOT = path.join(__dirname, "../..")

/**
 * Runs the `number`th part of the specs of `TEST_TYPE` as one file; there are as
 * many parts as files in `test/bundles`. Jest gives each file its own copy of every
 * module it needs: to load them takes most specs longer than to run. Each spec's
 * hooks stay its own, and each answers for what it leaks.
 */
export function describeBundle(number: number): void {
  const files = bundlesOf(specsOf(process.env.TEST_TYPE ?? ""))[number - 1]
  for (const file of files ?? []) {
    const name = path.relative(ROOT, file)
    describe(name, () => {
      jest.requireActual(file)
      afterAll(() => canaries.throwProblems(name))
    })
  }
}

function specsOf(type: string): string[] {
  const found = (folders[type] ?? []).flatMap((folder) => {
    const home = path.join(ROOT, "test", folder)
    return readdirSync(home, { recursive: true, encoding: "utf8" }).map(
      (name) => path.join(home, name)
    )
  })
  return found.filter((file) => file.endsWith(".spec.ts"))
}

/** The one that takes longest first, each to the bundle that has least. */
function bundlesOf(files: readonly string[]): string[][] {
  const { length } = readdirSync(path.join(ROOT, "test/bundles")).filter(
    (name) => name.endsWith(".spec.ts")
  )
  const bundles = Array.from({ length }, () => ({
    files: [] as string[],
    weight: 0,
  }))
  const weights = new Map(files.map((file) => [file, weightOf(file)]))
  const weight = (file: string): number => weights.get(file) ?? 0
  for (const file of [...files].sort((a, b) => weight(b) - weight(a))) {
    const least = bundles.reduce((a, b) => (b.weight < a.weight ? b : a))
    least.files.push(file)
    least.weight += weight(file)
  }
  return bundles.map((bundle) => bundle.files)
}

/** Nothing knows how long a spec takes; how much there is of it says a little. */
function weightOf(file: string): number {
  return statSync(file).size * (isSlow(file) ? 4 : 1)
}
