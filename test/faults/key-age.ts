import type { FaultInput, FaultName } from "../../sandbox"
import { createLoad } from "../../src/modules/masspay-gateway/resources/create-load"
import type { FailpointName } from "../../src/runners/deps"
import {
  type Case,
  HOUR_MS,
  inShop,
  MINUTE_MS,
  POLICIES,
  type Policy,
  type Stage,
} from "./case"

const ARRIVAL_DEADLINE_MS = 20_000
const ROUNDS_MAX = 4
export const UNKNOWN_MAX_MS = 72 * HOUR_MS
/** A key is trusted for 23 hours, remembered for 24, and unknown for 72 is for a person. */
export const AGES: Record<string, number> = {
  "22:59": 22 * HOUR_MS + 59 * MINUTE_MS,
  "23:01": 23 * HOUR_MS + MINUTE_MS,
  "24:01": 24 * HOUR_MS + MINUTE_MS,
  "72:00": UNKNOWN_MAX_MS,
}

type Outcome = {
  name: string
  /** Whether the money moved although nobody was told. */
  isExecuted: boolean
  /** MassPay answers this key with the saved failure from now on. */
  isBurnt?: boolean
  /** Nobody noticed: it is not known since when it is unknown. */
  isUnnoticed?: boolean
  happen(stage: Stage): Promise<void>
}

const faulty = (
  fault: FaultName,
  facts: Pick<Outcome, "isExecuted" | "isBurnt">,
  input: Partial<FaultInput> = {}
): Outcome => ({
  name: fault,
  ...facts,
  happen: (stage) =>
    stage.jobsUnder({ fault, method: "POST", path: "/load/", ...input }, [
      "dispatch",
    ]),
})
const killed = (dies: FailpointName, isExecuted: boolean): Outcome => ({
  name: `killed at ${dies}`,
  isExecuted,
  isUnnoticed: true,
  happen: (stage) => stage.jobs(["dispatch"], { dies, hit: 1 }),
})

const OUTCOMES: readonly Outcome[] = [
  faulty("timeout_before_execute", { isExecuted: false }, { delay_ms: 3_000 }),
  faulty("execute_then_hang", { isExecuted: true }, { delay_ms: 3_000 }),
  faulty("delay_then_execute", { isExecuted: true }),
  faulty("drop_before_execute", { isExecuted: false }),
  faulty("execute_then_drop", { isExecuted: true }),
  faulty("reset_mid_body", { isExecuted: true }),
  faulty("truncated_json", { isExecuted: true }),
  faulty("execute_then_500", { isExecuted: true, isBurnt: true }),
  faulty("500_without_executing", { isExecuted: false, isBurnt: true }),
  faulty("502_html", { isExecuted: false }),
  faulty("502_html_after_execute", { isExecuted: true }),
  faulty("504_html", { isExecuted: false }),
  faulty("504_html_after_execute", { isExecuted: true }),
  faulty("200_garbage", { isExecuted: true }),
  killed("dispatch.claimed", false),
  killed("dispatch.sending", true),
  killed("dispatch.answered", true),
  killed("dispatch.recording", true),
  {
    name: "409, the key is in use",
    isExecuted: true,
    happen: meetOurselves,
  },
]

/** Between an outcome that nobody can tell and the next step lies so much time. */
export function keyAges(): Case[] {
  return Object.entries(AGES).flatMap(([age, age_ms]) =>
    OUTCOMES.flatMap((outcome) =>
      POLICIES.map((duplicates) => ({
        name: `${outcome.name}, ${age} old, duplicates: ${duplicates}`,
        run: () => playAge({ outcome, age_ms, duplicates }),
      }))
    )
  )
}

function playAge({
  outcome,
  age_ms,
  duplicates,
}: {
  outcome: Outcome
  age_ms: number
  duplicates: Policy
}): Promise<string[]> {
  return inShop({ duplicates }, async (stage) => {
    await stage.collect()
    await outcome.happen(stage)
    await stage.pass(0)
    stage.expect(
      `executed before the clock moves: ${outcome.isExecuted}`,
      (stage.executed()[0] === 1) === outcome.isExecuted
    )
    await stage.pass(age_ms)
    await stage.untilDecided(ROUNDS_MAX)
    const isGivenUp =
      age_ms >= UNKNOWN_MAX_MS && !outcome.isExecuted && !outcome.isUnnoticed
    const wanted = isGivenUp ? "needs_review" : "completed"
    const [status] = await stage.statuses()
    stage.expect(`${wanted}, found ${status ?? "nothing"}`, status === wanted)
    const isTrusted = age_ms < 23 * HOUR_MS && !outcome.isBurnt
    const isRotated = !outcome.isExecuted && !isTrusted && !isGivenUp
    const [key] = await stage.world.db.rows<{ seq: number }>(
      `select key_seq as seq from masspay_operation where kind = 'load'`
    )
    stage.expect(
      `key ${isRotated ? 2 : 1}, found ${key?.seq ?? 0}`,
      key?.seq === (isRotated ? 2 : 1)
    )
  })
}

/** A host that was believed dead is still sending the same bytes under the same key. */
async function meetOurselves(stage: Stage): Promise<void> {
  const { world } = stage
  const [operation] = await world.db.rows<{
    client_id: string
    request_text: string
    user_token: string
  }>(
    `select o.client_id, o.request_text, p.user_token
       from masspay_operation o join masspay_payout p on p.id = o.payout_id`
  )
  if (!operation) throw new Error("There is nothing to send")
  world.armFault({
    fault: "delay_then_execute",
    method: "POST",
    path: "/load/",
  })
  const other = world.inProcess(({ wire }) =>
    createLoad(wire.transport, {
      user_token: operation.user_token,
      request_text: operation.request_text,
      idempotency_key: `${operation.client_id}-1`,
    }).catch(() => undefined)
  )
  const deadline = performance.now() + ARRIVAL_DEADLINE_MS
  while (world.sandbox.control.faults().length > 0) {
    if (performance.now() > deadline) throw new Error("It never arrived")
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await stage.jobs(["dispatch"])
  await other
  await world.passTime(0)
  const [attempt] = await world.db.rows<{ http_status: number | null }>(
    `select http_status from masspay_attempt`
  )
  stage.expect("409 for the second", attempt?.http_status === 409)
}
