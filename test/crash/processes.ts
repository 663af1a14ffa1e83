import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { aDirectPayout } from "../support/direct"
import { aPayout, MINUTE_MS, type Shop } from "../support/payout-shop"
import { type Random, randomFrom } from "../support/random"
import { type Child, realTime, startChild } from "./children"
import { comeToRest, judge } from "./judge"
import type { Part } from "./part"
import { withShop } from "./with-shop"

const HOUR_MS = 60 * MINUTE_MS

/** Every other one directly to a bank. */
async function backlog(shop: Shop, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    await (made % 2 === 0 ? aPayout(shop) : aDirectPayout(shop))
  }
}

/** Latency of MassPay's, so that there is something to interrupt. */
function slow(shop: Shop, latency_ms: number): void {
  shop.sandbox.control.changeSettings({ latency_ms })
}

async function atRest(shop: Shop): Promise<string[]> {
  slow(shop, 0)
  await shop.passTime(5 * MINUTE_MS)
  return [...(await comeToRest(shop)), ...(await judge(shop))]
}

/** Both are killed at a random moment, while the other one goes on or dies too. */
const killed: Part = {
  name: "two dispatchers killed at random moments",
  sizes: { ci: 10, nightly: 250 },
  play: ({ seed }) =>
    withShop(async (shop) => {
      const random = randomFrom(seed)
      await backlog(shop, 20)
      slow(shop, 15)
      const children = [1, 2].map(() =>
        startChild(shop, {
          steps: ["dispatch", "resolve"],
          in_flight: 3,
          loop_ms: 5_000,
        })
      )
      await Promise.all(
        children.map(async (child) => {
          await child.said("began")
          await realTime(random.between(0, 400))
          child.process.kill("SIGKILL")
          await child.end
        })
      )
      return atRest(shop)
    }),
}

const together = (count: number): Part => ({
  name: `${count} dispatchers on one backlog`,
  sizes: { ci: 5, nightly: 200 },
  play: () =>
    withShop(async (shop) => {
      await backlog(shop, 40)
      slow(shop, 5)
      const children = Array.from({ length: count }, () =>
        startChild(shop, { steps: ["dispatch"], in_flight: 4 })
      )
      const ends = await Promise.all(children.map((child) => child.end))
      const problems = ends.flatMap(({ code }, index) =>
        code === 0 ? [] : [`${code}: ${children[index]?.stderr()}`]
      )
      return [...problems, ...(await atRest(shop))]
    }),
})

/** Its lease is four of these, in real time. */
const STOPPED_DEADLINE_MS = 250
const STARTS_MAX = 20

/** In real time: its own clock goes on while it is stopped, as a host's does. */
const stopped: Part = {
  name: "a dispatcher stopped for three leases and continued",
  sizes: { ci: 5, nightly: 200 },
  play: ({ seed }) =>
    withShop(async (shop) => {
      await backlog(shop, 6)
      const child = await stoppedChild(shop, randomFrom(seed))
      // Somebody else finds out and pays, long before it goes on.
      for (let third = 0; third < 3; third += 1) {
        await realTime(4 * STOPPED_DEADLINE_MS)
        await resolvePayouts(shop.deps())
        await shop.passTime(3 * MINUTE_MS)
        await resolvePayouts(shop.deps())
        await dispatchPayouts(shop.deps())
      }
      child.process.kill("SIGCONT")
      const { code } = await child.end
      const isFine = code === 0 || isCutOff(child.stderr())
      return [
        ...(isFine ? [] : [`it ended with ${code}: ${child.stderr()}`]),
        ...(await atRest(shop)),
      ]
    }),
}

/**
 * On a busy machine its deadline may pass while it asks what the wallets hold;
 * then it claims nothing, ends, and another one is started.
 */
async function stoppedChild(shop: Shop, random: Random): Promise<Child> {
  const pause = {
    at: random.pick([
      "dispatch.claimed",
      "dispatch.quoted",
      "dispatch.commit_claimed",
      "dispatch.answered",
    ] as const),
    hit: random.between(1, 2),
  }
  let said = ""
  for (let start = 0; start < STARTS_MAX; start += 1) {
    const child = startChild(shop, {
      steps: ["dispatch"],
      deadline_ms: STOPPED_DEADLINE_MS,
      pause,
    })
    if (await child.said("paused")) return child
    said = child.stderr()
  }
  throw new Error(`No dispatcher came as far as ${pause.at}: ${said}`)
}

/** A stopped process that sat in a transaction for too long loses its connection. */
function isCutOff(stderr: string): boolean {
  return /idle-in-transaction timeout|Connection (terminated|ended) unexpectedly|connection error and is not queryable/.test(
    stderr
  )
}

const connections: Part = {
  name: "database connections killed at random",
  sizes: { ci: 10, nightly: 200 },
  play: ({ seed }) =>
    withShop(async (shop) => {
      const random = randomFrom(seed)
      await backlog(shop, 15)
      slow(shop, 10)
      const child = startChild(shop, {
        steps: ["dispatch", "resolve"],
        in_flight: 3,
        loop_ms: 1_200,
      })
      await child.said("began")
      for (let cut = 0; cut < 5; cut += 1) {
        await realTime(random.between(20, 200))
        await shop.books.db.rows(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            order by random() limit 1`
        )
      }
      child.process.kill("SIGKILL")
      await child.end
      return atRest(shop)
    }),
}

const SKEWS = [10 * MINUTE_MS, -10 * MINUTE_MS, 26 * HOUR_MS, -26 * HOUR_MS]

/** The process believes another time than the database while its outcomes are ambiguous. */
const skewed: Part[] = SKEWS.map((skew_ms) => ({
  name: `a clock wrong by ${skew_ms / MINUTE_MS} min`,
  sizes: { ci: 1, nightly: 20 },
  play: () =>
    withShop(async (shop) => {
      for (const fault of [
        "execute_then_drop",
        "drop_before_execute",
        "execute_then_500",
      ] as const) {
        shop.sandbox.control.armFault({ fault, method: "POST", path: "/load/" })
      }
      await backlog(shop, 6)
      for (let round = 0; round < 4; round += 1) {
        const child = startChild(shop, {
          steps: ["dispatch", "resolve", "dispatch"],
          skew_ms,
        })
        const { code } = await child.end
        if (code !== 0) return [`it ended with ${code}: ${child.stderr()}`]
        await shop.passTime(6 * MINUTE_MS)
      }
      return atRest(shop)
    }),
}))

export const PROCESSES: Part[] = [
  killed,
  together(2),
  together(8),
  stopped,
  connections,
  ...skewed,
]
