import {
  DEFAULT_PLAN_KINDS,
  FAULT_NAMES,
  type FaultName,
  type FaultPlanInput,
} from "../../sandbox"
import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  type Client,
  executedLoads,
  field,
  lastRequest,
  type Reply,
  requests,
  rows,
  stopSandboxes,
  until,
} from "./support/harness"

afterEach(stopSandboxes)

/** Kinds that answer at once, so that a run over many requests is quick. */
const QUICK_KINDS = DEFAULT_PLAN_KINDS.filter(
  (kind) => kind !== "slow_trickle" && kind !== "delay_then_execute"
)

async function readBalances(client: Client, times: number): Promise<string[]> {
  for (let n = 0; n < times; n += 1) {
    await client.api("GET", "/account/balance").catch(() => null)
  }
  return requests(client)
    .slice(-times)
    .map((entry) => entry.faults.join())
}

function plan(client: Client, input: Partial<FaultPlanInput> = {}): void {
  client.sandbox.control.planFaults({
    seed: 7,
    rate: 0.5,
    kinds: QUICK_KINDS,
    ...input,
  })
}

describe("a fault plan", () => {
  it("gives the same faults for the same seed, and others for another", async () => {
    const [first, second, third] = [
      await aSandbox(),
      await aSandbox({ seed: 99 }),
      await aSandbox(),
    ]
    plan(first)
    plan(second)
    plan(third, { seed: 8 })

    const faults = await readBalances(first, 60)

    expect(await readBalances(second, 60)).toEqual(faults)
    expect(await readBalances(third, 60)).not.toEqual(faults)
    expect(new Set(faults).size).toBeGreaterThan(5)
    plan(first)
    expect(await readBalances(first, 60)).toEqual(faults)
  })

  it("keeps to its rate, and draws every kind", async () => {
    const client = await aSandbox()
    plan(client, { rate: 0.4, kinds: ["429", "502_html", "truncated_json"] })

    const faults = await readBalances(client, 400)

    const hit = faults.filter((name) => name !== "")
    expect(hit.length / faults.length).toBeGreaterThan(0.3)
    expect(hit.length / faults.length).toBeLessThan(0.5)
    for (const kind of ["429", "502_html", "truncated_json"]) {
      const share = hit.filter((name) => name === kind).length / hit.length
      expect(share).toBeGreaterThan(0.2)
    }
  })

  it.each([
    [0, 0],
    [1, 30],
  ])("at a rate of %p hits %p of 30", async (rate, expected) => {
    const client = await aSandbox()
    plan(client, { rate, kinds: ["429"] })

    const faults = await readBalances(client, 30)

    expect(faults.filter((name) => name !== "")).toHaveLength(expected)
    expect(client.sandbox.control.faultPlan()).toMatchObject({
      requests: 30,
      faults: expected,
    })
  })

  it("weighs a kind by how often it is named", async () => {
    const client = await aSandbox()
    const kinds: FaultName[] = ["429", "429", "429", "502_html"]
    plan(client, { rate: 1, kinds })

    const faults = await readBalances(client, 200)

    const often = faults.filter((name) => name === "429").length
    expect(often).toBeGreaterThan(120)
    expect(often).toBeLessThan(180)
  })

  it("notes in the journal which fault hit which of its requests", async () => {
    const client = await aSandbox()
    await client.api("GET", "/account/balance")
    plan(client, { rate: 1, kinds: ["502_html"], max_faults: 1 })

    await readBalances(client, 2)

    expect(requests(client)).toMatchObject([
      { plan_request: null, faults: [], status: 200 },
      { plan_request: 1, faults: ["502_html"], status: 502 },
      { plan_request: 2, faults: [], status: 200 },
    ])
  })

  it("ends after so many requests, or after so many faults", async () => {
    const client = await aSandbox()

    plan(client, { rate: 1, kinds: ["429"], until_requests: 3 })
    const byRequests = await readBalances(client, 5)
    plan(client, { rate: 1, kinds: ["429"], max_faults: 2 })
    const byFaults = await readBalances(client, 5)

    expect(byRequests).toEqual(["429", "429", "429", "", ""])
    expect(byFaults).toEqual(["429", "429", "", "", ""])
  })

  it("matches by method and path, and counts nothing else", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    plan(client, { rate: 1, kinds: ["429"], method: "post", path: "/load/" })

    const read = await client.api("GET", `/load/${user}`)
    const load = await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client),
    })

    expect([read.status, load.status]).toEqual([200, 429])
    expect(client.sandbox.control.faultPlan()).toMatchObject({
      method: "POST",
      requests: 1,
      faults: 1,
    })
    expect(balances(client).users).toBe("")
  })

  it("never touches or counts the control API or the page", async () => {
    const client = await aSandbox()
    plan(client, { rate: 1, kinds: ["drop_before_execute"] })

    for (const path of ["/", "/sandbox/state", "/sandbox/audit"]) {
      expect((await client.call("GET", path)).status).toBe(200)
    }
    const funded = await client.call("POST", "/sandbox/fund", {
      body: { currency_code: "USD", amount: 1 },
    })

    expect(funded.status).toBe(200)
    expect(client.sandbox.control.faultPlan()).toMatchObject({
      requests: 0,
      faults: 0,
    })
  })

  it("draws what only some operations can meet for these alone", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    plan(client, { rate: 1, kinds: ["list_cap", "list_lag"], max_rows: 1 })

    const load = await client.api("POST", `/load/${user}`, { body })
    const lists = [
      await client.api("GET", `/load/${user}`),
      await client.api("GET", `/spendback/${user}`),
      await client.api("GET", `/wallet/${user}`),
    ]

    expect(load.status).toBe(201)
    expect(lists.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(requests(client).map(({ faults }) => faults.length)).toEqual([
      0, 0, 0, 1, 1, 0,
    ])
  })

  it("leaves a replay alone when its fault is the API's own", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    const send = (): Promise<Reply> =>
      client.api("POST", `/load/${user}`, { body, key: "k" })
    plan(client, { rate: 1, kinds: ["execute_then_500"] })

    const first = await send()
    const again = await send()

    expect([first.status, again.status]).toEqual([500, 500])
    expect(again.text).toBe(first.text)
    expect(lastRequest(client)).toMatchObject({
      replayed: true,
      faults: [],
      plan_request: 2,
    })
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
    expect(client.sandbox.control.faultPlan()).toMatchObject({ faults: 1 })
  })

  it("gives way to an armed fault, and is at its place again after", async () => {
    const client = await aSandbox()
    plan(client, { rate: 1, kinds: ["502_html"] })
    client.sandbox.control.armFault({ fault: "429" })

    expect(await readBalances(client, 2)).toEqual(["429", "502_html"])
  })

  it("is replaced, read and cleared over HTTP", async () => {
    const client = await aSandbox()
    const path = "/sandbox/fault-plan"

    const none = await client.call("GET", path)
    const made = await client.call("POST", path, {
      body: { seed: 1, rate: 0.25 },
    })
    const read = await client.call("GET", path)
    const cleared = await client.call("DELETE", path)

    expect(none.json).toEqual({ plan: null })
    expect(made.json).toEqual({
      seed: 1,
      rate: 0.25,
      kinds: DEFAULT_PLAN_KINDS,
      method: null,
      path: null,
      until_requests: null,
      max_faults: null,
      delay_ms: 2_000,
      lag_ms: 60_000,
      max_rows: 1,
      retry_after_seconds: 1,
      requests: 0,
      faults: 0,
    })
    expect(read.json).toEqual({ plan: made.json })
    expect(cleared.json).toEqual({ plan: made.json })
    expect(client.sandbox.control.state().fault_plan).toBeNull()
  })

  it("ends with the armed faults, and with a reset", async () => {
    const client = await aSandbox()
    plan(client)

    await client.call("DELETE", "/sandbox/faults")
    expect(client.sandbox.control.faultPlan()).toBeNull()
    plan(client)
    client.sandbox.control.reset()
    expect(client.sandbox.control.faultPlan()).toBeNull()
  })

  it.each([
    [{ rate: 0.5 }, /seed cannot be left out/],
    [{ seed: -1, rate: 0.5 }, /seed cannot be -1/],
    [{ seed: 1 }, /rate must be/],
    [{ seed: 1, rate: 1.01 }, /rate must be/],
    [{ seed: 1, rate: "1" }, /rate must be/],
    [{ seed: 1, rate: 1, kinds: [] }, /kinds must be a list/],
    [{ seed: 1, rate: 1, kinds: ["explode"] }, /kinds cannot be "explode"/],
    [{ seed: 1, rate: 1, max_rows: 0 }, /max_rows cannot be 0/],
    [{ seed: 1, rate: 1, delay_ms: 60_001 }, /delay_ms cannot be 60001/],
    [{ seed: 1, rate: 1, max_fault: 1 }, /no field "max_fault"/],
  ])("is refused with %j, and what ran goes on", async (body, problem) => {
    const client = await aSandbox()
    plan(client)

    const reply = await client.call("POST", "/sandbox/fault-plan", { body })

    expect(reply.status).toBe(400)
    expect(field(reply, "error")).toMatch(problem)
    expect(client.sandbox.control.faultPlan()).toMatchObject({ seed: 7 })
  })

  it("knows each of its kinds as a fault", () => {
    for (const kind of DEFAULT_PLAN_KINDS) expect(FAULT_NAMES).toContain(kind)
    expect(new Set(DEFAULT_PLAN_KINDS).size).toBe(DEFAULT_PLAN_KINDS.length)
  })
})

