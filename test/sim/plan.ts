import type { FaultInput, LockKind } from "../../sandbox"
import { CLAWBACK_RUNGS, DEFAULT_LADDER } from "../../src/domain/clawback"
import { type FailpointName, FAILPOINTS } from "../../src/runners/deps"
import { type Random, randomFrom } from "../support/random"
import type { Fate } from "../support/worker"
import type { WorldOptions } from "./world"

export const VENDORS = ["ven_1", "ven_2", "ven_3"] as const

export const JOBS = ["adopt", "collect", "dispatch", "resolve"] as const
export type Job = (typeof JOBS)[number]

/** One process that does some of the jobs, in order, and perhaps does not live to see the end. */
export type Shift = { jobs: readonly Job[]; fate: Fate | null }

/**
 * One thing that happens. `at` picks among what there is by then: the share of
 * the list that comes before it. So a plan keeps its meaning when steps are left out.
 */
export type Step =
  | { do: "order"; vendor: string; cents: number }
  /** Refunded in part or whole, or more is due than before. */
  | { do: "change"; at: number; share: number }
  | { do: "work"; shift: Shift; faults: FaultInput[] }
  | { do: "race"; shifts: Shift[]; faults: FaultInput[] }
  /** MassPay takes its word about a load back. */
  | { do: "flip"; at: number; in_ms: number }
  | { do: "lock"; vendor: string; kind: LockKind }
  | { do: "unlock"; vendor: string }
  | { do: "fund"; dollars: number }
  | { do: "withdraw"; vendor: string }
  /** An operator takes a completed load back. */
  | { do: "reverse"; at: number }
  | { do: "pass"; ms: number }
  | { do: "resume" }
  | { do: "snapshot" }
  | { do: "restore" }
  | { do: "rescan" }

export type Plan = { options: WorldOptions; steps: Step[] }

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Hits only what it says it does; more than one in a plan hide each other. */
const ON_SEND = [
  "drop_before_execute",
  "execute_then_drop",
  "execute_then_500",
  "500_without_executing",
  "reset_mid_body",
  "truncated_json",
  "429",
  "502_html",
  "502_html_after_execute",
  "504_html",
  "504_html_after_execute",
  "200_garbage",
  "200_html",
  "200_wrong_schema",
  "200_cancelled",
  "400_reject",
  "legacy_error",
  "401",
  "delay_then_execute",
] as const
const ON_READ = [
  "drop_before_execute",
  "500_without_executing",
  "reset_mid_body",
  "truncated_json",
  "429",
  "503_html",
  "200_garbage",
  "200_wrong_schema",
] as const
/** Where a process may stop for a while: never inside a transaction. */
const PAUSES = [
  "dispatch.claimed",
  "dispatch.quoting",
  "dispatch.quoted",
  "dispatch.commit_claimed",
  "dispatch.sending",
  "dispatch.answered",
  "dispatch.recorded",
  "take_back.claimed",
  "take_back.sending",
  "take_back.answered",
  "resolve.looked_up",
  "resolve.applied",
  "adopt.listed",
  "adopt.adopted",
  "link.created",
  "clawback.written",
  "collect.collected",
] as const satisfies readonly FailpointName[]

/** Everything that happens in one simulation, from its seed alone. */
export function planOf(seed: number): Plan {
  const random = randomFrom(seed)
  const isPoor = random.chance(0.25)
  const options: WorldOptions = {
    seed,
    funds: isPoor ? "150.00" : "100000.00",
    duplicates: random.chance(0.5) ? "refuse" : "allow",
    insufficient_funds: random.chance(0.5) ? "refuse" : "cancel",
    is_metered: random.chance(0.5),
    method: random.pick(["wallet", "wallet", "direct", "mixed"] as const),
    clawback: random.pick([
      DEFAULT_LADDER,
      DEFAULT_LADDER,
      ["void", "cancel-scheduled", "reverse", "carry"],
      ["void", "cancel-scheduled", "spendback", "carry"],
      CLAWBACK_RUNGS,
      ["carry"],
    ]),
  }
  const steps: Step[] = []
  const length = random.between(25, 50)
  const weights = weightsOf(random, { isPoor })
  for (let n = 0; n < 3; n += 1) steps.push(anOrder(random))
  while (steps.length < length) {
    steps.push(stepOf(random, { name: weighted(random, weights), options }))
  }
  for (let n = random.pick([0, 0, 1, 1, 1, 2]); n > 0; n -= 1) {
    putRestoreInto(steps, random)
  }
  return { options, steps }
}

type Weights = [Step["do"], number][]

/** Each plan dwells on other things. */
function weightsOf(random: Random, { isPoor }: { isPoor: boolean }): Weights {
  const some = (base: number): number => base * random.pick([0, 1, 1, 2, 4])
  return [
    ["order", 8],
    ["change", some(4)],
    ["work", 30],
    ["race", some(5)],
    ["flip", some(5)],
    ["lock", some(1.5)],
    ["unlock", 1],
    ["fund", isPoor ? 3 : 0],
    ["withdraw", some(1.5)],
    ["reverse", some(2)],
    ["pass", 12],
    ["resume", 3],
    ["rescan", some(1)],
  ]
}

