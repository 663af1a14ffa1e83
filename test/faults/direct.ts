import { FAULT_NAMES, type FaultInput, type FaultName } from "../../sandbox"
import { requestTakeBack } from "../../src/modules/masspay/queries/take-back"
import type { FailpointName } from "../../src/runners/deps"
import { committed } from "../support/direct"
import { type Random, randomFrom } from "../support/random"
import {
  type Case,
  HOUR_MS,
  inShop,
  MINUTE_MS,
  POLICIES,
  type Policy,
  SECOND_MS,
  type Stage,
} from "./case"
import { AGES, UNKNOWN_MAX_MS } from "./key-age"
import { onlyFor, surround } from "./matrix"

/** The calls that a direct payout is made of, and the ones that look at it, stop it or call it back. */
const CALLS = {
  quote: { method: "POST", path: "/payout/usr_" },
  commit: { method: "PUT", path: "/payout/usr_" },
  "look-up": { method: "GET", path: "/payout/usr_" },
  cancel: { method: "DELETE", path: "/payout/usr_" },
  reverse: { method: "POST", path: "/reversal" },
  "reversal list": { method: "GET", path: "/reversal" },
} as const
type Call = keyof typeof CALLS

/** A quote has to be over, too, before there is another. */
const ROUNDS_MAX = 6

/** More than a bank takes at least, and than its fee is a tenth of. */
const CENTS = 100_00
const SEND: readonly Call[] = ["quote", "commit"]
const OF_BACK: readonly Call[] = ["reverse", "reversal list"]
const OF_CREATIONS: readonly FaultName[] = ["200_cancelled"]
const OF_LISTS: readonly FaultName[] = ["list_lag", "list_cap"]

type Cell = { fault: FaultName; random: Random; seed: number }

/** Every fault at every call of a direct payout: what `matrix` is for loads. */
export function directMatrix(seeds: readonly number[]): Case[] {
  const calls = Object.keys(CALLS) as Call[]
  return FAULT_NAMES.flatMap((fault) =>
    calls
      .filter((call) => canMeet(fault, call))
      .flatMap((call) =>
        POLICIES.flatMap((duplicates) =>
          seeds.map((seed) => ({
            name: `direct: ${fault}, ${call}, duplicates: ${duplicates}, seed ${seed}`,
            run: () =>
              inDirectShop({ duplicates, seed }, (stage) =>
                play(stage, call, { fault, random: randomFrom(seed), seed })
              ),
          }))
        )
      )
  )
}

function canMeet(fault: FaultName, call: Call): boolean {
  if (OF_LISTS.includes(fault)) {
    return call === "look-up" || call === "reversal list"
  }
  if (OF_CREATIONS.includes(fault)) {
    return call === "commit" || call === "reverse"
  }
  return true
}

/** The shops in which MassPay calls a quote cancelled once it is over; else it stays pending. */
const CALLED_CANCELLED: readonly Policy[] = ["refuse"]

function inDirectShop(
  { duplicates, seed = 0 }: { duplicates: Policy; seed?: number },
  run: (stage: Stage) => Promise<void>
): Promise<string[]> {
  return inShop(
    { duplicates, seed: seed + 1, method: "direct" },
    async (stage) => {
      stage.world.acceptAnyFee()
      stage.world.sandbox.control.changeSettings({
        dead_quote: CALLED_CANCELLED.includes(duplicates)
          ? "cancelled"
          : "pending",
      })
      // She has to be known to MassPay before she can say where to.
      await stage.collect(CENTS)
      await stage.world.nameDestinations()
      await stage.jobs(["collect"])
      await run(stage)
    }
  )
}

async function play(stage: Stage, call: Call, cell: Cell): Promise<void> {
  const { fault, random, seed } = cell
  const meets = { ...onlyFor(fault), ...CALLS[call] }
  await surround(stage, cell)
  if (seed > 0) await stage.jobs(["resolve"])
  if (SEND.includes(call)) {
    await stage.jobsUnder(meets, ["dispatch"])
  } else if (call === "look-up") {
    const isExecuted = seed === 0 || random.chance(0.5)
    const hidden = isExecuted ? "execute_then_drop" : "drop_before_execute"
    await stage.jobsUnder({ fault: hidden, ...CALLS.commit }, ["dispatch"])
    await stage.pass(
      seed === 0 ? 6 * MINUTE_MS : random.between(130, 8_000) * SECOND_MS
    )
    await stage.jobsUnder(meets, ["resolve"])
  } else if (OF_BACK.includes(call)) {
    await askBack(stage)
    await (call === "reverse"
      ? stage.jobsUnder(meets, ["dispatch"])
      : stage.jobs(["dispatch"]))
    await stage.pass(
      seed === 0 ? 6 * MINUTE_MS : random.between(1, 600) * SECOND_MS
    )
    if (call === "reversal list") await stage.jobsUnder(meets, ["resolve"])
  } else {
    await askToCancel(stage)
    await stage.jobsUnder(meets, ["dispatch"])
  }
  await surround(stage, cell)
}

/** An operator wants back what has arrived. */
async function askBack(stage: Stage): Promise<void> {
  const { world } = stage
  await stage.jobs(["dispatch"])
  await stage.pass(6 * MINUTE_MS)
  await stage.jobs(["resolve"])
  const [payout] = await world.db.rows<{ id: string }>(
    `select id from masspay_payout where status = 'completed'`
  )
  if (!payout) throw new Error("Nothing has arrived")
  await world.db.tx((sql) =>
    requestTakeBack(sql, {
      payout_id: payout.id,
      kind: "reverse",
      tag: world.tag,
      actor: "operator",
      cause: null,
    })
  )
}

