import { FAULT_NAMES, type JournalPage } from "../../sandbox"
import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  type Client,
  executedLoads,
  field,
  fundingToken,
  like,
  type Reply,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

function post(client: Client, path: string, body?: unknown): Promise<Reply> {
  return client.call("POST", `/sandbox${path}`, {
    headers: { authorization: "" },
    ...(body !== undefined && { body }),
  })
}

function get(client: Client, path: string): Promise<Reply> {
  return client.call("GET", `/sandbox${path}`, {
    headers: { authorization: "" },
  })
}

async function aLoad(client: Client): Promise<{ user: string; load: string }> {
  const user = await aUser(client)
  const made = await client.api("POST", `/load/${user}`, {
    body: await aLoadBody(client),
  })
  return { user, load: field(made, "load_token") }
}

describe("reset", () => {
  it("starts over, with the same tokens under the same seed", async () => {
    const client = await aSandbox({ seed: 42 })
    const before = await client.api("GET", "/account/balance")
    const { user } = await aLoad(client)
    await post(client, "/settings", { duplicate_client_load_id: "allow" })
    await post(client, "/faults", { fault: "429", times: 5 })
    await post(client, "/clock", { advance_ms: 1000 })

    const reset = await post(client, "/reset")

    const after = await client.api("GET", "/account/balance")
    expect(reset.json).toMatchObject({
      generation: 2,
      user_count: 0,
      load_count: 0,
      faults: [],
      settings: { duplicate_client_load_id: "refuse" },
      clock: { now: "2026-03-02T12:00:00.000Z", is_frozen: true },
    })
    expect(after.json).toEqual(before.json)
    expect(await aUser(client)).toBe(user)
  })

  it("gives other tokens under another seed, and random ones without", async () => {
    const funding = async (seed?: number): Promise<string> => {
      const client = await aSandbox()
      await client.sandbox.stop()
      const other = await aSandbox(seed === undefined ? {} : { seed })
      return fundingToken(other)
    }

    expect(await funding(1)).toBe(await funding(1))
    expect(await funding(2)).not.toBe(await funding(1))
  })
})

describe("fund and withdraw", () => {
  it("make a new currency payable and take money out again", async () => {
    const client = await aSandbox()

    const funded = await post(client, "/fund", {
      currency_code: "KWD",
      amount: "5.125",
    })

    expect(funded.json).toEqual({
      wallet_token: like(/^clnt_wlt_/),
      currency_code: "KWD",
      balance: "5.125",
    })
    const user = await aUser(client)
    const made = await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, {
        source_currency_code: "KWD",
        amount: 5.125,
      }),
    })
    const path = `/wallets/${field(made, "wallet_token")}/withdraw`
    expect((await post(client, path, { amount: 5.126 })).status).toBe(409)
    const withdrawn = await post(client, path, { amount: 5 })
    expect(field(withdrawn, "balance")).toBe("0.125")
  })

  it.each([
    [{ currency_code: "USD", amount: -1 }, /amount must be/],
    [{ currency_code: "USD", amount: 0.001 }, /at most 2 decimals/],
    [{ currency_code: "XXX", amount: 1 }, /not a known currency/],
    [{ currency_code: "USD" }, /amount must be/],
    [{ amount: 1 }, /currency_code is required/],
    [{ currency_code: "USD", amount: 1, note: "x" }, /no field "note"/],
    [{ currency_code: "USD", amount: 9_999_999_999_999 }, /more money/],
  ])("refuse %j", async (body, problem) => {
    const client = await aSandbox()

    const reply = await post(client, "/fund", body)

    expect(reply.status).toBe(400)
    expect(field(reply, "error")).toMatch(problem)
    expect(balances(client).funding).toContain("USD 1000.00")
  })

  it("cannot take money out of a funding wallet", async () => {
    const client = await aSandbox()

    const path = `/wallets/${await fundingToken(client)}/withdraw`
    expect((await post(client, path, { amount: 1 })).status).toBe(404)
  })
})

