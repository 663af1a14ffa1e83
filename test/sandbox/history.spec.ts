import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

import {
  aLoadBody,
  aSandbox,
  aUser,
  type Client,
  DAY_MS,
  details,
  field,
  like,
  rows,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser } from "./support/money"

afterEach(stopSandboxes)

async function loads(
  client: Client,
  user: string,
  count: number,
  prefix = "h"
): Promise<string[]> {
  const body = await aLoadBody(client, { amount: 1 })
  const tokens: string[] = []
  for (let n = 0; n < count; n += 1) {
    const reply = await client.api("POST", `/load/${user}`, {
      body: { ...body, client_load_id: `${prefix}-${n}` },
    })
    tokens.push(field(reply, "load_token"))
  }
  return tokens
}

async function tokensAt(client: Client, path: string): Promise<string[]> {
  const reply = await client.api("GET", path)
  expect(reply.status).toBe(200)
  return rows(reply).map((row) => String(row.token))
}

describe("transaction history", () => {
  it("shows ten rows unless told otherwise, and every row once", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await loads(client, user, 25)

    const plain = await tokensAt(client, `/user/${user}/history`)
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) =>
        tokensAt(
          client,
          `/user/${user}/history?number_of_records=8&page=${page}`
        )
      )
    )

    expect(plain).toEqual([...made].reverse().slice(0, 10))
    expect(pages.map((page) => page.length)).toEqual([8, 8, 8, 1])
    expect(pages.flat().sort()).toEqual([...made].sort())
    expect(await tokensAt(client, `/user/${user}/history?page=9`)).toEqual([])
    expect(
      await tokensAt(client, `/user/${user}/history?number_of_records=0`)
    ).toEqual([])
  })

  it("gives each row as the contract says, without the client's id", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const [token] = await loads(client, user, 1)

    const history = await client.api("GET", `/user/${user}/history`)

    expect(history.json).toEqual([
      {
        token,
        type: "load",
        time_of_txn: "2026-03-02T12:00:00.000Z",
        source_token: like(/^clnt_wlt_/),
        source_amount: 1,
        source_currency_code: "USD",
        destination_token: like(/^usr_wlt_/),
        destination_amount: 1,
        destination_currency_code: "USD",
        fee: 0,
        status: "COMPLETED",
        notes: "",
        user_token: user,
      },
    ])
  })

  it("covers all users, or one wallet", async () => {
    const client = await aSandbox()
    const [one, two] = [await aUser(client), await aUser(client)]
    await loads(client, one, 2, "one")
    const mine = await loads(client, two, 2, "two")
    const wallets = await client.api("GET", `/wallet/${two}`)
    const wallet = String(rows(wallets)[0]?.token)

    expect(await tokensAt(client, "/user/history")).toHaveLength(4)
    expect(
      await tokensAt(client, `/user/history?wallet_token=${wallet}`)
    ).toEqual([...mine].reverse())
    expect(
      await tokensAt(client, `/user/${one}/history?wallet_token=${wallet}`)
    ).toEqual([])
    expect(await tokensAt(client, "/user/history?wallet_token=other")).toEqual(
      []
    )
  })

  it("filters by whole days, both included", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const [first] = await loads(client, user, 1, "a")
    client.sandbox.control.moveClock({ advance_ms: DAY_MS / 2 - 1 })
    const [last] = await loads(client, user, 1, "b")
    client.sandbox.control.moveClock({ advance_ms: 1 })
    const [next] = await loads(client, user, 1, "c")
    const days = (from: string, to: string): Promise<string[]> =>
      tokensAt(client, `/user/history?start_date=${from}&end_date=${to}`)

    expect(await days("2026-03-02", "2026-03-02")).toEqual([last, first])
    expect(await days("2026-03-03", "2026-03-09")).toEqual([next])
    expect(await days("2026-03-04", "2026-03-01")).toEqual([])
    expect(await days("2026-02-01", "2026-03-01")).toEqual([])
  })

  it("filters by type", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    await loads(client, user, 1)

    expect(await tokensAt(client, "/user/history?type=payout")).toEqual([])
    expect(
      await tokensAt(client, "/user/history?type=payout,load")
    ).toHaveLength(1)
  })

  it.each([
    "number_of_records=101",
    "number_of_records=-1",
    "number_of_records=ten",
    "page=0",
    "page=1.5",
    "start_date=2026-02-30",
    "end_date=03/02/2026",
    "type=refund",
  ])("refuses %s", async (query) => {
    const client = await aSandbox()

    const reply = await client.api("GET", `/user/history?${query}`)

    expect(reply.status).toBe(400)
    expect(details(reply)).toHaveLength(1)
  })
})

describe("what a user takes out herself", () => {
  it("is in her history as a payout without a client id, and found by its type alone", async () => {
    const client = await aSandbox()
    const { user, wallet } = await aPaidUser(client)
    client.sandbox.control.withdraw(wallet, { amount: "4.00" })
    const list = async (query: string) =>
      rows(await client.api("GET", `/user/${user}/history${query}`))

    expect(await list("?type=payout")).toMatchObject([
      {
        type: "payout",
        source_token: wallet,
        source_amount: 4,
        destination_token: expect.stringMatching(/^dest_/) as string,
        status: "COMPLETED",
        user_token: user,
      },
    ])
    expect((await list("?type=payout"))[0]).not.toHaveProperty(
      "client_transfer_id"
    )
    expect((await list("")).map(({ type }) => type)).toEqual(["payout", "load"])
    expect(
      (await list("?type=load,spendback")).map(({ type }) => type)
    ).toEqual(["load"])
    expect(
      (await list("?type=spendback,payout")).map(({ type }) => type)
    ).toEqual(["payout"])
    expect(await list(`?type=payout&wallet_token=usr_wlt_none`)).toEqual([])
    const all = rows(await client.api("GET", "/user/history?type=payout"))
    expect(all).toHaveLength(1)
  })

  it("is there when a rule of hers did it, and after a restart", async () => {
    const directory = await mkdtemp(join(tmpdir(), "sandbox-"))
    const dataFile = join(directory, "world.json")
    const client = await aSandbox({ dataFile })
    client.sandbox.control.changeSettings({ autopayout_percentage: 100 })
    const { user } = await aPaidUser(client)
    const path = `/user/${user}/history?type=payout`
    const before = rows(await client.api("GET", path))
    expect(before).toMatchObject([{ type: "payout", source_amount: 10.5 }])
    await client.sandbox.stop()

    const again = await aSandbox({ dataFile })
    expect(rows(await again.api("GET", path))).toEqual(before)
  })
})
