import {
  aLoadBody,
  aProfile,
  aSandbox,
  aUser,
  balances,
  DAY_MS,
  executedLoads,
  lastRequest,
  requests,
  stopSandboxes,
  until,
} from "./support/harness"

afterEach(stopSandboxes)

describe("a repeated key", () => {
  it("replays the first answer and executes nothing", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_load_id: "allow" },
    })
    const user = await aUser(client)
    const body = await aLoadBody(client)

    const first = await client.api("POST", `/load/${user}`, { body, key: "k" })
    const again = await client.api("POST", `/load/${user}`, { body, key: "k" })

    expect(again.status).toBe(first.status)
    expect(again.text).toBe(first.text)
    expect(balances(client).users).toBe("USD 10.50")
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
    expect(lastRequest(client)).toMatchObject({
      replayed: true,
      executed: false,
      idempotency_key: "k",
      client_load_id: "load-1",
    })
  })

  it("replays however the same key is spelt out in Authorization", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    const post = (authorization: string): Promise<{ text: string }> =>
      client.api("POST", `/load/${user}`, {
        body,
        key: "k",
        headers: { authorization },
      })

    const bearer = await post(`Bearer ${client.sandbox.apiKey}`)
    const bare = await post(client.sandbox.apiKey)

    expect(bare.text).toBe(bearer.text)
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("replays a saved 500, although the load was executed", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    client.sandbox.control.armFault({ fault: "execute_then_500" })

    const replies = []
    for (let n = 0; n < 3; n += 1) {
      replies.push(
        await client.api("POST", `/load/${user}`, { body, key: "k" })
      )
    }

    expect(replies.map((reply) => reply.status)).toEqual([500, 500, 500])
    expect(balances(client).users).toBe("USD 10.50")
    expect(requests(client).filter((entry) => entry.executed)).toHaveLength(2)
  })

  it("replays a saved 500 of a load that never was executed", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    client.sandbox.control.armFault({ fault: "500_without_executing" })

    await client.api("POST", `/load/${user}`, { body, key: "k" })
    const again = await client.api("POST", `/load/${user}`, { body, key: "k" })
    const fresh = await client.api("POST", `/load/${user}`, { body, key: "k2" })

    expect(again.status).toBe(500)
    expect(fresh.status).toBe(201)
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("replays a refusal, even when its cause is gone", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client, { amount: 2000 })

    await client.api("POST", `/load/${user}`, { body, key: "k" })
    client.sandbox.control.fund({ currency_code: "USD", amount: 5000 })
    const again = await client.api("POST", `/load/${user}`, { body, key: "k" })
    const fresh = await client.api("POST", `/load/${user}`, { body, key: "k2" })

    expect(again.status).toBe(400)
    expect(fresh.status).toBe(201)
  })

  it("replays a read: the reader sees the past", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const before = await client.api("GET", `/load/${user}`, { key: "read" })
    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client),
    })
    const after = await client.api("GET", `/load/${user}`, { key: "read" })

    expect(before.json).toEqual([])
    expect(after.json).toEqual([])
    expect(client.sandbox.control.audit().reads_with_idempotency_key).toBe(2)
  })

  it("is not counted against reads without a key", async () => {
    const client = await aSandbox()
    await client.api("GET", "/account/balance")

    expect(client.sandbox.control.audit().reads_with_idempotency_key).toBe(0)
  })
})

