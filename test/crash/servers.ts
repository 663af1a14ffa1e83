import { identityState } from "../../src/modules/masspay/queries/database-identity"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { connectBooks, copyBooks, dropBooks } from "../support/books"
import { ANY_FEE } from "../support/direct"
import { openShop } from "../support/payout-shop"
import { randomFrom } from "../support/random"
import { DEADLINE_MS } from "./children"
import { armFault, becomeQuiet, collect, Debts, payWave } from "./debts"
import { forgotten, held, judgeNow, judgeQuiet } from "./judge-debts"
import { caughtUp, cutOff, OwnServer, promote } from "./own-server"
import type { Part } from "./part"

/** Payouts that are paid before and after the dump. */
const PAID_BEFORE = 500
const PAID_IN_ALL = 1_000
/** How long the standby hears nothing. */
const LOST_MS = 1_000
const WAVES_MAX = 200

let kept: Promise<OwnServer> | null = null

/** Ends the server that all rounds of the immediate restart share. */
export async function closeServers(): Promise<void> {
  const server = await kept
  kept = null
  await server?.remove()
}

/** The server ends without a farewell while a backlog is on its way. */
async function playRestart({ seed }: { seed: number }): Promise<string[]> {
  const random = randomFrom(seed)
  const server = await (kept ??= OwnServer.start())
  const shop = await openShop({
    server: server.address,
    deadline_ms: DEADLINE_MS,
  })
  const { database } = shop.books
  try {
    const debts = await Debts.open(shop, { vendors: 15, random })
    for (let wave = 0; wave < 2; wave += 1) {
      await debts.owe()
      await collect(debts)
    }
    armFault(debts)
    await dispatchUntilStruck(debts, { server, signal: "SIGQUIT" })
    await shop.books.knex.destroy()
    await server.startAgain()
    await shop.moveTo(connectBooks(database, { server: server.address }))
    const after = judgeNow(debts)

    await debts.owe()
    const wrong = await becomeQuiet(debts)
    return [...after, ...wrong, ...(await judgeQuiet(debts))]
  } finally {
    await shop.sandbox.stop()
    await shop.books.knex.destroy()
    await dropBooks(database, { server: server.address })
  }
}

/** Books of yesterday, while MassPay has been told to pay a lot since. */
async function playRestore({ seed }: { seed: number }): Promise<string[]> {
  const random = randomFrom(seed)
  const shop = await openShop({ deadline_ms: DEADLINE_MS })
  const databases = [shop.books.database]
  try {
    const debts = await Debts.open(shop, { vendors: 40, random })
    await payUntil(debts, PAID_BEFORE)
    // Some that the dump has as ready are paid by the time it is restored.
    await debts.owe()
    await collect(debts)

    const { database } = shop.books
    await shop.books.knex.destroy()
    const dump = await copyBooks(database)
    databases.push(dump)
    await shop.moveTo(connectBooks(database))
    await payUntil(debts, PAID_IN_ALL)

    await shop.books.knex.destroy()
    await shop.moveTo(connectBooks(dump))
    return await goOnWithOlderBooks(debts)
  } finally {
    await shop.sandbox.stop()
    await shop.books.knex.destroy()
    for (const database of databases) await dropBooks(database)
  }
}

/** A primary is lost with the commits that its standby had not heard of. */
async function playPromotion({ seed }: { seed: number }): Promise<string[]> {
  const random = randomFrom(seed)
  const servers: OwnServer[] = []
  try {
    const primary = await OwnServer.start()
    servers.push(primary)
    const standby = await primary.addStandby()
    servers.push(standby)
    const shop = await openShop({
      server: primary.address,
      deadline_ms: DEADLINE_MS,
    })
    try {
      const debts = await Debts.open(shop, { vendors: 12, random })
      for (let wave = 0; wave < 4; wave += 1) await payWave(debts)
      await debts.owe()
      await collect(debts)
      await caughtUp(primary, standby)

      await cutOff(standby)
      const cut_ms = performance.now()
      let waves = 0
      do {
        await payWave(debts)
        waves += 1
      } while (performance.now() - cut_ms < LOST_MS && waves < WAVES_MAX)
      await debts.owe()
      await collect(debts)
      await dispatchUntilStruck(debts, { server: primary, signal: "SIGKILL" })

      const { database } = shop.books
      await shop.books.knex.destroy()
      await promote(standby)
      await shop.moveTo(connectBooks(database, { server: standby.address }))
      return await goOnWithOlderBooks(debts)
    } finally {
      await shop.sandbox.stop()
      await shop.books.knex.destroy()
    }
  } finally {
    for (const server of servers) await server.remove()
  }
}

async function payUntil(debts: Debts, loads: number): Promise<void> {
  for (let wave = 0; wave < WAVES_MAX; wave += 1) {
    if (held(debts.shop).length >= loads) return
    await payWave(debts)
  }
  throw new Error(`Fewer than ${loads} payouts in ${WAVES_MAX} waves`)
}

/**
 * The orders are seen again sooner or later than MassPay's lists are read, and
 * there are new ones, so that the same debts come back in other groups.
 */
async function goOnWithOlderBooks(debts: Debts): Promise<string[]> {
  const { shop, random } = debts
  const problems = judgeNow(debts)
  if ((await forgotten(shop)) === 0) {
    problems.push("nothing was forgotten: this round shows nothing")
  }
  const isLate = random.chance(0.5)
  if (isLate) problems.push(...(await becomeQuiet(debts)), ...judgeNow(debts))
  else if (random.chance(0.5)) await adoptAfterRestore(shop.deps())
  const booked = await debts.oweAgain()
  if (booked === 0) problems.push("no entry was forgotten")
  problems.push(...(await becomeQuiet(debts)), ...judgeNow(debts))
  await debts.owe()
  problems.push(...(await becomeQuiet(debts)))

  const identity = await identityState(shop.books.db)
  if (identity?.state !== "known" || identity.adopted_at === null) {
    problems.push("nobody noticed that these are older books")
  }
  return [...problems, ...(await judgeQuiet(debts))]
}

/**
 * Sends what is ready and ends the server at one of the steps of it, in the
 * middle of whatever the other payouts are doing then.
 */
async function dispatchUntilStruck(
  { shop, random, payees }: Debts,
  { server, signal }: { server: OwnServer; signal: "SIGQUIT" | "SIGKILL" }
): Promise<void> {
  // A payout has five steps at least; it is struck before the last one is through.
  const last = random.between(1, payees.length * 5)
  let steps = 0
  const strike = (): void => {
    steps += 1
    if (steps === last) server.strike(signal)
  }
  // A process that loses its database ends in any way it likes.
  const deps = shop.deps({ failpoint: strike, direct: ANY_FEE })
  await dispatchPayouts(deps).catch(() => undefined)
  if (steps < last) {
    throw new Error(`Struck at step ${last}, but there were only ${steps}`)
  }
}

export const SERVER_PARTS: Part[] = [
  {
    name: "immediate restart",
    sizes: { ci: 10, nightly: 200 },
    play: playRestart,
  },
  {
    name: "restore of an older dump after 1,000 paid",
    sizes: { ci: 1, nightly: 20 },
    play: playRestore,
  },
  {
    name: "a standby promoted that lost the last second of commits",
    sizes: { ci: 1, nightly: 20 },
    play: playPromotion,
  },
]
