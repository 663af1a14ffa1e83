import type { FaultInput } from "../../sandbox"
import {
  aLoadBody,
  anyText,
  aSandbox,
  aUser,
  balances,
  type Client,
  executedLoads,
  field,
  lastRequest,
  like,
  type Reply,
  requests,
  rows,
  stopSandboxes,
  until,
} from "./support/harness"

afterEach(stopSandboxes)

const LOADS_ONLY = { method: "POST", path: "/payout/load/" }

type Scene = {
  client: Client
  send: (options?: { key?: string; signal?: AbortSignal }) => Promise<Reply>
}

async function aScene(fault: FaultInput): Promise<Scene> {
  const client = await aSandbox()
  const user = await aUser(client)
  const body = await aLoadBody(client)
  client.sandbox.control.armFault({ ...LOADS_ONLY, ...fault })
  return {
    client,
    send: ({ key = "k", signal } = {}) =>
      client.api("POST", `/load/${user}`, {
        body,
        key,
        ...(signal && { signal }),
      }),
  }
}

describe("faults in which nothing is executed", () => {
  it("drop_before_execute: the connection ends, and nothing happened", async () => {
    const { client, send } = await aScene({ fault: "drop_before_execute" })

    await expect(send()).rejects.toThrow()

    expect(balances(client).users).toBe("")
    expect(lastRequest(client)).toMatchObject({
      status: null,
      decided_status: null,
      executed: false,
      faults: ["drop_before_execute"],
    })
    expect((await send()).status).toBe(201)
  })

  it("timeout_before_execute: no answer, and nothing happened", async () => {
    const { client, send } = await aScene({ fault: "timeout_before_execute" })
    const patience = new AbortController()

    const sent = send({ signal: patience.signal })
    await until("the request arrived", () => {
      return lastRequest(client).faults.length === 1
    })
    patience.abort()

    await expect(sent).rejects.toThrow()
    expect(balances(client).users).toBe("")
    expect((await send()).status).toBe(201)
  })

  it("429: with Retry-After only when given", async () => {
    const { client, send } = await aScene({
      fault: "429",
      retry_after_seconds: 7,
    })
    client.sandbox.control.armFault({ fault: "429" })

    const first = await send()
    const second = await send()

    expect(first).toMatchObject({ status: 429, json: { code: 429 } })
    expect(first.headers.get("retry-after")).toBe("7")
    expect(second.headers.get("retry-after")).toBeNull()
    expect(balances(client).users).toBe("")
  })

  it("429_retry_after: says when, in a second unless told otherwise", async () => {
    const { client, send } = await aScene({ fault: "429_retry_after" })
    client.sandbox.control.armFault({
      fault: "429_retry_after",
      retry_after_seconds: 30,
    })

    const [first, second] = [await send(), await send()]

    expect([first.status, second.status]).toEqual([429, 429])
    expect(first.headers.get("retry-after")).toBe("1")
    expect(second.headers.get("retry-after")).toBe("30")
    expect(balances(client).users).toBe("")
  })

  it.each([
    ["timeout_before_execute", ""],
    ["execute_then_hang", "USD 10.50"],
  ] as const)("%s: ends by itself after delay_ms", async (fault, users) => {
    const { client, send } = await aScene({ fault, delay_ms: 30 })

    await expect(send()).rejects.toThrow()

    expect(balances(client).users).toBe(users)
  })

  it("truncated_json: a refusal keeps its status too", async () => {
    const client = await aSandbox()
    client.sandbox.control.armFault({ fault: "truncated_json" })

    const reply = await client.api("GET", "/user/usr_x")

    expect(reply.status).toBe(404)
    expect(reply.headers.get("content-type")).toMatch(/json/)
    expect(reply.json).toBeUndefined()
    expect(reply.text).toMatch(/^\{/)
  })

  it.each([
    ["502_html", 502],
    ["503_html", 503],
    ["504_html", 504],
  ] as const)("%s: a gateway's page", async (fault, status) => {
    const { client, send } = await aScene({ fault })

    const reply = await send()

    expect(reply.status).toBe(status)
    expect(reply.headers.get("content-type")).toBe("text/html")
    expect(reply.json).toBeUndefined()
    expect(balances(client).users).toBe("")
  })

  it("400_reject and legacy_error: two shapes of a refusal, both saved", async () => {
    const rejected = await aScene({ fault: "400_reject" })
    const legacy = await aScene({ fault: "legacy_error" })

    const shapes = [await rejected.send(), await legacy.send()]

    expect(shapes[0]).toMatchObject({
      status: 400,
      json: { code: 400, error: { details: [anyText] } },
    })
    expect(shapes[1]).toMatchObject({ status: 400 })
    expect(shapes[1]?.json).toEqual({
      Exception: anyText,
      Errors: [anyText],
    })
    expect((await rejected.send()).text).toBe(shapes[0]?.text)
    expect((await legacy.send()).text).toBe(shapes[1]?.text)
    expect(balances(rejected.client).users).toBe("")
    expect(balances(legacy.client).users).toBe("")
  })

  it("200_cancelled: a load is recorded, no money moves", async () => {
    const { client, send } = await aScene({ fault: "200_cancelled" })

    const reply = await send()

    expect(reply).toMatchObject({ status: 200, json: { status: "CANCELLED" } })
    expect(balances(client)).toMatchObject({ users: "USD 0.00" })
    expect(executedLoads(client)).toEqual({})
    expect(client.sandbox.control.loads().loads).toMatchObject([
      { client_load_id: "load-1", status: "CANCELLED" },
    ])
    expect((await send({ key: "k2" })).status).toBe(400)
  })
})

describe("faults in which the load is executed all the same", () => {
  it.each([
    ["execute_then_drop", undefined],
    ["reset_mid_body", undefined],
    ["execute_then_500", 500],
    ["502_html_after_execute", 502],
    ["503_html_after_execute", 503],
    ["504_html_after_execute", 504],
    ["200_html", 200],
    ["200_garbage", 200],
    ["truncated_json", 201],
    ["200_wrong_schema", 200],
  ] as const)("%s", async (fault, status) => {
    const { client, send } = await aScene({ fault })

    const reply = await send().catch(() => undefined)

    expect(reply?.status).toBe(status)
    expect(reply?.json ?? {}).not.toHaveProperty("load_token")
    expect(balances(client).users).toBe("USD 10.50")
    expect(lastRequest(client)).toMatchObject({
      executed: true,
      faults: [fault],
      client_load_id: "load-1",
      load_token: like(/^ld_/),
    })
    await send()
    await send({ key: "another" })
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("execute_then_hang: executed, never answered", async () => {
    const { client, send } = await aScene({ fault: "execute_then_hang" })
    const patience = new AbortController()

    const sent = send({ signal: patience.signal })
    await until("it was executed", () => {
      return balances(client).users === "USD 10.50"
    })
    patience.abort()

    await expect(sent).rejects.toThrow()
    expect(field(await send(), "status")).toBe("COMPLETED")
    expect(balances(client).users).toBe("USD 10.50")
  })

  it.each([
    "execute_then_drop",
    "502_html_after_execute",
    "504_html_after_execute",
    "200_garbage",
    "truncated_json",
  ] as const)("%s: the key remembers the true answer", async (fault) => {
    const { send } = await aScene({ fault })

    await send().catch(() => undefined)
    const again = await send()

    expect(again).toMatchObject({
      status: 201,
      json: { status: "COMPLETED" },
    })
  })

  it.each([
    ["execute_then_500", 500],
    ["200_wrong_schema", 200],
  ] as const)("%s: the key remembers the bad answer", async (fault, status) => {
    const { send } = await aScene({ fault })

    const first = await send()
    const again = await send()

    expect(again.status).toBe(status)
    expect(again.text).toBe(first.text)
  })

  it("slow_trickle: the whole answer, a little at a time", async () => {
    const { client, send } = await aScene({
      fault: "slow_trickle",
      delay_ms: 50,
    })

    const reply = await send()

    expect(field(reply, "status")).toBe("COMPLETED")
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("does not turn a refusal into a success", async () => {
    const { client, send } = await aScene({ fault: "execute_then_500" })
    client.sandbox.control.deactivateUser(
      client.sandbox.control.state().users[0]?.user_token ?? ""
    )

    expect((await send()).status).toBe(400)
    expect(balances(client).users).toBe("")
  })
})

describe("list_lag", () => {
  it("hides loads until they are old enough on the virtual clock", async () => {
    const { client, send } = await aScene({
      fault: "list_lag",
      lag_ms: 60_000,
      times: 9,
      method: "GET",
    })
    await send()
    const user = lastRequest(client).user_token
    const list = async (): Promise<number> =>
      rows(await client.api("GET", `/load/${user}`)).length

    expect(await list()).toBe(0)
    client.sandbox.control.moveClock({ advance_ms: 59_999 })
    expect(await list()).toBe(0)
    client.sandbox.control.moveClock({ advance_ms: 1 })
    expect(await list()).toBe(1)
  })
})

describe("list_cap", () => {
  it("shows the latest loads only, in one answer", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client, { amount: 1 })
    for (const id of ["a", "b", "c"]) {
      await client.api("POST", `/load/${user}`, {
        body: { ...body, client_load_id: id },
      })
    }
    const list = async (): Promise<unknown[]> =>
      rows(await client.api("GET", `/load/${user}`)).map(
        (row) => row.client_load_id
      )
    client.sandbox.control.armFault({ fault: "list_cap", max_rows: 2 })

    expect(await list()).toEqual(["b", "c"])
    expect(await list()).toEqual(["a", "b", "c"])
  })
})

describe("which calls a fault meets", () => {
  it("lets some pass, hits some, and is used up", async () => {
    const client = await aSandbox()
    client.sandbox.control.armFault({ fault: "429", skip: 1, times: 2 })
    const get = async (): Promise<number> =>
      (await client.api("GET", "/account/balance")).status

    const statuses = [await get(), await get(), await get(), await get()]

    expect(statuses).toEqual([200, 429, 429, 200])
    expect(client.sandbox.control.faults()).toEqual([])
  })

  it("goes by method and by part of the path", async () => {
    const client = await aSandbox()
    client.sandbox.control.armFault({ fault: "503_html", method: "POST" })
    client.sandbox.control.armFault({ fault: "429", path: "/wallet/" })

    const balance = await client.api("GET", "/account/balance")
    const wallet = await client.api("GET", "/wallet/usr_1")
    const user = await client.api("POST", "/user", { body: {} })

    expect([balance.status, wallet.status, user.status]).toEqual([
      200, 429, 503,
    ])
  })

  it("is not used up by a replay when it is the API's own", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    await client.api("POST", `/load/${user}`, { body, key: "k" })
    client.sandbox.control.armFault({ fault: "500_without_executing" })

    const replay = await client.api("POST", `/load/${user}`, { body, key: "k" })

    expect(replay.status).toBe(201)
    expect(client.sandbox.control.faults()).toHaveLength(1)
  })

  it("can meet one fault on the way and one inside", async () => {
    const { client, send } = await aScene({ fault: "execute_then_drop" })
    client.sandbox.control.armFault({ fault: "execute_then_500" })

    await expect(send()).rejects.toThrow()

    expect(lastRequest(client)).toMatchObject({
      status: null,
      decided_status: 500,
      executed: true,
      faults: ["execute_then_drop", "execute_then_500"],
    })
    expect((await send()).status).toBe(500)
    expect(requests(client).filter((entry) => entry.load_token)).toHaveLength(1)
  })

  it("ends at once when the sandbox stops", async () => {
    const { client, send } = await aScene({ fault: "execute_then_hang" })

    const sent = send().catch(() => "gone")
    await until("it was executed", () => {
      return balances(client).users === "USD 10.50"
    })
    await client.sandbox.stop()

    expect(await sent).toBe("gone")
  })
})