function weighted(random: Random, weights: Weights): Step["do"] {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  let left = random.next() * total
  for (const [name, weight] of weights) {
    left -= weight
    if (left < 0) return name
  }
  return "pass"
}

function stepOf(
  random: Random,
  { name, options }: { name: Step["do"]; options: WorldOptions }
): Step {
  const vendor = random.pick(VENDORS)
  switch (name) {
    case "order":
      return anOrder(random)
    case "change": {
      const share = random.pick([0, 0, 0.25, 0.5, 1, 1.5])
      return { do: "change", at: random.next(), share }
    }
    case "work":
      return {
        do: "work",
        shift: aShift(random, { fateChance: 0.4 }),
        faults: random.chance(0.4) ? [aFault(random, options)] : [],
      }
    case "race":
      return {
        do: "race",
        shifts: [aShift(random), aShift(random)],
        faults: random.chance(0.4) ? [aFault(random, options)] : [],
      }
    case "flip": {
      const in_ms = random.chance(0.7) ? 0 : random.between(1, 90) * MINUTE
      return { do: "flip", at: random.next(), in_ms }
    }
    case "lock": {
      const kind = random.pick(["identity", "missing_id", "inactive"] as const)
      return { do: "lock", vendor, kind }
    }
    case "unlock":
    case "withdraw":
      return { do: name, vendor }
    case "fund":
      return { do: "fund", dollars: random.between(20, 400) }
    case "reverse":
      return { do: "reverse", at: random.next() }
    case "pass":
      return { do: "pass", ms: someTime(random) }
    default:
      return { do: name }
  }
}

function anOrder(random: Random): Step {
  const vendor = random.pick(VENDORS)
  return { do: "order", vendor, cents: random.between(100, 20_000) }
}

function someTime(random: Random): number {
  return random.pick([
    random.between(1, 59) * SECOND,
    random.between(1, 15) * MINUTE,
    random.between(15, 80) * MINUTE,
    random.between(15, 80) * MINUTE,
    random.between(1, 6) * HOUR,
    random.between(22 * 60, 25 * 60) * MINUTE,
    random.chance(0.3) ? random.between(48, 80) * HOUR : 10 * MINUTE,
  ])
}

function aShift(
  random: Random,
  { fateChance = 0.35 }: { fateChance?: number } = {}
): Shift {
  const jobs = random.pick<readonly Job[]>([
    JOBS,
    JOBS,
    ["adopt", "collect"],
    ["dispatch"],
    ["dispatch"],
    ["resolve"],
    ["resolve", "dispatch"],
    ["collect", "dispatch"],
  ])
  return { jobs, fate: random.chance(fateChance) ? aFate(random, jobs) : null }
}

/** In which job a process passes a point, by the first word of its name. */
const JOB_OF: Record<string, Job> = {
  adopt: "adopt",
  collect: "collect",
  link: "collect",
  dispatch: "dispatch",
  take_back: "dispatch",
  resolve: "resolve",
}

function aFate(random: Random, jobs: readonly Job[]): Fate {
  const passes = (name: FailpointName): boolean =>
    jobs.some((job) => job === JOB_OF[name.split(".")[0] ?? ""])
  const hit = random.pick([1, 1, 1, 2])
  const kind = random.next()
  if (kind < 0.4) return { dies: random.pick(FAILPOINTS.filter(passes)), hit }
  if (kind < 0.65) {
    const pauses = PAUSES.filter(passes)
    return { pauses: random.pick(pauses), hit }
  }
  const dies = random.chance(0.5) ? "before_call" : "after_call"
  return { dies, hit: random.between(1, jobs.length * 6) }
}

function aFault(
  random: Random,
  { method }: Pick<WorldOptions, "method">
): FaultInput {
  const skip = random.pick([0, 0, 0, 1, 2])
  const where = random.next()
  if (where < 0.55) {
    const sends = [
      { method: "POST", path: "/load/" },
      { method: "POST", path: "/payout/usr_" },
      { method: "PUT", path: "/payout/usr_" },
    ] as const
    const send = method === "wallet" ? sends[0] : random.pick(sends)
    return { fault: random.pick(ON_SEND), ...send, skip }
  }
  if (where < 0.65) {
    return { fault: random.pick(ON_SEND), method: "DELETE", path: "/load/" }
  }
  if (where < 0.8) {
    const path =
      method !== "wallet" && random.chance(0.5) ? "/payout/usr_" : "/load/"
    return { fault: random.pick(ON_READ), method: "GET", path, skip }
  }
  if (where < 0.87) {
    return { fault: "list_lag", lag_ms: random.between(10, 110) * SECOND }
  }
  if (where < 0.94) {
    return { fault: random.pick(ON_READ), method: "GET", path: "/user", skip }
  }
  return { fault: random.pick(ON_READ), method: "GET", path: "/balance" }
}

/** Often soon after, so that what was just sent is what is forgotten. */
function putRestoreInto(steps: Step[], random: Random): void {
  const before = random.between(1, steps.length - 2)
  const after = Math.min(before + random.between(2, 20), steps.length)
  steps.splice(after, 0, { do: "restore" })
  steps.splice(before, 0, { do: "snapshot" })
}
