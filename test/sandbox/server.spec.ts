import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { connect } from "node:net"
import { Script } from "node:vm"

import { startSandbox } from "../../sandbox"
import {
  aLoadBody,
  aProfile,
  aSandbox,
  aUser,
  type Client,
  requests,
  stopSandboxes,
  until,
} from "./support/harness"

afterEach(stopSandboxes)

/** Unlike fetch, lets a test choose every header. */
function raw(
  client: Client,
  path: string,
  headers: Record<string, string>
): Promise<{ status: number | undefined; body: string }> {
  const { port } = client.sandbox
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers }
    const sent = request(options, (response: IncomingMessage) => {
      let body = ""
      response.on("data", (piece: Buffer) => {
        body += piece.toString()
      })
      response.on("end", () => {
        resolve({ status: response.statusCode, body })
      })
    })
    sent.on("error", reject).end()
  })
}

describe("starting", () => {
  it.each([
    [{ host: "0.0.0.0" }, /127\.0\.0\.1, localhost, ::1 only/],
    [{ host: "192.168.1.10" }, /only, not to/],
    [{ apiKey: "" }, /API key/],
    [{ apiKey: "two words" }, /API key/],
    [{ seed: 1.5 }, /whole number/],
    [{ port: 70_000 }, /port/],
    [{ currencies: { XXX: 1 } }, /"XXX"/],
    [{ currencies: { USD: -1 } }, /amount of USD/],
    [{ startAt: new Date("never") }, /valid date/],
    [{ settings: { latency_ms: -1 } }, /latency_ms/],
  ])("refuses %j", async (options, problem) => {
    await expect(startSandbox(options)).rejects.toThrow(problem)
  })

  it("funds USD and EUR by default, and nothing where told so", async () => {
    const plain = await startSandbox()
    const empty = await startSandbox({ currencies: { USD: 0 } })

    const funding = [plain, empty].map(({ control }) =>
      control
        .state()
        .funding_wallets.map((w) => `${w.currency_code} ${w.balance}`)
    )
    await Promise.all([plain.stop(), empty.stop()])

    expect(funding).toEqual([
      ["USD 1000000.00", "EUR 1000000.00"],
      ["USD 0.00"],
    ])
  })

  it("says so when the port is taken", async () => {
    const { sandbox } = await aSandbox()

    await expect(startSandbox({ port: sandbox.port })).rejects.toThrow(
      /EADDRINUSE/
    )
  })

  it("can be stopped twice and then refuses connections", async () => {
    const { sandbox } = await aSandbox()

    await sandbox.stop()
    await sandbox.stop()

    await expect(fetch(sandbox.url)).rejects.toThrow()
  })
})

describe("who is answered", () => {
  it.each(["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost."])(
    "not one who asks for %p",
    async (host) => {
      const client = await aSandbox()

      const page = await raw(client, "/", { host })
      const state = await raw(client, "/sandbox/state", { host })

      expect([page.status, state.status]).toEqual([421, 421])
      expect(state.body).not.toContain("funding")
      expect(requests(client)).toEqual([])
    }
  )

  it.each(["localhost", "127.0.0.1:1", "[::1]:4010", "LOCALHOST"])(
    "one who asks for %s",
    async (host) => {
      const client = await aSandbox()

      expect((await raw(client, "/sandbox/state", { host })).status).toBe(200)
    }
  )

  it("not a page from elsewhere", async () => {
    const client = await aSandbox()
    const ask = async (origin: string): Promise<unknown> =>
      (await raw(client, "/sandbox/state", { host: "localhost", origin }))
        .status

    expect(await ask("https://evil.example")).toBe(421)
    expect(await ask("null")).toBe(421)
    expect(await ask("http://localhost:9000")).toBe(200)
  })
})