/** An operator wants back what is on its way. */
async function askToCancel(stage: Stage): Promise<void> {
  const { world } = stage
  world.sandbox.control.changeSettings({ payout_delivery_seconds: 48 * 3_600 })
  await stage.jobs(["dispatch"])
  const [payout] = await world.db.rows<{ id: string }>(
    `select id from masspay_payout where status = 'accepted'`
  )
  if (!payout) throw new Error("Nothing is on its way")
  await world.db.tx((sql) =>
    requestTakeBack(sql, {
      payout_id: payout.id,
      kind: "cancel",
      tag: world.tag,
      actor: "operator",
      cause: null,
    })
  )
}

type Outcome = {
  name: string
  /** Whether the money moved although nobody was told. */
  isExecuted: boolean
  /** For all that the books know, a commit may have left. */
  mayBeCommitted: boolean
  /** Nobody noticed: it is not known since when it is unknown. */
  isUnnoticed?: boolean
  happen(stage: Stage): Promise<void>
}

const faulty = (
  call: "quote" | "commit",
  fault: FaultName,
  { isExecuted, ...input }: Partial<FaultInput> & { isExecuted: boolean }
): Outcome => ({
  name: `${fault} at the ${call}`,
  isExecuted: isExecuted && call === "commit",
  mayBeCommitted: call === "commit",
  happen: (stage) =>
    stage.jobsUnder({ fault, ...CALLS[call], ...input }, ["dispatch"]),
})
const killed = (
  dies: FailpointName,
  facts: Pick<Outcome, "isExecuted" | "mayBeCommitted">
): Outcome => ({
  name: `killed at ${dies}`,
  ...facts,
  isUnnoticed: true,
  happen: (stage) => stage.jobs(["dispatch"], { dies, hit: 1 }),
})

const AMBIGUOUS: readonly [
  FaultName,
  { isExecuted: boolean; delay_ms?: number },
][] = [
  ["timeout_before_execute", { isExecuted: false, delay_ms: 3_000 }],
  ["execute_then_hang", { isExecuted: true, delay_ms: 3_000 }],
  ["delay_then_execute", { isExecuted: true }],
  ["drop_before_execute", { isExecuted: false }],
  ["execute_then_drop", { isExecuted: true }],
  ["reset_mid_body", { isExecuted: true }],
  ["truncated_json", { isExecuted: true }],
  ["execute_then_500", { isExecuted: true }],
  ["500_without_executing", { isExecuted: false }],
  ["502_html", { isExecuted: false }],
  ["502_html_after_execute", { isExecuted: true }],
  ["504_html", { isExecuted: false }],
  ["504_html_after_execute", { isExecuted: true }],
  ["200_garbage", { isExecuted: true }],
]

const OUTCOMES: readonly Outcome[] = [
  ...(["quote", "commit"] as const).flatMap((call) =>
    AMBIGUOUS.map(([fault, input]) => faulty(call, fault, input))
  ),
  ...(
    [
      "dispatch.claimed",
      "dispatch.quoting",
      "dispatch.quoted",
      "dispatch.committing",
    ] as const
  ).map((at) => killed(at, { isExecuted: false, mayBeCommitted: false })),
  killed("dispatch.commit_claimed", {
    isExecuted: false,
    mayBeCommitted: true,
  }),
  killed("dispatch.answered", { isExecuted: true, mayBeCommitted: true }),
]

const PAID: readonly string[] = ["accepted", "completed"]

function wantedOf({
  isCancelled,
  isGivenUp,
}: {
  isCancelled: boolean
  isGivenUp: boolean
}): readonly string[] {
  if (isCancelled) return ["cancelled", "void"]
  return isGivenUp ? ["needs_review"] : PAID
}

/** What `keyAges` is for loads: a commit's key is used once, whatever its age. */
export function directAges(): Case[] {
  return Object.entries(AGES).flatMap(([age, age_ms]) =>
    OUTCOMES.flatMap((outcome) =>
      POLICIES.map((duplicates) => ({
        name: `direct: ${outcome.name}, ${age} old, duplicates: ${duplicates}`,
        run: () =>
          inDirectShop({ duplicates }, (stage) =>
            playAge(stage, { outcome, age_ms, duplicates })
          ),
      }))
    )
  )
}

async function playAge(
  stage: Stage,
  {
    outcome,
    age_ms,
    duplicates,
  }: { outcome: Outcome; age_ms: number; duplicates: Policy }
): Promise<void> {
  const { isExecuted, mayBeCommitted, isUnnoticed } = outcome
  await outcome.happen(stage)
  await stage.pass(0)
  stage.expect(
    `committed before the clock moves: ${isExecuted}`,
    (committed(stage.world).length === 1) === isExecuted
  )
  await stage.pass(age_ms)
  await stage.untilDecided(ROUNDS_MAX)
  const isInDoubt = mayBeCommitted && !isExecuted
  const [status = "nothing"] = await stage.statuses()
  const wanted = wantedOf({
    // A quote that is over looks like a payout that was sent and came back.
    isCancelled: isInDoubt && CALLED_CANCELLED.includes(duplicates),
    isGivenUp: isInDoubt && !isUnnoticed && age_ms >= UNKNOWN_MAX_MS,
  })
  stage.expect(
    `${wanted.join(" or ")}, found ${status}`,
    wanted.includes(status)
  )
  const times = PAID.includes(status) ? 1 : 0
  stage.expect(
    `committed ${times} times`,
    committed(stage.world).length === times
  )
  await stage.pass(HOUR_MS)
}