describe("a key that is not remembered", () => {
  it("is free after a request that was invalid in itself", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)

    const invalid = await client.api("POST", `/load/${user}`, {
      body: { ...body, amount: -1 },
      key: "k",
    })
    const valid = await client.api("POST", `/load/${user}`, { body, key: "k" })

    expect(invalid.status).toBe(400)
    expect(valid.status).toBe(201)
  })

  it.each(["429", "502_html", "503_html", "401", "403"] as const)(
    "is free after a %s",
    async (fault) => {
      const client = await aSandbox()
      const user = await aUser(client)
      const body = await aLoadBody(client)
      client.sandbox.control.armFault({ fault })

      const hit = await client.api("POST", `/load/${user}`, { body, key: "k" })
      const ok = await client.api("POST", `/load/${user}`, { body, key: "k" })

      expect(hit.status).toBe(Number(fault.slice(0, 3)))
      expect(ok.status).toBe(201)
      expect(balances(client).users).toBe("USD 10.50")
    }
  )

  it("executes again after 24 hours, not a moment earlier", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_load_id: "allow" },
    })
    const { control } = client.sandbox
    const user = await aUser(client)
    const body = await aLoadBody(client)
    const post = (): Promise<{ text: string }> =>
      client.api("POST", `/load/${user}`, { body, key: "k" })

    const first = await post()
    control.moveClock({ advance_ms: DAY_MS - 1 })
    const replay = await post()
    control.moveClock({ advance_ms: 1 })
    const second = await post()

    expect(replay.text).toBe(first.text)
    expect(second.text).not.toBe(first.text)
    expect(balances(client).users).toBe("USD 21.00")
  })

  it("is refused by the client_load_id once the key has lapsed", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    await client.api("POST", `/load/${user}`, { body, key: "k" })

    client.sandbox.control.moveClock({ advance_ms: DAY_MS })
    const reply = await client.api("POST", `/load/${user}`, { body, key: "k" })

    expect(reply.status).toBe(400)
    expect(balances(client).users).toBe("USD 10.50")
  })

  it.each(["", "x".repeat(256)])("cannot be %p", async (key) => {
    const client = await aSandbox()

    const reply = await client.api("POST", "/user", { body: aProfile(), key })

    expect(reply.status).toBe(400)
    expect(client.sandbox.control.state().user_count).toBe(0)
  })
})

describe("a key that comes back with something else", () => {
  it.each([400, 409, 422] as const)("is refused with %d", async (status) => {
    const client = await aSandbox({
      settings: { idempotency_mismatch_status: status },
    })
    const [user, other] = [await aUser(client), await aUser(client)]
    const body = await aLoadBody(client)
    await client.api("POST", `/load/${user}`, { body, key: "k" })

    const replies = await Promise.all([
      client.api("POST", `/load/${user}`, {
        body: { ...body, amount: 11 },
        key: "k",
      }),
      client.api("POST", `/load/${user}`, {
        body: `${JSON.stringify(body)} `,
        key: "k",
      }),
      client.api("POST", `/load/${other}`, { body, key: "k" }),
      client.api("POST", `/load/${user}?x=1`, { body, key: "k" }),
      client.api("DELETE", `/load/${user}?load_token=x`, { key: "k" }),
    ])

    for (const reply of replies) {
      expect(reply).toMatchObject({ status, json: { code: status } })
    }
    const original = await client.api("POST", `/load/${user}`, {
      body,
      key: "k",
    })
    expect(original.status).toBe(201)
    expect(balances(client).users).toBe("USD 10.50")
  })
})

describe("a key still in flight", () => {
  it("answers 409, remembers nothing of it, and executes once", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    const delay_ms = 3_000
    client.sandbox.control.armFault({ fault: "delay_then_execute", delay_ms })

    const first = client.api("POST", `/load/${user}`, { body, key: "k" })
    await until("the fault was met", () => {
      return client.sandbox.control.faults().length === 0
    })
    const during = await client.api("POST", `/load/${user}`, { body, key: "k" })
    const result = await first
    const after = await client.api("POST", `/load/${user}`, { body, key: "k" })

    expect(during).toMatchObject({ status: 409, json: { code: 409 } })
    expect(result.status).toBe(201)
    expect(after.text).toBe(result.text)
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("executes although its client gave up, and once only", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    const aborted = new AbortController()
    client.sandbox.control.armFault({
      fault: "delay_then_execute",
      delay_ms: 100,
    })

    const first = client.api("POST", `/load/${user}`, {
      body,
      key: "k",
      signal: aborted.signal,
    })
    await until("the fault was met", () => {
      return client.sandbox.control.faults().length === 0
    })
    aborted.abort()
    await expect(first).rejects.toThrow()

    await until("the load was executed", () => {
      return balances(client).users === "USD 10.50"
    })
    const again = await client.api("POST", `/load/${user}`, { body, key: "k" })
    expect(again.status).toBe(201)
    expect(balances(client).users).toBe("USD 10.50")
  })
})
