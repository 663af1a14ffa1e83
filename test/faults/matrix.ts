import { FAULT_NAMES, type FaultInput, type FaultName } from "../../sandbox"
import { type Random, randomFrom } from "../support/random"
import {
  type Case,
  HOUR_MS,
  inShop,
  MINUTE_MS,
  POLICIES,
  SECOND_MS,
  type Stage,
} from "./case"

const REQUESTS = ["first send", "resend", "look-up", "reverse"] as const
type Request = (typeof REQUESTS)[number]

const OF_CREATIONS: readonly FaultName[] = ["200_cancelled"]
const OF_LISTS: readonly FaultName[] = ["list_lag", "list_cap"]

/** The plain case of each cell is seed 0; other seeds vary what surrounds it. */
export function matrix(seeds: readonly number[]): Case[] {
  return FAULT_NAMES.flatMap((fault) =>
    REQUESTS.filter((request) => canMeet(fault, request)).flatMap((request) =>
      POLICIES.flatMap((duplicates) =>
        seeds.map((seed) => ({
          name: `${fault}, ${request}, duplicates: ${duplicates}, seed ${seed}`,
          run: () =>
            inShop({ duplicates, seed: seed + 1 }, (stage) =>
              PLAYS[request](stage, { fault, random: randomFrom(seed), seed })
            ),
        }))
      )
    )
  )
}

function canMeet(fault: FaultName, request: Request): boolean {
  if (OF_LISTS.includes(fault)) return request === "look-up"
  if (OF_CREATIONS.includes(fault)) {
    return request === "first send" || request === "resend"
  }
  return true
}

type Cell = { fault: FaultName; random: Random; seed: number }

const PLAYS: Record<Request, (stage: Stage, cell: Cell) => Promise<void>> = {
  async "first send"(stage, cell) {
    await stage.collect()
    await surround(stage, cell)
    await lookUpFirst(stage, cell)
    await stage.jobsUnder(onSend(cell.fault), ["dispatch"])
    await surround(stage, cell)
  },

  /** The first request never arrived; its outcome was not known, and a look-up missed it. */
  async resend(stage, cell) {
    await stage.collect()
    await stage.jobsUnder(onSend("drop_before_execute"), ["dispatch"])
    await stage.pass(5 * MINUTE_MS)
    await stage.jobs(["resolve"])
    await surround(stage, cell)
    await lookUpFirst(stage, cell)
    await stage.jobsUnder(onSend(cell.fault), ["dispatch"])
    await surround(stage, cell)
  },

  /** What is looked for was executed, or in other seeds perhaps not. */
  async "look-up"(stage, { fault, random, seed }) {
    const isExecuted = seed === 0 || random.chance(0.5)
    const hidden = isExecuted ? "execute_then_drop" : "drop_before_execute"
    await stage.collect()
    await stage.jobsUnder(onSend(hidden), ["dispatch"])
    if (seed > 0) await stage.collect(random.between(100, 900))
    await stage.pass(
      seed === 0 ? 3 * MINUTE_MS : random.between(130, 8_000) * SECOND_MS
    )
    await stage.jobsUnder(
      { ...onlyFor(fault), method: "GET", path: "/load/" },
      ["resolve"]
    )
    await surround(stage, { random, seed })
  },

  /** An operator takes a completed load back; in other seeds she may have spent it. */
  async reverse(stage, cell) {
    await stage.collect()
    await stage.jobs(["dispatch"])
    if (cell.seed > 0 && cell.random.chance(0.3)) {
      await stage.step({ do: "withdraw", vendor: "ven_1" })
    }
    await stage.step({ do: "reverse", at: 0 })
    await surround(stage, cell)
    await stage.jobsUnder(
      { ...onlyFor(cell.fault), method: "DELETE", path: "/load/" },
      ["dispatch"]
    )
    await surround(stage, cell)
  },
}

/** Where hours may have passed, what waits is looked up before it is sent. */
async function lookUpFirst(stage: Stage, { seed }: Cell): Promise<void> {
  if (seed > 0) await stage.jobs(["resolve"])
}

function onSend(fault: FaultName): FaultInput {
  return { ...onlyFor(fault), method: "POST", path: "/load/" }
}

/** What each fault needs to bite within a test's patience. */
export function onlyFor(fault: FaultName): FaultInput {
  switch (fault) {
    case "list_lag":
      return { fault, lag_ms: 4 * MINUTE_MS }
    case "list_cap":
      return { fault, max_rows: 10 }
    case "slow_trickle":
    case "timeout_before_execute":
    case "execute_then_hang":
      return { fault, delay_ms: 3_000 }
    default:
      return { fault }
  }
}

/** Other seeds: something else happens before and after. */
export async function surround(
  stage: Stage,
  { random, seed }: { random: Random; seed: number }
): Promise<void> {
  if (seed === 0) return
  const what = random.next()
  if (what < 0.3) await stage.pass(random.between(1, 300) * SECOND_MS)
  else if (what < 0.4) await stage.pass(random.between(1, 30) * HOUR_MS)
  else if (what < 0.6) {
    const cents = random.between(100, 5_000)
    await stage.step({ do: "order", vendor: "ven_2", cents })
    await stage.jobs(["collect"])
  } else if (what < 0.7) {
    await stage.step({ do: "change", at: 0, share: 0.5 })
  }
}
