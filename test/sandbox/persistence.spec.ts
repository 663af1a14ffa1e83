import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { startSandbox } from "../../sandbox"
import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  DAY_MS,
  stopSandboxes,
  until,
} from "./support/harness"
import { aPaidUser, spendBack } from "./support/money"

type Row = Record<string, unknown>
type OldWorld = Row & { settings: Row; users: Row[]; journal: Row[] }

let folder: string
let dataFile: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "masspay-sandbox-"))
  dataFile = join(folder, "world.json")
})

afterEach(async () => {
  await stopSandboxes()
  await rm(folder, { recursive: true })
})

describe("a data file", () => {
  it("brings back spendbacks, flips, a fault plan and what users are set to", async () => {
    const first = await aSandbox({ dataFile, seed: 5 })
    const { control } = first.sandbox
    const paid = await aPaidUser(first)
    await spendBack(first, paid, { key: "k" })
    control.setAutopayout(paid.user, { percentage: 10 })
    control.scheduleFlip({
      load_token: paid.load,
      status: "CANCELLED",
      in_ms: 1_000,
    })
    control.planFaults({ seed: 3, rate: 1, kinds: ["429"], path: "/wallet/" })
    await first.api("GET", `/wallet/${paid.user}`)
    const before = control.state()
    const flips = control.flips()
    await first.sandbox.stop()

    const second = await aSandbox({ dataFile })

    const restored = second.sandbox.control
    expect(restored.state()).toEqual(before)
    expect(restored.flips()).toEqual(flips)
    expect(restored.faultPlan()).toMatchObject({ requests: 1, faults: 1 })
    expect((await second.api("GET", `/wallet/${paid.user}`)).status).toBe(429)
    const duplicate = await spendBack(second, paid)
    expect(duplicate.status).toBe(400)
    restored.moveClock({ advance_ms: 1_000 })
    expect(balances(second).users).toBe("USD -4.25")
    expect(restored.audit().is_sound).toBe(true)
  })

  it("is read as it was written before there were spendbacks", async () => {
    const first = await aSandbox({ dataFile })
    const paid = await aPaidUser(first)
    await first.sandbox.stop()
    const world = JSON.parse(await readFile(dataFile, "utf8")) as OldWorld
    delete world.spendbacks
    delete world.flips
    delete world.plan
    delete world.settings.insufficient_wallet
    for (const user of world.users) delete user.autopayout_percentage
    for (const entry of world.journal) {
      delete entry.plan_request
      delete entry.spendback_token
      delete entry.client_spendback_id
    }
    await writeFile(dataFile, JSON.stringify(world))

    const second = await aSandbox({ dataFile })

    expect((await spendBack(second, paid, { amount: 99 })).status).toBe(400)
    expect((await spendBack(second, paid)).status).toBe(201)
    expect(second.sandbox.control.journal().entries).toContainEqual(
      expect.objectContaining({ reason: "load", spendback_token: null })
    )
  })

  it("brings back everything after a restart", async () => {
    const first = await aSandbox({ dataFile, seed: 5 })
    const user = await aUser(first)
    const body = await aLoadBody(first)
    const load = await first.api("POST", `/load/${user}`, { body, key: "k" })
    await first.api("POST", `/load/${user}`, {
      body: {
        ...body,
        client_load_id: "later",
        time_to_process: "2026-03-04T00:00:00Z",
      },
    })
    first.sandbox.control.armFault({ fault: "429", path: "/wallet/" })
    first.sandbox.control.changeSettings({ lookup_miss: "null" })
    first.sandbox.control.moveClock({ advance_ms: 1000 })
    const before = first.sandbox.control.state()
    const journal = first.sandbox.control.journal()
    await first.sandbox.stop()

    const second = await aSandbox({ dataFile, seed: 99, currencies: {} })

    expect(second.sandbox.control.state()).toEqual(before)
    expect(second.sandbox.control.journal()).toEqual(journal)
    const replay = await second.api("POST", `/load/${user}`, { body, key: "k" })
    expect(replay.text).toBe(load.text)
    const duplicate = await second.api("POST", `/load/${user}`, { body })
    expect(duplicate.status).toBe(400)
    expect((await second.api("GET", `/wallet/${user}`)).status).toBe(429)
    expect(await aUser(second)).not.toBe(user)
    second.sandbox.control.moveClock({ advance_ms: 2 * DAY_MS })
    expect(balances(second).users).toBe("USD 21.00")
  })

  it("never gives out a token or a request id twice", async () => {
    const ids = new Set<string>()
    const tokens = new Set<string>()
    let requests = 0
    for (let run = 0; run < 3; run += 1) {
      const client = await aSandbox({ dataFile })
      tokens.add(await aUser(client))
      for (const entry of client.sandbox.control.journal().entries) {
        if (entry.kind === "request") ids.add(entry.request_id)
      }
      requests += 1
      await client.sandbox.stop()
    }

    expect(ids.size).toBe(requests)
    expect(tokens.size).toBe(3)
  })

  it("is written soon after a change, whole, and leaves no litter", async () => {
    const client = await aSandbox({ dataFile })
    const user = await aUser(client)

    await until("the user is in the file", async () => {
      const text = await readFile(dataFile, "utf8")
      expect(() => JSON.parse(text) as unknown).not.toThrow()
      return text.includes(user)
    })
    await client.sandbox.stop()

    expect(await readdir(folder)).toEqual(["world.json"])
  })

  it.each([
    ["no JSON", "{", /is not in the format/],
    ["another format", '{"format":"other"}', /is not in the format/],
    ["half a world", '{"format":"masspay-sandbox/1"}', /is damaged/],
  ])("with %s is refused and left alone", async (_what, text, problem) => {
    await writeFile(dataFile, text)

    await expect(startSandbox({ dataFile })).rejects.toThrow(problem)

    expect(await readFile(dataFile, "utf8")).toBe(text)
  })

  it("with books that do not add up is refused", async () => {
    const client = await aSandbox({ dataFile })
    await client.sandbox.stop()
    const text = await readFile(dataFile, "utf8")
    const forged = text.replace('"minor":"100000"', '"minor":"100000000"')
    expect(forged).not.toBe(text)
    await writeFile(dataFile, forged)

    await expect(startSandbox({ dataFile })).rejects.toThrow(/add up to 100000/)
  })

  it("that cannot be written stops the start", async () => {
    const lost = join(folder, "no", "such", "folder.json")

    await expect(startSandbox({ dataFile: lost })).rejects.toThrow(/ENOENT/)
  })
})
