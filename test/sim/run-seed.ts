import { act, type Scene } from "./act"
import { judgeNow, judgeQuiet } from "./judge"
import { Model } from "./model"
import type { Plan } from "./plan"
import { becomeQuiet } from "./quiet"
import { World } from "./world"

const STEPS = new Set(
  (
    "order change work race flip lock unlock fund withdraw reverse pass " +
    "resume snapshot restore rescan"
  ).split(" ")
)
const ENDS = new Set(["died", "paused"])

export type Verdict = {
  problems: string[]
  /** Loads that MassPay was asked for, also in vain. */
  sent: number
  /** How often each kind of thing happened, as far as it had an effect. */
  happened: Record<string, number>
}

/** Plays a plan from its beginning to quiet and judges it. Throws nothing: an error is a problem. */
export async function play(
  plan: Plan,
  tell: (line: string) => void = () => undefined
): Promise<Verdict> {
  const world = await World.open(plan.options)
  const scene: Scene = { world, model: new Model() }
  const verdict: Verdict = { problems: [], sent: 0, happened: {} }
  try {
    for (const [index, step] of plan.steps.entries()) {
      const came = await act(scene, step)
      tell(`${index} ${JSON.stringify(step)} -> ${came}`)
      for (const what of [step.do, ...came.split(", ")]) {
        if (isTold(what, came)) count(verdict, what)
      }
      verdict.problems.push(...judgeNow(scene))
      if (verdict.problems.length > 0) break
    }
    if (verdict.problems.length === 0) {
      verdict.problems.push(
        ...(await becomeQuiet(scene)),
        ...(await judgeQuiet(scene, plan))
      )
    }
    for (const entry of world.sandbox.control.journal().entries) {
      if (entry.kind !== "request") continue
      for (const _ of entry.faults) count(verdict, "fault")
      const isSend = entry.method === "POST" && entry.path.includes("/load/")
      if (isSend) verdict.sent += 1
    }
  } catch (error) {
    verdict.problems.push(
      `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    )
  }
  if (verdict.problems.length > 0) await tellAll(world, tell)
  try {
    await world.close()
  } catch (error) {
    verdict.problems.push(`not closed: ${String(error)}`)
  }
  return verdict
}

/** A step that found nothing to do did not happen. */
function isTold(what: string, came: string): boolean {
  const isIdle = ["nothing", "nobody", "tried_before", "wrong_status"].includes(
    came
  )
  return !isIdle && (STEPS.has(what) || ENDS.has(what))
}

function count({ happened }: Verdict, what: string): void {
  happened[what] = (happened[what] ?? 0) + 1
}

async function tellAll(
  world: World,
  tell: (line: string) => void
): Promise<void> {
  for (const line of world.logs) tell(line)
  const payees = await world.db.rows(
    `select vendor_id, status, status_detail, is_paused, needs_adoption,
            user_token, truth_as_of, resumed_at, masspay_now() as now
       from masspay_payee order by vendor_id`
  )
  for (const row of payees) tell(JSON.stringify(row))
  const moves = await world.db.rows(
    `select p.vendor_id, p.id, p.amount::text as amount, v.event, v.to_status,
            v.detail, v.actor, v.created_at
       from masspay_payout_event v join masspay_payout p on p.id = v.payout_id
      order by v.created_at, v.id`
  )
  for (const row of moves) tell(JSON.stringify(row))
}
