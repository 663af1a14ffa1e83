import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  type Client,
  containing,
  DAY_MS,
  details,
  executedLoads,
  field,
  fundingToken,
  like,
  NOON,
  type Reply,
  rows,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

async function load(
  client: Client,
  user: string,
  overrides: Record<string, unknown> = {}
): Promise<Reply> {
  const body = await aLoadBody(client, overrides)
  return client.api("POST", `/load/${user}`, { body })
}

function at(offsetMs: number): string {
  return new Date(NOON.getTime() + offsetMs).toISOString()
}

describe("loading a user", () => {
  it("moves the money from the funding wallet to hers, to the cent", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const reply = await load(client, user, { amount: 10.5 })

    const wallets = await client.api("GET", `/wallet/${user}`)
    expect(reply).toMatchObject({
      status: 201,
      json: {
        load_token: like(/^ld_[0-9a-f-]{36}$/),
        status: "COMPLETED",
        wallet_token: rows(wallets)[0]?.token,
      },
    })
    expect(wallets.json).toEqual([
      {
        user_token: user,
        token: like(/^usr_wlt_/),
        balance: 10.5,
        currency_code: "USD",
        type: "USER_FUNDS",
        active: true,
      },
    ])
    const balance = await client.api("GET", "/account/balance")
    expect(rows(balance)[0]).toEqual({
      token: like(/^clnt_wlt_/),
      balance: 989.5,
      currency_code: "USD",
    })
  })

  it("keeps one wallet per currency and does not drift", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    for (let n = 0; n < 10; n += 1) {
      await load(client, user, { client_load_id: `usd-${n}`, amount: 0.1 })
    }
    await load(client, user, {
      client_load_id: "jpy",
      source_currency_code: "JPY",
      amount: 12800,
    })

    expect(balances(client)).toEqual({
      funding: "USD 999.00, EUR 1000.00, JPY 87200",
      users: "USD 1.00, JPY 12800",
    })
  })

  it("shows every field of the load in the list", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const metadata = { batch_name: "march" }

    const created = await load(client, user, { notes: "Order 7", metadata })
    const list = await client.api("GET", `/load/${user}`)

    expect(list.json).toEqual([
      {
        load_token: field(created, "load_token"),
        time_of_load: at(0),
        client_load_id: "load-1",
        source_token: await fundingToken(client),
        wallet_token: field(created, "wallet_token"),
        amount: 10.5,
        source_currency_code: "USD",
        notes: "Order 7",
        status: "COMPLETED",
        metadata,
      },
    ])
  })

  it("takes USD and a notice to the user as the defaults", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const source_token = await fundingToken(client)

    await client.api("POST", `/load/${user}`, {
      body: { client_load_id: "bare", source_token, amount: 1 },
    })

    expect(client.sandbox.control.loads().loads).toMatchObject([
      { currency_code: "USD", notify_user: true, notes: "", amount: "1.00" },
    ])
  })

  it.each([
    ["amount", 0, /greater than 0/],
    ["amount", -5, /positive/],
    ["amount", 0.001, /at most 2 decimals/],
    ["amount", "10.50", /must be a number/],
    ["amount", undefined, /is required/],
    ["amount", 1e22, /without an exponent/],
    ["client_load_id", "x".repeat(51), /at most 50/],
    ["client_load_id", "", /must not be empty/],
    ["client_load_id", undefined, /is required/],
    ["source_token", undefined, /is required/],
    ["source_token", "clnt_wlt_other", /not a funding wallet/],
    ["source_currency_code", "XXX", /ISO 4217/],
    ["source_currency_code", "PNTS", /ISO 4217/],
    ["notes", "x".repeat(256), /at most 255/],
    ["notify_user", "no", /true or false/],
    ["time_to_process", at(0), /in the future/],
    ["time_to_process", "tomorrow", /ISO 8601/],
    ["time_to_process", "2026-13-01T00:00:00Z", /ISO 8601/],
  ])("refuses %s = %p and moves nothing", async (field, value, problem) => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = { ...(await aLoadBody(client)), [field]: value }

    const reply = await client.api("POST", `/load/${user}`, { body })

    expect(reply.status).toBe(400)
    expect(details(reply)).toEqual([like(problem)])
    expect(balances(client).users).toBe("")
    expect(client.sandbox.control.loads().load_count).toBe(0)
  })

  it("refuses a wallet of another currency", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const reply = await load(client, user, {
      source_token: await fundingToken(client, "EUR"),
    })

    expect(details(reply)[0]).toMatch(/holds EUR, not USD/)
  })

  it("cannot be fed from a user's wallet", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const first = await load(client, user)

    const reply = await load(client, user, {
      client_load_id: "load-2",
      source_token: field(first, "wallet_token"),
    })

    expect(reply.status).toBe(400)
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("answers 404 for an unknown user", async () => {
    const client = await aSandbox()

    expect((await load(client, "usr_nobody")).status).toBe(404)
  })
})

