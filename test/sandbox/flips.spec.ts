import type { FlipInput } from "../../sandbox"
import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  type Client,
  containing,
  executedLoads,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser, spendBack } from "./support/money"

afterEach(stopSandboxes)

const HOUR_MS = 3_600_000

function statuses(client: Client): string[] {
  return client.sandbox.control.loads().loads.map(({ status }) => status)
}

function notes(client: Client): string[] {
  return client.sandbox.control
    .journal()
    .entries.flatMap((entry) => (entry.kind === "note" ? [entry.event] : []))
}

describe("a scheduled flip", () => {
  it("happens at its time on the virtual clock, not before, and once", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const { load } = await aPaidUser(client)

    const flip = control.scheduleFlip({
      load_token: load,
      status: "CANCELLED",
      in_ms: HOUR_MS,
    })

    expect(flip).toEqual({
      id: "flip_1",
      load_token: load,
      client_load_id: null,
      status: "CANCELLED",
      if_spent: "overdraw",
      due_at: "2026-03-02T13:00:00.000Z",
    })
    control.moveClock({ advance_ms: HOUR_MS - 1 })
    expect(statuses(client)).toEqual(["COMPLETED"])
    expect(control.flips()).toEqual([flip])
    control.moveClock({ advance_ms: 1 })
    expect(statuses(client)).toEqual(["CANCELLED"])
    expect(balances(client)).toMatchObject({
      funding: containing("USD 1000.00"),
      users: "USD 0.00",
    })
    expect(control.flips()).toEqual([])
    expect(notes(client)).toEqual(["load_flip_cancelled"])
    control.setLoadStatus(load, "COMPLETED")
    control.moveClock({ advance_ms: HOUR_MS })
    expect(statuses(client)).toEqual(["COMPLETED"])
  })

  it("and back again, in order of time and not of scheduling", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const { load, user } = await aPaidUser(client)
    const flip = (status: FlipInput["status"], in_ms: number): unknown =>
      control.scheduleFlip({ load_token: load, status, in_ms })
    flip("COMPLETED", 2 * HOUR_MS)
    flip("CANCELLED", HOUR_MS)

    control.moveClock({ advance_ms: HOUR_MS })
    const between = await client.api("GET", `/load/${user}`)
    control.moveClock({ advance_ms: HOUR_MS })

    expect(between.json).toMatchObject([{ status: "CANCELLED" }])
    expect(statuses(client)).toEqual(["COMPLETED"])
    expect(balances(client).users).toBe("USD 10.50")
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
  })

  it("is noticed by an API request alone, once the clock got there", async () => {
    const client = await aSandbox({ isClockFrozen: false })
    const { load, user } = await aPaidUser(client)
    client.sandbox.control.scheduleFlip({
      load_token: load,
      status: "CANCELLED",
      in_ms: 0,
    })

    const list = await client.api("GET", `/load/${user}`)

    expect(list.json).toMatchObject([{ status: "CANCELLED" }])
  })

  it("can wait for a load that is not there yet", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    control.scheduleFlip({
      client_load_id: "load-1",
      status: "CANCELLED",
      in_ms: HOUR_MS,
    })
    control.scheduleFlip({
      client_load_id: "never",
      status: "CANCELLED",
      in_ms: HOUR_MS,
    })

    await aPaidUser(client)
    control.moveClock({ advance_ms: HOUR_MS })

    expect(statuses(client)).toEqual(["CANCELLED"])
    expect(notes(client)).toEqual([
      "load_flip_cancelled",
      "load_flip_failed_no_load",
    ])
  })

  it("comes after the load that is scheduled for the same moment", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const user = await aUser(client)
    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, {
        time_to_process: "2026-03-02T13:00:00Z",
      }),
    })
    control.scheduleFlip({
      client_load_id: "load-1",
      status: "CANCELLED",
      in_ms: HOUR_MS,
    })

    control.moveClock({ advance_ms: HOUR_MS })

    expect(notes(client)).toEqual([
      "scheduled_load_completed",
      "load_flip_cancelled",
    ])
    expect(balances(client).users).toBe("USD 0.00")
  })

  it("can be taken back while it waits", async () => {
    const client = await aSandbox()
    const { load } = await aPaidUser(client)
    const body = { load_token: load, status: "CANCELLED", in_ms: 5 }
    await client.call("POST", "/sandbox/flips", { body })
    await client.call("POST", "/sandbox/flips", { body })

    const before = await client.call("GET", "/sandbox/flips")
    const cleared = await client.call("DELETE", "/sandbox/flips")
    client.sandbox.control.moveClock({ advance_ms: 5 })

    expect(before.json).toMatchObject({
      flips: [{ id: "flip_1" }, { id: "flip_2" }],
    })
    expect(cleared.json).toEqual({ flips: [] })
    expect(statuses(client)).toEqual(["COMPLETED"])
  })

  it.each([
    [{ status: "CANCELLED", in_ms: 1 }, 400],
    [
      { client_load_id: "a", load_token: "b", status: "CANCELLED", in_ms: 1 },
      400,
    ],
    [{ client_load_id: "a", status: "SCHEDULED", in_ms: 1 }, 400],
    [{ client_load_id: "a", status: "CANCELLED" }, 400],
    [{ client_load_id: "a", status: "CANCELLED", in_ms: -1 }, 400],
    [
      { client_load_id: "a", status: "CANCELLED", in_ms: 1, if_spent: "x" },
      400,
    ],
    [{ load_token: "ld_x", status: "CANCELLED", in_ms: 1 }, 404],
  ])("is refused with %j", async (body, status) => {
    const client = await aSandbox()

    const reply = await client.call("POST", "/sandbox/flips", { body })

    expect(reply.status).toBe(status)
    expect(client.sandbox.control.flips()).toEqual([])
  })
})

