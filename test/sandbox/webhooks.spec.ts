import { FAKE_TIN, type SandboxOptions, signDelivery } from "../../sandbox"
import { Outbox } from "../../sandbox/webhooks/outbox"
import {
  aLoadBody,
  anyText,
  aProfile,
  aSandbox,
  aUser,
  type Client,
  field,
  stopSandboxes,
  until,
} from "./support/harness"
import { aPaidUser, spendBack } from "./support/money"
import { aReceiver, closeReceivers, isSigned } from "./support/receiver"

afterEach(async () => {
  await stopSandboxes()
  await closeReceivers()
})

const SECRET = "s3cret"

function listening(options: SandboxOptions = {}): Promise<Client> {
  return aSandbox({ webhooks: { secrets: [SECRET] }, ...options })
}

let loads = 0

async function loadOnce(client: Client, user?: string): Promise<string> {
  const token = user ?? (await aUser(client))
  const reply = await client.api("POST", `/load/${token}`, {
    body: await aLoadBody(client, { client_load_id: `load-${(loads += 1)}` }),
  })
  expect(reply.status).toBe(201)
  return field(reply, "load_token")
}

/** What would be told, in the order it would leave. */
function statuses(client: Client): string[] {
  return client.sandbox.webhooks.take().map(({ event_type, body }) => {
    const { status } = JSON.parse(body) as { status?: string }
    return `${event_type} ${status}`
  })
}

describe("what is told", () => {
  it("is nothing when there is nobody to tell", async () => {
    const client = await aSandbox()
    await loadOnce(client)

    expect(client.sandbox.webhooks.take()).toEqual([])
    expect(client.sandbox.webhooks.state()).toMatchObject({ is_on: false })
  })

  it("is every status of a load, once each", async () => {
    const client = await listening()
    const { control } = client.sandbox
    const user = await aUser(client)
    const load = await loadOnce(client, user)
    control.setLoadStatus(load, "CANCELLED")
    control.setLoadStatus(load, "COMPLETED")
    control.scheduleFlip({ load_token: load, status: "CANCELLED", in_ms: 10 })
    control.moveClock({ advance_ms: 10 })
    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, {
        client_load_id: "later",
        time_to_process: "2026-03-03T12:00:00Z",
      }),
    })
    control.moveClock({ advance_ms: 86_400_000 })

    expect(statuses(client)).toEqual([
      "load COMPLETED",
      "load CANCELLED",
      "load COMPLETED",
      "load CANCELLED",
      "load SCHEDULED",
      "load COMPLETED",
    ])
  })

  it("is told about users, funding and papers too", async () => {
    const client = await listening()
    const { control } = client.sandbox
    const user = await aUser(client)
    control.lockUser(user, "identity")
    control.unlockUser(user)
    control.deactivateUser(user)
    control.fund({ currency_code: "USD", amount: "5" })

    const told = client.sandbox.webhooks.take().map(({ body }) => {
      return JSON.parse(body) as Record<string, unknown>
    })
    expect(told).toMatchObject([
      { event_type: "user", user_token: user, status: "LOCKED" },
      { event_type: "kyc", user_token: user, status: "Approved" },
      { event_type: "user", status: "ACTIVE" },
      { event_type: "user", status: "DEACTIVE" },
      { event_type: "balance_credit", amount: 5, currency_code: "USD" },
    ])
  })

  it("is told of a status that is written, and of no other update", async () => {
    const client = await listening()
    const profile = {
      ...aProfile(),
      address1: "1 Main St",
      city: "Springfield",
      state_province: "IL",
      postal_code: "62701",
    }
    const made = await client.api("POST", "/user", { body: profile })
    const user = field(made, "user_token")
    const write = async (status: string): Promise<number> =>
      (
        await client.api("PUT", `/user/${user}`, {
          body: { ...profile, status },
        })
      ).status

    expect(await write("ACTIVE")).toBe(200)
    expect(statuses(client)).toEqual([])
    expect(await write("DEACTIVE")).toBe(200)
    expect(await write("ACTIVE")).toBe(200)
    client.sandbox.control.lockUser(user, "identity")
    expect(await write("ACTIVE")).toBe(400)
    expect(statuses(client)).toEqual([
      "user DEACTIVE",
      "user ACTIVE",
      "user LOCKED",
    ])
  })

  it("is told of a spendback", async () => {
    const client = await listening()
    const paid = await aPaidUser(client)
    const sent = await spendBack(client, paid)

    const told = client.sandbox.webhooks.take().at(-1)

    expect(JSON.parse(told?.body ?? "")).toEqual({
      event_type: "spendback",
      spendback_token: field(sent, "spendback_token"),
      client_spendback_id: anyText,
      status: "success",
    })
  })

  it("never holds a link", async () => {
    const client = await listening()
    const user = await aUser(client)
    const { lock } = client.sandbox.control.lockUser(user, "identity")

    const secret = lock?.link?.slice(-32) ?? "none"
    const told = JSON.stringify(client.sandbox.webhooks.take())

    expect(told).not.toContain(secret)
    expect(JSON.stringify(client.sandbox.control.journal())).not.toContain(
      secret
    )
  })
})