describe("a funding wallet that is short", () => {
  it("refuses with 400 by default and leaves no load behind", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const reply = await load(client, user, { amount: 1000.01 })

    expect(reply.status).toBe(400)
    expect(details(reply)[0]).toMatch(/Insufficient funds/)
    expect(client.sandbox.control.loads().load_count).toBe(0)
    expect(balances(client).funding).toContain("USD 1000.00")
  })

  it("can also answer 200 CANCELLED, which uses up the id", async () => {
    const client = await aSandbox({
      settings: { insufficient_funds: "cancel" },
    })
    const user = await aUser(client)

    const reply = await load(client, user, { amount: 1000.01 })
    const again = await load(client, user, { amount: 1 })

    expect(reply).toMatchObject({ status: 200, json: { status: "CANCELLED" } })
    expect(again.status).toBe(400)
    expect(balances(client)).toMatchObject({ users: "USD 0.00" })
    expect(executedLoads(client)).toEqual({})
  })

  it("is emptied to the last cent and never below, however many ask", async () => {
    const client = await aSandbox()
    const users = await Promise.all([1, 2, 3].map(() => aUser(client)))
    const source_token = await fundingToken(client)
    const ask = (n: number): Promise<Reply> =>
      client.api("POST", `/load/${users[n % 3]}`, {
        body: { client_load_id: `race-${n}`, source_token, amount: 33.34 },
      })

    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, n) => ask(n))
    )

    const paid = replies.filter((reply) => reply.status === 201)
    expect(paid).toHaveLength(29)
    expect(balances(client).funding).toContain("USD 33.14")
  })
})

describe("a client_load_id seen before", () => {
  it("does not execute under refuse, whatever else differs", async () => {
    const client = await aSandbox()
    const [user, other] = [await aUser(client), await aUser(client)]
    await load(client, user)

    const same = await load(client, user)
    const elsewhere = await load(client, other, { amount: 1 })

    expect(same.status).toBe(400)
    expect(details(same)).toEqual(["Duplicate client_load_id"])
    expect(elsewhere.status).toBe(400)
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("executes under allow", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_load_id: "allow" },
    })
    const user = await aUser(client)

    await load(client, user)
    await load(client, user)

    expect(executedLoads(client)).toEqual({ "load-1": 2 })
    expect(balances(client).users).toBe("USD 21.00")
  })

  it("stays taken after its load was cancelled", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await load(client, user)
    await client.api(
      "DELETE",
      `/load/${user}?load_token=${field(made, "load_token")}`
    )

    const reply = await load(client, user)

    expect(reply.status).toBe(400)
    expect(balances(client).users).toBe("USD 0.00")
  })
})