describe("the clock", () => {
  it("can be frozen, moved and set, forward only", async () => {
    const client = await aSandbox()

    const moved = await post(client, "/clock", { advance_ms: 5000 })
    const set = await post(client, "/clock", { now: "2026-04-01T00:00:00Z" })
    const back = await post(client, "/clock", { now: "2026-03-01T00:00:00Z" })

    expect(field(moved, "now")).toBe("2026-03-02T12:00:05.000Z")
    expect(field(set, "now")).toBe("2026-04-01T00:00:00.000Z")
    expect(back).toMatchObject({
      status: 400,
      json: { error: like(/only moves forward/) },
    })
    expect((await get(client, "/clock")).json).toEqual(set.json)
  })

  it("runs once it is let go", async () => {
    const client = await aSandbox()
    await post(client, "/clock", { is_frozen: false })

    const before = client.sandbox.control.clock().now
    let after = before
    while (after === before) after = client.sandbox.control.clock().now

    expect(after > before).toBe(true)
  })

  it.each([
    [{}, /Give advance_ms/],
    [{ advance_ms: -1 }, /advance_ms cannot be -1/],
    [{ advance_ms: "5" }, /advance_ms cannot be "5"/],
    [{ now: "soon" }, /ISO 8601/],
    [{ is_frozen: "yes" }, /true or false/],
    [{ speed: 2 }, /no field "speed"/],
  ])("refuses %j", async (body, problem) => {
    const client = await aSandbox()

    const reply = await post(client, "/clock", body)

    expect(reply.status).toBe(400)
    expect(field(reply, "error")).toMatch(problem)
  })
})

describe("users", () => {
  it("are locked, unlocked and deactivated", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const path = `/users/${user}`

    const locked = await post(client, `${path}/lock`, { kind: "identity" })
    const unlocked = await post(client, `${path}/unlock`)
    const again = await post(client, `${path}/unlock`)
    const gone = await post(client, `${path}/deactivate`)
    const late = await post(client, `${path}/lock`, { kind: "inactive" })

    expect(locked.json).toMatchObject({
      status: "LOCKED",
      lock: { kind: "identity", link: like(/^https:/) },
    })
    expect(unlocked.json).toMatchObject({ status: "ACTIVE", lock: null })
    expect(again.status).toBe(409)
    expect(field(gone, "status")).toBe("DEACTIVE")
    expect(late.status).toBe(409)
  })

  it("are refused with what is allowed", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const kind = await post(client, `/users/${user}/lock`, { kind: "tax" })
    const nobody = await post(client, "/users/usr_x/lock", { kind: "inactive" })

    expect(field(kind, "error")).toBe(
      'kind cannot be "tax". Allowed: identity, bank_document, inactive, missing_id'
    )
    expect(nobody.status).toBe(404)
  })
})

describe("scripted statuses", () => {
  it("flip a load back and forth, and its money with it", async () => {
    const client = await aSandbox()
    const { user, load } = await aLoad(client)
    const flip = (status: string): Promise<Reply> =>
      post(client, `/loads/${load}/status`, { status })

    await flip("CANCELLED")
    expect(balances(client).users).toBe("USD 0.00")
    await flip("COMPLETED")
    await flip("COMPLETED")
    expect(balances(client).users).toBe("USD 10.50")
    const list = await client.api("GET", `/load/${user}`)
    expect(list.json).toMatchObject([{ status: "COMPLETED" }])
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
  })

  it("do not make money that is not there", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const { load } = await aLoad(client)
    const { loads } = control.loads()
    control.withdraw(loads[0]?.wallet_token ?? "", { amount: 10.5 })

    const reply = await post(client, `/loads/${load}/status`, {
      status: "CANCELLED",
    })

    expect(reply.status).toBe(409)
    expect(control.loads().loads[0]?.status).toBe("COMPLETED")
  })

  it("execute a scheduled load early, and not again when it is due", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const made = await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, {
        time_to_process: "2026-03-03T12:00:00Z",
      }),
    })

    client.sandbox.control.setLoadStatus(field(made, "load_token"), "COMPLETED")
    client.sandbox.control.moveClock({ advance_ms: 2 * 86_400_000 })

    expect(balances(client).users).toBe("USD 10.50")
    expect(client.sandbox.control.loads().loads).toMatchObject([
      { status: "COMPLETED", time_of_load: "2026-03-02T12:00:00.000Z" },
    ])
  })

  it.each([
    ["SCHEDULED", 409],
    ["PAID", 400],
    [undefined, 400],
  ])("cannot be %s", async (status, expected) => {
    const client = await aSandbox()
    const { load } = await aLoad(client)

    const reply = await post(client, `/loads/${load}/status`, { status })

    expect(reply.status).toBe(expected)
  })
})

