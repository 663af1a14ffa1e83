import dns from "node:dns"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { FAKE_TIN, type Sandbox } from "../../sandbox"
import {
  aSandbox,
  aUser,
  type Client,
  NOON,
  type Reply,
  stopSandboxes,
  until,
} from "./support/harness"
import {
  aReceiver,
  closeReceivers,
  isSigned,
  type Receiver,
} from "./support/receiver"

const SECRET = "s3cret"

afterEach(async () => {
  await stopSandboxes()
  await closeReceivers()
})

type Scene = {
  client: Client
  receiver: Receiver
  webhooks: Sandbox["webhooks"]
}

async function aScene(settings: object = {}): Promise<Scene> {
  const receiver = await aReceiver()
  const client = await aSandbox({
    settings,
    webhooks: { url: receiver.url, secrets: [SECRET] },
  })
  return { client, receiver, webhooks: client.sandbox.webhooks }
}

/** The numbers that arrived, in order of arrival. */
function arrived({ receiver }: Scene): unknown[] {
  return receiver.received.map(({ json }) => json.n)
}

describe("on the way to a receiver", () => {
  it("deliveries give way, in the order that was scripted", async () => {
    const scene = await aScene({ webhook_concurrency: 1 })
    const { webhooks } = scene
    webhooks.armFault({ fault: "reorder", places: 2 })
    for (const n of [1, 2, 3, 4]) webhooks.send({ event_type: "load", n })
    await webhooks.flush()

    expect(arrived(scene)).toEqual([2, 3, 1, 4])
  })

  it("one that gives way to nobody leaves all the same", async () => {
    const scene = await aScene()
    scene.webhooks.armFault({ fault: "reorder", places: 1_000 })
    scene.webhooks.send({ event_type: "load", n: 1 })

    await until("it arrives", () => arrived(scene).length === 1)
  })

  it("a lost one never arrives, and is on record", async () => {
    const scene = await aScene()
    const { webhooks, client } = scene
    webhooks.armFault({ fault: "lose", event_type: "load" })
    webhooks.send({ event_type: "user", n: 1 })
    webhooks.send({ event_type: "load", n: 2 })
    webhooks.send({ event_type: "load", n: 3 })
    await webhooks.flush()

    expect(arrived(scene)).toEqual([1, 3])
    expect(webhooks.state().counts).toMatchObject({ lost: 1, delivered: 2 })
    expect(client.sandbox.control.journal().entries).toContainEqual(
      expect.objectContaining({ kind: "webhook", state: "lost", attempts: 0 })
    )
  })

  it("a delayed one waits for the virtual clock", async () => {
    const scene = await aScene()
    const { webhooks, client } = scene
    webhooks.armFault({ fault: "delay", seconds: 60 })
    webhooks.send({ event_type: "load", n: 1 })
    webhooks.send({ event_type: "load", n: 2 })
    await until(
      "the second arrived",
      () => webhooks.state().counts.delivered === 1
    )
    client.sandbox.control.moveClock({ advance_ms: 59_999 })
    expect(webhooks.state().counts).toMatchObject({ waiting: 1, sending: 0 })

    client.sandbox.control.moveClock({ advance_ms: 1 })

    await until("the first arrives", () => arrived(scene).length === 2)
    expect(arrived(scene)).toEqual([2, 1])
  })

  it("or for the machine's, with nobody asking meanwhile", async () => {
    const scene = await aScene()
    scene.webhooks.armFault({ fault: "delay", delay_ms: 100 })
    const startedAt = performance.now()
    scene.webhooks.send({ event_type: "load", n: 1 })

    await until("it arrives", () => arrived(scene).length === 1)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95)
  })

  it("a stale one says so, and a forged one cannot be told but by its signature", async () => {
    const { webhooks, receiver } = await aScene({ webhook_clock: "virtual" })
    webhooks.armFault({ fault: "stale", seconds: 7_200 })
    webhooks.armFault({ fault: "forge" })
    webhooks.send({ event_type: "load", n: 1 })
    await webhooks.flush()

    const genuine = receiver.received.filter((sent) => isSigned(sent, SECRET))
    const forged = receiver.received.filter((sent) => !isSigned(sent, SECRET))
    const seconds = NOON.getTime() / 1_000
    expect(genuine).toHaveLength(1)
    expect(genuine[0]?.signature).toMatch(new RegExp(`^t=${seconds - 7_200},`))
    expect(forged).toHaveLength(1)
    expect(forged[0]?.signature).toMatch(new RegExp(`^t=${seconds},`))
    expect(forged[0]?.body).toBe(genuine[0]?.body)
  })

  it("a tampered one says the opposite", async () => {
    const { webhooks, receiver } = await aScene()
    webhooks.armFault({ fault: "tamper" })
    webhooks.send({ event_type: "load", status: "COMPLETED" })
    await webhooks.flush()

    const forged = receiver.received.filter((sent) => !isSigned(sent, SECRET))
    expect(forged.map(({ json }) => json.status)).toEqual(["CANCELLED"])
  })

  it("nothing leaves while it is paused, and everything after", async () => {
    const scene = await aScene()
    const { webhooks } = scene
    webhooks.pause()
    webhooks.send({ event_type: "load", n: 1 })
    await expect(webhooks.flush()).rejects.toThrow(/take it instead/)
    webhooks.send({ event_type: "load", n: 2 })
    expect(webhooks.take({ limit: 1 })).toHaveLength(1)
    webhooks.resume()
    await webhooks.flush()

    expect(arrived(scene)).toEqual([2])
  })

  it("is sent again, signed anew or the same to the last byte", async () => {
    const { webhooks, receiver } = await aScene()
    webhooks.send({ event_type: "load", n: 1 })
    await webhooks.flush()
    const id = webhooks.deliveries()[0]?.delivery_id ?? ""
    webhooks.redeliver(id, { is_identical: true })
    await webhooks.flush()
    webhooks.redeliver(id)
    await webhooks.flush()

    const [first, same, anew] = receiver.received
    expect(same).toEqual(first)
    expect(anew?.body).toBe(first?.body)
    expect(anew?.signature).not.toBe(first?.signature)
    expect(receiver.received.every((sent) => isSigned(sent, SECRET))).toBe(true)
  })

  it("retries are signed anew where that is set", async () => {
    const receiver = await aReceiver((response, nth) => {
      response.writeHead(nth === 1 ? 500 : 200).end()
    })
    const { sandbox } = await aSandbox({
      webhooks: { url: receiver.url, secrets: [SECRET] },
      settings: {
        webhook_attempts: 2,
        webhook_retry_ms: 0,
        webhook_retry_signature: "new",
      },
    })
    sandbox.webhooks.send({ event_type: "load" })
    await sandbox.webhooks.flush()

    const [first, second] = receiver.received
    expect(second?.body).toBe(first?.body)
    expect(second?.signature).not.toBe(first?.signature)
    expect(isSigned(second ?? { body: "", signature: "" }, SECRET)).toBe(true)
  })

  it("a name of this machine will do, and a receiver may start later", async () => {
    const client = await aSandbox()
    const { webhooks } = client.sandbox
    expect(() => webhooks.send({ event_type: "load" })).toThrow(/no webhook/)
    const receiver = await aReceiver()
    const url = receiver.url.replace("127.0.0.1", "localhost")
    webhooks.configure({ url, secrets: [SECRET] })
    webhooks.send({ event_type: "load" })
    await webhooks.flush()

    expect(receiver.received).toHaveLength(1)
  })

  it("a name of this machine that leads elsewhere is not called", async () => {
    const { sandbox } = await aSandbox({
      webhooks: { url: "http://localhost:9/hooks" },
    })
    const lookup = jest.spyOn(dns, "lookup")
    lookup.mockImplementation((...call: unknown[]) => {
      const answer = call.at(-1) as (error: null, found: object[]) => void
      answer(null, [{ address: "10.0.0.9", family: 4 }])
    })
    sandbox.webhooks.send({ event_type: "load" })
    await sandbox.webhooks.flush()
    lookup.mockRestore()

    expect(sandbox.webhooks.deliveries()).toMatchObject([
      {
        state: "failed",
        attempts: [{ answer: "localhost is an address of another machine" }],
      },
    ])
  })

  it("a receiver that is gone costs nothing but the delivery", async () => {
    const scene = await aScene()
    await scene.receiver.close()
    scene.webhooks.send({ event_type: "load" })
    await scene.webhooks.flush()

    expect(scene.webhooks.deliveries()).toMatchObject([
      { state: "failed", attempts: [{ status: null }] },
    ])
  })

  it("an answer without end is read no further than it may be", async () => {
    const receiver = await aReceiver((response) => {
      response.writeHead(200)
      response.on("error", () => undefined)
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", pour)
      }
      pour()
    })
    const { sandbox } = await aSandbox({ webhooks: { url: receiver.url } })
    sandbox.webhooks.send({ event_type: "load" })
    await sandbox.webhooks.flush()

    const [delivery] = sandbox.webhooks.deliveries()
    expect(delivery?.state).toBe("delivered")
    expect(delivery?.attempts[0]?.answer).toHaveLength(300)
  })

  it("a reset leaves nothing to send, and still knows whom to tell", async () => {
    const scene = await aScene()
    const { webhooks, client } = scene
    webhooks.pause()
    webhooks.send({ event_type: "load", n: 1 })
    webhooks.planFaults({ seed: 1, lose_rate: 1 })
    client.sandbox.control.reset()
    webhooks.send({ event_type: "load", n: 2 })
    await webhooks.flush()

    expect(arrived(scene)).toEqual([2])
    expect(webhooks.deliveries()).toHaveLength(1)
  })
})