describe("a scheduled load", () => {
  it("moves its money when its time comes, not before", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const user = await aUser(client)

    const reply = await load(client, user, { time_to_process: at(DAY_MS) })
    control.moveClock({ advance_ms: DAY_MS - 1 })
    const before = balances(client).users
    control.moveClock({ advance_ms: 1 })

    expect(field(reply, "status")).toBe("SCHEDULED")
    expect(before).toBe("USD 0.00")
    expect(balances(client).users).toBe("USD 10.50")
    const list = await client.api("GET", `/load/${user}`)
    expect(list.json).toMatchObject([
      { status: "COMPLETED", time_of_load: at(DAY_MS) },
    ])
  })

  it("moves it once, however often the world is looked at", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    await load(client, user, { time_to_process: at(1000) })

    for (let n = 0; n < 3; n += 1) {
      client.sandbox.control.moveClock({ advance_ms: DAY_MS })
      await client.api("GET", `/load/${user}`)
    }

    expect(balances(client).users).toBe("USD 10.50")
  })

  it.each([
    [
      "funds",
      (c: Client, u: string) =>
        load(c, u, { client_load_id: "all", amount: 995 }),
    ],
    [
      "a usable user",
      async (c: Client, u: string) => c.sandbox.control.deactivateUser(u),
    ],
  ])("is cancelled when %s is missing by then", async (_what, takeAway) => {
    const client = await aSandbox()
    const user = await aUser(client)
    await load(client, user, { time_to_process: at(1000) })
    await takeAway(client, user)

    client.sandbox.control.moveClock({ advance_ms: 1000 })

    const list = await client.api("GET", `/load/${user}`)
    expect(
      rows(list).find((row) => row.client_load_id === "load-1")?.status
    ).toBe("CANCELLED")
  })

  it("never moves once it was cancelled", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await load(client, user, { time_to_process: at(1000) })

    const gone = await client.api(
      "DELETE",
      `/load/${user}?load_token=${field(made, "load_token")}`
    )
    client.sandbox.control.moveClock({ advance_ms: DAY_MS })

    expect(gone).toMatchObject({ status: 200, json: { status: "CANCELLED" } })
    expect(executedLoads(client)).toEqual({})
    expect(balances(client).funding).toContain("USD 1000.00")
  })

  it("reads a time without a zone as UTC", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    await load(client, user, { time_to_process: "2026-03-02T12:00:01" })

    const [row] = client.sandbox.control.loads().loads
    expect(row?.time_of_load).toBe(at(1000))
  })
})

describe("taking a load back", () => {
  it("returns the whole amount, once", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await load(client, user)
    const path = `/load/${user}?load_token=${field(made, "load_token")}`

    const first = await client.api("DELETE", path)
    const second = await client.api("DELETE", path)

    expect(first.status).toBe(200)
    expect(second.status).toBe(400)
    expect(balances(client)).toMatchObject({
      funding: containing("USD 1000.00"),
      users: "USD 0.00",
    })
  })

  it("fails when she already took the money out", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await load(client, user)
    client.sandbox.control.withdraw(field(made, "wallet_token"), {
      amount: "0.01",
    })

    const reply = await client.api(
      "DELETE",
      `/load/${user}?load_token=${field(made, "load_token")}`
    )

    expect(reply.status).toBe(400)
    expect(balances(client).users).toBe("USD 10.49")
    const list = await client.api("GET", `/load/${user}`)
    expect(rows(list)[0]?.status).toBe("COMPLETED")
  })

  it("does not touch the load of another user", async () => {
    const client = await aSandbox()
    const [user, other] = [await aUser(client), await aUser(client)]
    const made = await load(client, user)

    const reply = await client.api(
      "DELETE",
      `/load/${other}?load_token=${field(made, "load_token")}`
    )
    const nameless = await client.api("DELETE", `/load/${user}`)

    expect(reply.status).toBe(404)
    expect(nameless.status).toBe(400)
    expect(balances(client).users).toBe("USD 10.50")
  })
})

describe("notifications", () => {
  it("are sent again for a load and for a balance", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await load(client, user)

    const forLoad = await client.api(
      "PUT",
      `/load/${user}?load_token=${field(made, "load_token")}`
    )
    const forBalance = await client.api("PUT", `/wallet/${user}`)
    const wrong = await client.api("PUT", `/wallet/${user}?wallet_token=other`)

    expect(forLoad).toMatchObject({ status: 200, json: { success: true } })
    expect(forBalance).toMatchObject({ status: 200, json: { success: true } })
    expect(wrong.status).toBe(404)
  })
})

describe("the load list", () => {
  it("can be silently capped at its latest rows", async () => {
    const client = await aSandbox({ settings: { load_list_max_rows: 2 } })
    const user = await aUser(client)
    for (const id of ["a", "b", "c"]) {
      await load(client, user, { client_load_id: id, amount: 1 })
    }

    const list = await client.api("GET", `/load/${user}`)

    expect(rows(list).map((row) => row.client_load_id)).toEqual(["b", "c"])
  })
})