describe("the last word", () => {
  /** From 0 (included) to 1, the same in every run. */
  function dice(seed: number): () => number {
    let state = seed
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
  }

  it.each([1, 2, 3, 4])(
    "about each load is what the books say (seed %i)",
    async (seed) => {
      const client = await listening()
      const { control, webhooks } = client.sandbox
      const roll = dice(seed)
      const users = [await aUser(client), await aUser(client)]
      const tokens: string[] = []
      const lastWord = new Map<string, unknown>()
      for (let turn = 0; turn < 120; turn += 1) {
        const user = users[Math.floor(roll() * users.length)] ?? ""
        const load = tokens[Math.floor(roll() * tokens.length)] ?? ""
        const status = roll() < 0.5 ? "COMPLETED" : "CANCELLED"
        const act = Math.floor(roll() * 6)
        const body = await aLoadBody(client, {
          client_load_id: `l-${turn}`,
          ...(act === 1 && { time_to_process: inSeconds(client, 30) }),
        })
        if (act <= 1) {
          const made = await client.api("POST", `/load/${user}`, { body })
          if (made.status === 201) tokens.push(field(made, "load_token"))
        } else if (act === 2) {
          await client.api("DELETE", `/load/${user}?load_token=${load}`)
        } else if (act === 3 && load) {
          const in_ms = 40_000
          control.scheduleFlip({ load_token: load, status, in_ms })
        } else if (act === 4) control.moveClock({ advance_ms: 20_000 })
        else if (control.state().users[0]?.lock)
          control.unlockUser(users[1] ?? "")
        else control.lockUser(users[1] ?? "", "identity")
      }
      control.moveClock({ advance_ms: 100_000 })
      for (const { load_token, body } of webhooks.take()) {
        const { status } = JSON.parse(body) as { status: string }
        if (load_token) lastWord.set(load_token, status)
      }

      const { loads } = control.loads()
      expect(loads.length).toBeGreaterThan(10)
      expect([...lastWord].sort()).toEqual(
        loads.map((row) => [row.load_token, row.status]).sort()
      )
    }
  )

  function inSeconds(client: Client, seconds: number): string {
    const now = Date.parse(client.sandbox.control.clock().now)
    return new Date(now + seconds * 1_000).toISOString()
  }
})

describe("a signature", () => {
  it("is what the documentation says, with the first of the secrets", async () => {
    const client = await aSandbox({
      webhooks: { secrets: ["new", "old"] },
      settings: { webhook_clock: "virtual" },
    })
    await loadOnce(client)

    const [delivery] = client.sandbox.webhooks.take()

    const signature = delivery?.headers["x-masspay-signature"] ?? ""
    const sent = { body: delivery?.body ?? "", signature }
    expect(signature).toMatch(/^t=1772452800,s=[0-9a-f]{128}$/)
    expect(isSigned(sent, "new")).toBe(true)
    expect(isSigned(sent, "old")).toBe(false)
  })

  it.each([
    ["milliseconds", "hex", /^t=1772452800000,s=[0-9a-f]{128}$/],
    ["iso", "base64", /^t=2026-03-02T12:00:00\.000Z,s=[\w+/]{86}==$/],
  ] as const)("in %s and %s", async (timestamp, encoding, shape) => {
    const client = await listening({
      settings: {
        webhook_clock: "virtual",
        webhook_timestamp: timestamp,
        webhook_encoding: encoding,
      },
    })
    await loadOnce(client)

    const [delivery] = client.sandbox.webhooks.take()

    const signature = delivery?.headers["x-masspay-signature"] ?? ""
    expect(signature).toMatch(shape)
    const sent = { body: delivery?.body ?? "", signature }
    expect(isSigned(sent, SECRET, encoding)).toBe(true)
  })

  it("is never the same for two events, not even with one body at one time", async () => {
    const client = await listening()
    const { control, webhooks } = client.sandbox
    const load = await loadOnce(client)
    for (let flip = 0; flip < 4; flip += 1) {
      control.setLoadStatus(load, flip % 2 === 0 ? "CANCELLED" : "COMPLETED")
    }

    const told = webhooks.take()

    expect(new Set(told.map(({ body }) => body)).size).toBe(2)
    const signatures = told.map((sent) => sent.headers["x-masspay-signature"])
    expect(new Set(signatures).size).toBe(5)
  })

  it("can be made without a sandbox", () => {
    const { headers, body } = signDelivery({
      body: { event_type: "load" },
      secret: SECRET,
      signed_at: new Date(1_000),
    })

    const signature = headers["x-masspay-signature"] ?? ""
    expect(signature).toMatch(/^t=1,/)
    expect(isSigned({ body, signature }, SECRET)).toBe(true)
    expect(() =>
      signDelivery({ body, secret: "", signed_at: new Date() })
    ).toThrow(/empty/)
  })
})