describe("loads sent until they are answered, under any plan", () => {
  it.each([1, 2, 3, 4, 5])(
    "seed %p: each id moves money once",
    async (seed) => {
      const client = await aSandbox()
      const user = await aUser(client)
      const body = await aLoadBody(client, { amount: 1 })
      plan(client, { seed, rate: 0.5 })

      for (let n = 0; n < 20; n += 1) {
        await sendUntilDone(client, user, { ...body, client_load_id: `l-${n}` })
      }

      const loads = rows(await untilRead(client, `/load/${user}`))
      expect(loads).toHaveLength(20)
      expect(Object.values(executedLoads(client))).toEqual(Array(20).fill(1))
      expect(balances(client).users).toBe("USD 20.00")
      const faults = new Set(requests(client).flatMap((entry) => entry.faults))
      expect(faults.size).toBeGreaterThan(5)
    }
  )
})

async function untilRead(client: Client, path: string): Promise<Reply> {
  client.sandbox.control.clearFaultPlan()
  const reply = await client.api("GET", path)
  expect(reply.status).toBe(200)
  return reply
}

/** A new key after a saved 500, as the same one would get it for ever. */
async function sendUntilDone(
  client: Client,
  user: string,
  body: Record<string, unknown>
): Promise<void> {
  let key = 1
  for (let sent = 0; sent < 100; sent += 1) {
    const reply = await client
      .api("POST", `/load/${user}`, {
        body,
        key: `${String(body.client_load_id)}-${key}`,
      })
      .catch(() => null)
    if (reply?.status === 500) key += 1
    const isRefusedAsKnown =
      reply?.status === 400 && reply.text.includes("Duplicate client_load_id")
    const isDone = (reply?.json as { status?: string } | undefined)?.status
    if (isRefusedAsKnown || isDone === "COMPLETED") return
  }
  throw new Error("A hundred requests were not enough")
}

describe("the delay of a plan", () => {
  it("is real time: the client has gone, and the load is executed", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const body = await aLoadBody(client)
    plan(client, { rate: 1, kinds: ["delay_then_execute"], delay_ms: 150 })

    const startedAt = performance.now()
    const patience = new AbortController()
    const sent = client.api("POST", `/load/${user}`, {
      body,
      signal: patience.signal,
    })
    sent.catch(() => undefined)
    await until("the request arrived", () => {
      return client.sandbox.control.faultPlan()?.faults === 1
    })
    patience.abort()

    await expect(sent).rejects.toThrow()
    expect(balances(client).users).toBe("")
    await until("it was executed", () => {
      return balances(client).users === "USD 10.50"
    })
    expect(performance.now() - startedAt).toBeGreaterThan(140)
  })
})