describe("a flip to CANCELLED of money that is spent", () => {
  it("makes the funding wallet whole and leaves the user owing the rest", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const paid = await aPaidUser(client)
    control.withdraw(paid.wallet, { amount: 8 })
    control.scheduleFlip({
      load_token: paid.load,
      status: "CANCELLED",
      in_ms: 1,
    })

    control.moveClock({ advance_ms: 1 })

    expect(balances(client)).toMatchObject({
      funding: containing("USD 1000.00"),
      users: "USD -8.00",
    })
    expect(control.audit()).toMatchObject({
      is_sound: true,
      owed: [
        {
          user_token: paid.user,
          wallet_token: paid.wallet,
          currency_code: "USD",
          amount: "8.00",
        },
      ],
    })
    const wallets = await client.api("GET", `/wallet/${paid.user}`)
    expect(wallets.json).toMatchObject([{ balance: -8 }])
    expect((await spendBack(client, paid, { amount: 1 })).status).toBe(400)

    // Her next load fills up what she owes first, before any autopayout.
    control.setAutopayout(paid.user, { percentage: 100 })
    await client.api("POST", `/load/${paid.user}`, {
      body: await aLoadBody(client, { client_load_id: "b", amount: 20 }),
    })
    expect(control.journal().entries.at(-2)).toMatchObject({
      reason: "autopayout",
      amount: "12.00",
    })
    expect(control.audit()).toMatchObject({ is_sound: true, owed: [] })
  })

  it("changes nothing where she keeps it", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const paid = await aPaidUser(client)
    control.withdraw(paid.wallet, { amount: "all" })
    control.scheduleFlip({
      load_token: paid.load,
      status: "CANCELLED",
      in_ms: 1,
      if_spent: "keep",
    })

    control.moveClock({ advance_ms: 1 })

    expect(statuses(client)).toEqual(["COMPLETED"])
    expect(balances(client).users).toBe("USD 0.00")
    expect(notes(client)).toEqual(["load_flip_failed_already_spent"])
  })
})

describe("a flip to COMPLETED", () => {
  it("credits a cancelled load, if the funding wallet holds it", async () => {
    const client = await aSandbox({ currencies: { USD: "10.50" } })
    const { control } = client.sandbox
    const paid = await aPaidUser(client)
    control.setLoadStatus(paid.load, "CANCELLED")
    await aPaidUser(client, { client_load_id: "other", amount: 5 })
    const flip = {
      load_token: paid.load,
      status: "COMPLETED",
      in_ms: 1,
    } as const

    control.scheduleFlip(flip)
    control.moveClock({ advance_ms: 1 })
    expect(statuses(client)).toEqual(["CANCELLED", "COMPLETED"])
    control.fund({ currency_code: "USD", amount: 5 })
    control.scheduleFlip(flip)
    control.moveClock({ advance_ms: 1 })

    expect(statuses(client)).toEqual(["COMPLETED", "COMPLETED"])
    expect(notes(client)).toEqual([
      "load_scripted_cancelled",
      "load_flip_failed_funding_wallet_short",
      "load_flip_completed",
    ])
    expect(balances(client)).toEqual({
      funding: "USD 0.00",
      users: "USD 10.50, USD 5.00",
    })
  })
})