describe("bounds", () => {
  it("reads a body of 1 MB and refuses a longer one", async () => {
    const client = await aSandbox()
    const profile = JSON.stringify(aProfile())
    const fits = profile.padEnd(1024 * 1024, " ")

    const ok = await client.api("POST", "/user", { body: fits })
    const tooLarge = await client.api("POST", "/user", { body: `${fits} ` })

    expect(ok.status).toBe(201)
    expect(tooLarge).toMatchObject({ status: 413, json: { code: 413 } })
    expect(client.sandbox.control.state().user_count).toBe(1)
  })

  it("refuses headers without end", async () => {
    const client = await aSandbox()
    const headers = { host: "localhost", filler: "x".repeat(20_000) }

    expect((await raw(client, "/", headers)).status).toBe(431)
  })

  it("does nothing with half a request", async () => {
    const client = await aSandbox()
    const { port, apiKey } = client.sandbox
    const body = JSON.stringify(aProfile())
    const socket = connect(port, "127.0.0.1")
    const closed = new Promise((resolve) => socket.on("close", resolve))
    socket.write(
      [
        "POST /v1.0.0/payout/user HTTP/1.1",
        "Host: localhost",
        `Authorization: Bearer ${apiKey}`,
        `Content-Length: ${body.length + 1}`,
        "",
        body,
      ].join("\r\n"),
      () => socket.destroy()
    )
    await closed
    await aUser(client)

    expect(client.sandbox.control.state().user_count).toBe(1)
    expect(requests(client)).toHaveLength(1)
  })

  it("waits before each execution when told to", async () => {
    const client = await aSandbox({ settings: { latency_ms: 30 } })
    const startedAt = performance.now()

    await client.api("GET", "/account/balance")

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29)
  })

  it("is idle only when what a client left behind is dealt with", async () => {
    const client = await aSandbox({ settings: { latency_ms: 80 } })
    const user = await aUser(client)
    await client.sandbox.idle()
    const leaving = connect(client.sandbox.port, "127.0.0.1")
    const body = JSON.stringify(await aLoadBody(client))
    leaving.end(
      [
        `POST /v1.0.0/payout/load/${user} HTTP/1.1`,
        "Host: 127.0.0.1",
        `Authorization: Bearer ${client.sandbox.apiKey}`,
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        "",
        body,
      ].join("\r\n"),
      () => leaving.destroy()
    )
    await once(leaving, "close")

    await client.sandbox.idle()

    expect(client.sandbox.control.loads().load_count).toBe(1)
  })

  it("leaves the world alone when it is stopped or reset meanwhile", async () => {
    const client = await aSandbox({ settings: { latency_ms: 60 } })
    const sent = client.api("POST", "/user", { body: aProfile() })
    const { control } = client.sandbox
    control.armFault({ fault: "delay_then_execute", delay_ms: 0 })
    await until("the request arrived", () => control.faults().length === 0)

    control.reset()

    expect((await sent).status).toBe(201)
    expect(control.state()).toMatchObject({ user_count: 0, last_seq: 3 })
  })
})

describe("the page", () => {
  it("is one file that allows nothing but itself", async () => {
    const client = await aSandbox({ apiKey: `k"><script>alert(1)</script>` })

    const page = await client.call("GET", "/")

    expect(page.status).toBe(200)
    expect(page.headers.get("content-type")).toMatch(/^text\/html/)
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'sha256-/
    )
    expect(page.text).not.toContain("<script>alert(1)")
    expect(page.text).not.toMatch(/(src|href)="?(https?:)?\/\//)
    expect(page.text).toMatch(/nothing here is real money/)
  })

  it("runs a script that is one, with a row for each kind of journal entry", async () => {
    const client = await aSandbox()

    const { text } = await client.call("GET", "/")

    const script = /<script>([^]*)<\/script>/.exec(text)?.[1] ?? ""
    expect(() => new Script(script)).not.toThrow()
    expect(script).toMatch(
      /ROW_OF = {\s+request: \w+, movement: \w+, payout: \w+, note: \w+, webhook: \w+,\s+}/
    )
    expect(text).toContain('id="deliveries"')
    expect(text).toContain('id="payouts"')
  })

  it("has no way to turn text from the API into markup", async () => {
    const client = await aSandbox()

    const { text } = await client.call("GET", "/")

    expect(text).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/
    )
  })
})
