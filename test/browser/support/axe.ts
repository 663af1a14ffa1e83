import { readFileSync } from "node:fs"

import type { Locator } from "playwright-core"

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")
const GRAVE = ["serious", "critical"]

type Violation = {
  id: string
  impact: string | null
  nodes: { html: string; failureSummary: string }[]
}

/** For a page of a busy machine to come to rest. */
const PATIENCE_MS = 10_000

/**
 * What axe finds serious or critical within an element, each with the first
 * place where it is. Empty when all can use it. Looked for again until it is gone
 * or has stayed: an answer may come, and a button change its colour, while axe reads.
 */
export async function graveIn(
  locator: Locator,
  patience_ms = PATIENCE_MS
): Promise<string[]> {
  const page = locator.page()
  await page.evaluate(AXE)
  const ends = Date.now() + patience_ms
  for (;;) {
    await page.evaluate(untilStill)
    const found = await graveNow(locator)
    if (found.length === 0 || Date.now() > ends) return found
    await page.waitForTimeout(250)
  }
}

async function graveNow(locator: Locator): Promise<string[]> {
  const violations = await locator.evaluate(async (element) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (context: unknown) => Promise<{ violations: Violation[] }>
      }
    }
    return (await axe.run(element)).violations
  })
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ""))
    .map(({ id, nodes: [node] }) => `${id}: ${node?.html ?? ""}`)
}

/** A colour that is on its way to another has the contrast of neither. */
async function untilStill(): Promise<void> {
  const ends = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished)
  await Promise.allSettled(ends)
}