describe("the control API", () => {
  const post = (client: Client, path: string, body?: object): Promise<Reply> =>
    client.call("POST", `/sandbox/webhooks/${path}`, { body })

  it("does all of it over HTTP", async () => {
    const receiver = await aReceiver()
    const client = await aSandbox()
    const config = { url: receiver.url, secrets: [SECRET] }
    const set = await post(client, "config", config)
    await post(client, "pause")
    await post(client, "faults", { fault: "delay", seconds: 9 })
    const sent = await post(client, "send", { event_type: "user", n: 1 })
    await post(client, "resume")
    await post(client, "flush")
    await until("it arrives", () => receiver.received.length === 1)

    expect(set.json).toMatchObject({ is_on: true, secret_count: 1 })
    expect(sent.json).toMatchObject({ deliveries: [{ state: "waiting" }] })
    const list = await client.call("GET", "/sandbox/webhooks?limit=5")
    expect(list.json).toMatchObject({
      url: receiver.url,
      deliveries: [{ delivery_id: "whd_1", body: { n: 1 } }],
    })
    expect(list.text).not.toContain(SECRET)
    await post(client, "pause")
    const again = await post(client, "whd_1/redeliver", { is_identical: true })
    expect(again.json).toMatchObject({ kind: "copy", state: "waiting" })
    const taken = await post(client, "take", { limit: 10 })
    expect(taken.json).toMatchObject({
      deliveries: [{ is_genuine: true, headers: {}, body: anyBody(1) }],
    })
    await post(client, "plan", { seed: 3, lose_rate: 0.5 })
    const plan = await client.call("GET", "/sandbox/webhooks/plan")
    expect(plan.json).toMatchObject({ plan: { seed: 3, copies_max: 1 } })
    await client.call("DELETE", "/sandbox/webhooks/faults")
    expect(client.sandbox.webhooks.state()).toMatchObject({
      plan: null,
      faults: [],
    })
  })

  function anyBody(n: number): string {
    return JSON.stringify({ event_type: "user", n })
  }

  it.each([
    ["config", { url: 5 }, /url must be/],
    ["config", { url: "http://10.0.0.1/" }, /must begin with http/],
    ["config", { secrets: "one" }, /list of texts/],
    ["config", { secrets: [] }, /1 to 10 webhook secrets/],
    ["config", { secrets: [""] }, /must not be empty/],
    ["config", { uri: "x" }, /no field ."uri/],
    ["faults", { fault: "explode" }, /fault cannot be/],
    ["faults", { fault: "lose", copies: 2 }, /no field ."copies/],
    ["faults", { fault: "delay", delay_ms: 9e9 }, /delay_ms cannot be/],
    ["plan", {}, /seed cannot be/],
    ["plan", { seed: 1, lose_rate: 2 }, /lose_rate must be/],
    ["plan", { seed: 1, copies_max: 0 }, /copies_max cannot be/],
    ["take", { limit: 0 }, /limit cannot be/],
    ["whd_9/redeliver", {}, /no delivery whd_9/],
    ["whd_9/redeliver", { is_identical: 1 }, /true or false/],
    ["send", { event_type: "user" }, /no webhook URL/],
  ])("refuses %s %j", async (path, body, problem) => {
    const client = await aSandbox()

    const reply = await post(client, path, body)

    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.text).toMatch(problem)
    expect(client.sandbox.webhooks.state()).toMatchObject({
      is_on: false,
      plan: null,
    })
  })

  it.each([
    [{ url: "http://localhost/", secrets: [] }, /1 to 10/],
    [{ queueLimit: 0 }, /queueLimit/],
    [{ queueLimit: 2_000_000 }, /queueLimit/],
  ])("a sandbox does not start with %j", async (webhooks, problem) => {
    await expect(aSandbox({ webhooks })).rejects.toThrow(problem)
  })
})

describe("a data file", () => {
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

  it("brings back what waits, its plan, its signatures, and who was asked for papers", async () => {
    const options = {
      dataFile,
      webhooks: {},
      settings: { kyc_review_seconds: 60 },
    }
    const first = await aSandbox(options)
    const user = await aUser(first)
    const { control, webhooks } = first.sandbox
    control.lockUser(user, "identity")
    webhooks.planFaults({ seed: 5, copies_max: 3, shuffle: 2 })
    webhooks.armFault({ fault: "lose", event_type: "load", times: 2 })
    webhooks.send({ event_type: "load", n: 1 })
    webhooks.send({ IdentityKey: "k", AccountId: user, TIN: FAKE_TIN })
    const [early] = webhooks.take({ limit: 1 })
    const tax = await first.api("GET", `/${user}/tax`)
    const link = control.state().users[0]?.lock?.link ?? ""
    const path = `/upload/${link.slice(-32)}`
    const image = { headers: { "content-type": "image/png" }, body: "png" }
    await first.call("POST", path, image)
    const before = {
      state: control.state(),
      sessions: control.kycSessions(user),
    }
    await first.sandbox.stop()

    const second = await aSandbox(options)

    const restored = second.sandbox.control
    expect(restored.state()).toEqual(before.state)
    expect(restored.kycSessions(user)).toEqual(before.sessions)
    expect(second.sandbox.webhooks.state()).toMatchObject({
      plan: { seed: 5 },
      faults: [{ fault: "lose", times: 1 }],
    })
    const rest = second.sandbox.webhooks.take()
    const seen = [early, ...rest].map((sent) => sent?.delivery_id)
    expect(new Set(seen).size).toBe(seen.length)
    expect(rest.length).toBeGreaterThan(1)
    expect((await second.call("POST", path, image)).status).toBe(410)
    restored.moveClock({ advance_ms: 60_000 })
    expect(restored.state().users[0]).toMatchObject({ status: "ACTIVE" })
    const { interview_url } = tax.json as { interview_url: string }
    const page = await second.call("GET", new URL(interview_url).pathname)
    expect(page.status).toBe(200)
  })

  it("is read as it was written when a lock was no more than a link", async () => {
    const first = await aSandbox({ dataFile })
    const users = [await aUser(first), await aUser(first), await aUser(first)]
    await first.sandbox.stop()
    const world = JSON.parse(await readFile(dataFile, "utf8")) as {
      papers?: unknown
      settings: Record<string, unknown>
      outbox?: unknown
      users: Record<string, unknown>[]
    }
    delete world.papers
    delete world.settings.upload_links
    delete world.outbox
    const secret = "0123456789abcdef0123456789abcdef"
    const links = [`https://magic.veriff.me/v${secret}`, null, null]
    for (const [index, user] of world.users.entries()) {
      user.status = index === 2 ? "ACTIVE" : "LOCKED"
      user.lock =
        index === 2
          ? null
          : { kind: links[index] ? "identity" : "inactive", link: links[index] }
    }
    await writeFile(dataFile, JSON.stringify(world))

    // A setting that the file does not know is as the options say.
    const settings = { upload_links: "sandbox" } as const
    const second = await aSandbox({ dataFile, settings })

    expect(second.sandbox.control.settings()).toMatchObject(settings)
    const shown = second.sandbox.control.state().users.reverse()
    expect(shown.map(({ lock }) => lock)).toEqual([
      {
        kind: "identity",
        link: `${second.sandbox.url}/upload/${secret}`,
      },
      { kind: "inactive", link: null },
      null,
    ])
    const sent = await second.call("POST", `/upload/${secret}`, {
      headers: { "content-type": "image/png" },
      body: "png",
    })
    expect(sent.status).toBe(200)
    const [paid] = second.sandbox.control.state().users.reverse()
    expect(paid).toMatchObject({ user_token: users[0], status: "ACTIVE" })
  })
})
