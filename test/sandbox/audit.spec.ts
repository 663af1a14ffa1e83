import { audit, type AuditReport } from "../../sandbox/audit"
import type { MovementEntry } from "../../sandbox/journal"
import { DEFAULT_SETTINGS } from "../../sandbox/settings"
import type { Load, Spendback } from "../../sandbox/store"
import { wire } from "../../sandbox/wiring"
import { beginWorld, type World } from "../../sandbox/world"
import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  executedLoads,
  NOON,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

type Scene = { world: World; load: Load; spendback: Spendback }

/** A load of 10.00 and a spendback of 4.00, as the books have them. */
function aScene(): Scene {
  const world = beginWorld({
    seed: 1,
    startMs: NOON.getTime(),
    isClockFrozen: true,
    funding: new Map([["USD", 10_000n]]),
    settings: DEFAULT_SETTINGS,
    journalLimit: null,
    wiring: wire(undefined),
  })
  const { store, ledger } = world
  const funding = store.fundingWallet("USD")
  if (!funding) throw new Error("There is no funding wallet")
  const wallet = {
    token: "w",
    user_token: "u",
    currency_code: "USD",
    minor: 0n,
  }
  store.addWallet(wallet)
  const common = {
    number: 1,
    user_token: "u",
    currency_code: "USD",
    notes: "",
    metadata: null,
    created_ms: 0,
    time_ms: 0,
  }
  const load: Load = {
    ...common,
    token: "l",
    client_load_id: "load-1",
    source_token: funding.token,
    wallet_token: "w",
    minor: 1_000n,
    notify_user: false,
    status: "COMPLETED",
  }
  const spendback: Spendback = {
    ...common,
    token: "s",
    client_spendback_id: "back-1",
    source_token: "w",
    wallet_token: funding.token,
    minor: 400n,
    status: "success",
  }
  store.addLoad(load)
  store.addSpendback(spendback)
  const there = { from: funding, to: wallet, requestId: null }
  ledger.move({ ...there, minor: 1_000n, reason: "load", load })
  const back = { from: wallet, to: funding, requestId: null }
  ledger.move({ ...back, minor: 400n, reason: "spendback", spendback })
  return { world, load, spendback }
}

/** Writes the last movement once more, changed, and not to the books. */
function forge(world: World, change: Partial<MovementEntry>): AuditReport {
  const last = world.journal.all().at(-1)
  if (last?.kind !== "movement") throw new Error("There is no movement")
  world.journal.append({ ...last, ...change })
  return audit(world)
}

describe("the audit", () => {
  it("finds nothing where nothing is wrong", () => {
    expect(audit(aScene().world)).toMatchObject({
      is_sound: true,
      problems: [],
      repeats: [],
      executed_loads: { "load-1": 1 },
      executed_spendbacks: { "back-1": 1 },
    })
  })

  it("finds a spendback whose money moved twice", () => {
    const { problems } = forge(aScene().world, {})

    expect(problems.join()).toContain(
      "Spendback s is success, but its money arrived 2 times"
    )
    expect(problems.join()).toContain("Wallet w holds 600 minor units")
  })

  it("finds a failed spendback and a cancelled load whose money moved", () => {
    const { world, load, spendback } = aScene()
    spendback.status = "failure"
    load.status = "CANCELLED"

    expect(audit(world).problems).toEqual([
      "Load l is CANCELLED, but its money arrived 1 times",
      "Spendback s is failure, but its money arrived 1 times",
    ])
  })

  it("finds a spendback that says success and moved nothing", () => {
    const { world, spendback } = aScene()
    world.store.addSpendback({ ...spendback, token: "s2", number: 2 })

    expect(audit(world).problems).toEqual([
      "Spendback s2 is success, but its money arrived 0 times",
    ])
  })

  it("finds money that moved for another amount, or between other wallets", () => {
    const { world, load, spendback } = aScene()
    spendback.minor = 500n
    load.wallet_token = "elsewhere"

    expect(audit(world).problems).toEqual([
      "Load l moved money between other wallets",
      "Spendback s is over 500 minor units, but moved 400",
    ])
  })

  it("finds movements of what is in no book", () => {
    const { problems } = forge(aScene().world, {
      from: "outside",
      to: "nowhere",
      spendback_token: "unknown",
    })

    expect(problems).toEqual([
      "There is no wallet nowhere",
      "Spendback unknown is not there, but money moved for it",
    ])
  })

  it("finds a wallet that was overdrawn, though it was filled up later", () => {
    const { world } = aScene()
    forge(world, { amount: "6.01", spendback_token: null })

    const { problems } = forge(world, { from: "outside", to: "w" })

    expect(problems.join()).toMatch(/takes more out of w than it holds/)
  })
})

describe("a journal with a limit", () => {
  it("forgets its oldest entries, and the audit still knows them", async () => {
    const client = await aSandbox({ journalLimit: 10 })
    const { control } = client.sandbox
    const user = await aUser(client)
    const body = await aLoadBody(client, { amount: 1 })
    for (let n = 0; n < 30; n += 1) {
      await client.api("POST", `/load/${user}`, {
        body: { ...body, client_load_id: `l-${n}` },
      })
    }

    const journal = control.journal()

    expect(journal.entries.length).toBeGreaterThanOrEqual(10)
    expect(journal.entries.length).toBeLessThan(20)
    expect(journal.last_seq).toBe(65)
    expect(journal.first_seq).toBe(journal.entries[0]?.seq)
    expect(journal.entries.at(-1)?.seq).toBe(65)
    expect(control.journal({ after: 60, limit: 2 }).entries).toMatchObject([
      { seq: 61 },
      { seq: 62 },
    ])
    expect(control.journal({ after: 0, limit: 1 }).entries).toMatchObject([
      { seq: journal.first_seq },
    ])
    expect(control.audit().is_sound).toBe(true)
    expect(Object.keys(executedLoads(client))).toHaveLength(30)
    expect(balances(client).users).toBe("USD 30.00")
  })

  it.each([{ journalLimit: 0 }, { journalLimit: 1.5 }])(
    "cannot be %j",
    async (options) => {
      await expect(aSandbox(options)).rejects.toThrow(/journalLimit/)
    }
  )

  it("does not go with a data file", async () => {
    const options = { journalLimit: 5, dataFile: "/nowhere/world.json" }

    await expect(aSandbox(options)).rejects.toThrow(/dataFile/)
  })

  it("is none unless asked for", async () => {
    const client = await aSandbox()
    for (let n = 0; n < 50; n += 1) await client.api("GET", "/account/balance")

    expect(client.sandbox.control.journal()).toMatchObject({
      first_seq: 1,
      last_seq: 53,
    })
  })
})