describe("faults", () => {
  it("are armed, listed and cleared", async () => {
    const client = await aSandbox()

    const armed = await post(client, "/faults", {
      fault: "429",
      method: "post",
      retry_after_seconds: 3,
    })

    expect(armed.json).toEqual({
      id: 1,
      fault: "429",
      times: 1,
      skip: 0,
      method: "POST",
      retry_after_seconds: 3,
    })
    expect((await get(client, "/faults")).json).toEqual({
      faults: [armed.json],
    })
    const cleared = await client.call("DELETE", "/sandbox/faults")
    expect(cleared.json).toEqual({ faults: [] })
  })

  it("names all faults when one is unknown", async () => {
    const client = await aSandbox()

    const reply = await post(client, "/faults", { fault: "explode" })

    expect(reply.status).toBe(400)
    for (const name of FAULT_NAMES)
      expect(field(reply, "error")).toContain(name)
  })

  it.each([
    [{ fault: "toString" }, /Allowed: /],
    [{}, /fault cannot be left out/],
    [{ fault: "429", times: 0 }, /times cannot be 0/],
    [{ fault: "429", skip: 1.5 }, /skip cannot be 1.5/],
    [{ fault: "429", lag_ms: 5 }, /no field "lag_ms"/],
    [{ fault: "list_lag" }, /lag_ms cannot be left out/],
    [{ fault: "list_cap" }, /max_rows cannot be left out/],
    [{ fault: "list_cap", max_rows: 0 }, /max_rows cannot be 0/],
    [{ fault: "502_html", delay_ms: 5 }, /no field "delay_ms"/],
    [{ fault: "delay_then_execute", delay_ms: 60_001 }, /from 0 to 60000/],
    [{ fault: "429", path: "" }, /path must be a text/],
  ])("refuses %j", async (body, problem) => {
    const client = await aSandbox()

    const reply = await post(client, "/faults", body)

    expect(reply.status).toBe(400)
    expect(field(reply, "error")).toMatch(problem)
    expect(client.sandbox.control.faults()).toEqual([])
  })
})

describe("settings", () => {
  it("change one at a time, and only to what is allowed", async () => {
    const client = await aSandbox()

    const changed = await post(client, "/settings", { latency_ms: 1 })
    const wrong = await post(client, "/settings", {
      insufficient_funds: "ignore",
    })
    const unknown = await post(client, "/settings", { colour: "red" })

    expect(changed.json).toMatchObject({ latency_ms: 1 })
    expect(field(wrong, "error")).toMatch(/Allowed: "refuse", "cancel"/)
    expect(field(unknown, "error")).toMatch(/no setting "colour"/)
    expect((await get(client, "/settings")).json).toEqual(changed.json)
  })
})

describe("reading the world", () => {
  it("pages through journal and loads without gap or repetition", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client, { amount: 1 })
    for (let n = 0; n < 5; n += 1) {
      await client.api("POST", `/load/${user}`, {
        body: { ...body, client_load_id: `p-${n}` },
      })
    }
    const all = client.sandbox.control.journal()

    const seqs: number[] = []
    for (let after = 0; after < all.last_seq; after = seqs.at(-1) ?? 0) {
      const page = await get(client, `/journal?after=${after}&limit=4`)
      const { entries } = page.json as JournalPage
      expect(entries.length).toBeLessThanOrEqual(4)
      seqs.push(...entries.map((entry) => entry.seq))
    }
    const loads = await get(client, "/loads?after=3&limit=10")

    expect(seqs).toEqual(all.entries.map((entry) => entry.seq))
    expect(loads.json).toMatchObject({
      loads: [{ number: 4 }, { number: 5 }],
      load_count: 5,
    })
  })

  it("ties each movement to the request that made it", async () => {
    const client = await aSandbox()
    const { user, load } = await aLoad(client)
    const { entries } = client.sandbox.control.journal()

    const movement = entries.find(
      (entry) => entry.kind === "movement" && entry.reason === "load"
    )
    const request = entries.find(
      (entry) => entry.kind === "request" && entry.load_token === load
    )

    expect(movement).toMatchObject({
      amount: "10.50",
      currency_code: "USD",
      user_token: user,
      load_token: load,
      client_load_id: "load-1",
      from: like(/^clnt_wlt_/),
      to: like(/^usr_wlt_/),
    })
    expect(request).toMatchObject({
      executed: true,
      status: 201,
      body_sha256: like(/^[0-9a-f]{64}$/),
    })
    expect(request).toHaveProperty(
      "request_id",
      movement?.kind === "movement" && movement.request_id
    )
  })

  it.each([
    "/journal?limit=0",
    "/journal?limit=1001",
    "/state?limit=x",
    "/loads?after=-1",
  ])("refuses %s", async (path) => {
    const client = await aSandbox()

    expect((await get(client, path)).status).toBe(400)
  })

  it("says what an address takes, and that there is no other", async () => {
    const client = await aSandbox()

    expect(await get(client, "/fund")).toMatchObject({
      status: 405,
      json: { error: "/sandbox/fund takes POST only" },
    })
    expect((await get(client, "/nothing")).status).toBe(404)
    expect((await get(client, "")).status).toBe(404)
    expect((await get(client, "/users/*/lock")).status).toBe(405)
    expect(field(await post(client, "/fund", "[]"), "error")).toMatch(
      /JSON object/
    )
  })
})