describe("scripted trouble", () => {
  it.each([
    ["repeat", ["first", "copy"]],
    ["resign", ["first", "resigned"]],
    ["forge", ["first", "forged"]],
    ["tamper", ["first", "tampered"]],
  ] as const)("%s", async (fault, kinds) => {
    const client = await listening()
    client.sandbox.webhooks.armFault({ fault })
    await loadOnce(client)
    await loadOnce(client)

    const [first, second, next] = client.sandbox.webhooks.take()

    expect([first?.kind, second?.kind]).toEqual(kinds)
    expect(next?.kind).toBe("first")
    const isSame =
      first?.headers["x-masspay-signature"] ===
      second?.headers["x-masspay-signature"]
    expect(isSame).toBe(fault === "repeat")
    const sent = {
      body: second?.body ?? "",
      signature: second?.headers["x-masspay-signature"] ?? "",
    }
    const isGenuine = fault === "repeat" || fault === "resign"
    expect(isSigned(sent, SECRET)).toBe(isGenuine)
    expect(second?.is_genuine).toBe(isGenuine)
  })

  it("a seed repeats, shuffles, loses and forges, the same in every run", async () => {
    const run = async (): Promise<string[]> => {
      const client = await aSandbox({
        webhooks: { secrets: [SECRET], queueLimit: 100_000 },
      })
      const { webhooks } = client.sandbox
      webhooks.planFaults({
        seed: 7,
        lose_rate: 0.05,
        copies_max: 5,
        forge_rate: 0.01,
        shuffle: 500,
      })
      for (let index = 0; index < 2_000; index += 1) {
        webhooks.send({ event_type: "load", load_token: `ld_${index}` })
      }
      expect(webhooks.state().counts.dropped).toBe(0)
      return webhooks
        .take()
        .map(({ load_token, kind }) => `${load_token} ${kind}`)
    }

    const first = await run()

    expect(await run()).toEqual(first)
    const events = new Set(first.map((line) => line.split(" ")[0]))
    expect(events.size).toBeGreaterThan(1_850)
    expect(events.size).toBeLessThan(1_950)
    expect(first.length / events.size).toBeGreaterThan(2.8)
    expect(first.length / events.size).toBeLessThan(3.2)
    const forged = first.filter((line) => /forged|tampered/.test(line))
    expect(forged.length).toBeGreaterThan(5)
    expect(forged.length).toBeLessThan(40)
    const numbers = first.map((line) => Number(/\d+/.exec(line)?.[0]))
    const backwards = numbers.filter((n, i) => n < (numbers[i - 1] ?? 0))
    expect(backwards.length).toBeGreaterThan(first.length / 4)
  })

  it("is bounded: what comes on top of the queue is dropped and counted", async () => {
    const client = await aSandbox({ webhooks: { queueLimit: 3 } })
    const { webhooks } = client.sandbox
    for (let index = 0; index < 5; index += 1) {
      webhooks.send({ event_type: "load" })
    }

    expect(webhooks.state().counts).toMatchObject({ waiting: 3, dropped: 2 })
    expect(webhooks.take()).toHaveLength(3)
    webhooks.send({ event_type: "load" })
    expect(webhooks.take()).toHaveLength(1)
  })

  it("what is over is kept for a while only, what waits for as long as it takes", () => {
    const outbox = new Outbox()
    const now = { virtual_ms: 0, real_ms: 0 }
    const content = {
      event_type: "load",
      body: {},
      user_token: null,
      load_token: null,
      spendback_token: null,
      payout_token: null,
    }
    for (let event = 0; event < 25_000; event += 1) {
      outbox.add(content, now, 1)
    }

    expect(outbox.deliveries().length).toBeLessThanOrEqual(20_001)
    expect(outbox.counts).toMatchObject({ waiting: 1, dropped: 24_999 })
    expect(outbox.next(now)?.token).toBe("whd_1")
    expect(outbox.find("whd_1")?.state).toBe("waiting")
  })

  it("a tax number is in no view and not in the journal", async () => {
    const client = await listening()
    const { webhooks, control } = client.sandbox
    webhooks.send({ IdentityKey: "k", AccountId: "usr_1", TIN: FAKE_TIN })
    const views = JSON.stringify([webhooks.deliveries(), control.state()])
    const [taken] = webhooks.take()

    expect(taken?.body).toContain(FAKE_TIN)
    expect(views).not.toContain(FAKE_TIN)
    expect(JSON.stringify(control.journal())).not.toContain(FAKE_TIN)
  })
})

