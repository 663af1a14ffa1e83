import { act, type Scene } from "./act"
import { judgeNow, judgeQuiet } from "./judge"
import { Model } from "./model"
import type { Plan, Step } from "./plan"
import { becomeQuiet } from "./quiet"
import { World } from "./world"

export type Verdict = {
  problems: string[]
  /** Loads that MassPay was asked for, also in vain. */
  sent: number
  counts: Partial<Record<Step["do"], number>>
}

/** Plays a plan from its beginning to quiet and judges it. Throws nothing: an error is a problem. */
export async function play(
  plan: Plan,
  tell: (line: string) => void = () => undefined
): Promise<Verdict> {
  const world = await World.open(plan.options)
  const scene: Scene = { world, model: new Model() }
  const verdict: Verdict = { problems: [], sent: 0, counts: {} }
  try {
    for (const [index, step] of plan.steps.entries()) {
      const came = await act(scene, step)
      tell(`${index} ${JSON.stringify(step)} -> ${came}`)
      verdict.counts[step.do] = (verdict.counts[step.do] ?? 0) + 1
      verdict.problems.push(...judgeNow(scene))
      if (verdict.problems.length > 0) break
    }
    if (verdict.problems.length === 0) {
      verdict.problems.push(
        ...(await becomeQuiet(scene)),
        ...(await judgeQuiet(scene, plan))
      )
    }
    verdict.sent = world.sandbox.control
      .journal()
      .entries.filter(
        (entry) =>
          entry.kind === "request" &&
          entry.method === "POST" &&
          entry.path.includes("/load/")
      ).length
  } catch (error) {
    verdict.problems.push(
      `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    )
  }
  if (verdict.problems.length > 0) for (const line of world.logs) tell(line)
  try {
    await world.close()
  } catch (error) {
    verdict.problems.push(`not closed: ${String(error)}`)
  }
  return verdict
}