describe("over the wire", () => {
  it("arrives, and the receiver's answer can be read", async () => {
    const receiver = await aReceiver()
    const client = await listening({
      webhooks: { url: receiver.url, secrets: [SECRET] },
    })
    const load = await loadOnce(client)
    await client.sandbox.webhooks.flush()

    expect(receiver.received).toMatchObject([
      { json: { event_type: "load", load_token: load, status: "COMPLETED" } },
    ])
    for (const sent of receiver.received) {
      expect(isSigned(sent, SECRET)).toBe(true)
    }
    expect(client.sandbox.webhooks.deliveries()).toMatchObject([
      { state: "delivered", attempts: [{ status: 200, answer: "ok" }] },
    ])
    const entries = client.sandbox.control.journal().entries
    expect(entries.at(-1)).toMatchObject({
      kind: "webhook",
      state: "delivered",
      status: 200,
      load_token: load,
    })
  })

  it("a receiver that never answers blocks nobody", async () => {
    const receiver = await aReceiver(() => undefined)
    const client = await listening({
      webhooks: { url: receiver.url },
      settings: { webhook_timeout_ms: 60_000 },
    })
    const user = await aUser(client)
    const startedAt = performance.now()
    for (let index = 0; index < 20; index += 1) await loadOnce(client, user)

    expect(performance.now() - startedAt).toBeLessThan(10_000)
    await until("it holds four", () => receiver.received.length === 4)
    expect(client.sandbox.webhooks.state().counts).toMatchObject({
      sending: 4,
      waiting: 16,
    })
  })

  it("gives up at its deadline, or tries again where it is told to", async () => {
    const receiver = await aReceiver((response, nth) => {
      if (nth === 3) response.end()
      else if (nth === 2) response.writeHead(503).end("later")
    })
    const client = await listening({
      webhooks: { url: receiver.url },
      settings: {
        webhook_timeout_ms: 2_000,
        webhook_attempts: 3,
        webhook_retry_ms: 1,
      },
    })
    await loadOnce(client)
    await client.sandbox.webhooks.flush()

    const [delivery] = client.sandbox.webhooks.deliveries()
    expect(delivery?.state).toBe("delivered")
    expect(delivery?.attempts).toMatchObject([
      { status: null, answer: "no answer within 2000 ms" },
      { status: 503, answer: "later" },
      { status: 200 },
    ])
    const [first, ...others] = receiver.received
    for (const other of others) expect(other).toEqual(first)
  })

  it("follows no redirect", async () => {
    const elsewhere = await aReceiver()
    const receiver = await aReceiver((response) => {
      response.writeHead(307, { location: elsewhere.url }).end()
    })
    const client = await listening({ webhooks: { url: receiver.url } })
    await loadOnce(client)
    await client.sandbox.webhooks.flush()

    expect(elsewhere.received).toEqual([])
    expect(client.sandbox.webhooks.deliveries()).toMatchObject([
      { state: "failed", attempts: [{ status: 307 }] },
    ])
  })

  it.each([
    "https://127.0.0.1/",
    "http://shop.example/hooks",
    "http://127.0.0.1.shop.example/",
    "http://10.0.0.7/",
    "http://user:word@localhost/",
    "ftp://localhost/",
    "localhost:9000",
  ])("never to %s", async (url) => {
    await expect(aSandbox({ webhooks: { url } })).rejects.toThrow(/webhook URL/)
    const client = await aSandbox()
    expect(() => client.sandbox.webhooks.configure({ url })).toThrow(
      /webhook URL/
    )
    const reply = await client.call("POST", "/sandbox/webhooks/config", {
      body: { url },
    })
    expect(reply.status).toBe(400)
    expect(client.sandbox.webhooks.state().is_on).toBe(false)
  })
})
