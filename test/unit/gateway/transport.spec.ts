import net from "node:net"

import { callResultOf } from "../../../src/modules/masspay-gateway/call-result"
import { readRetryAfter } from "../../../src/modules/masspay-gateway/http/request"
import { createTransport } from "../../../src/modules/masspay-gateway/http/transport"
import type { TransportRequest } from "../../../src/modules/masspay-gateway/types"
import type { WireOptions } from "../../../src/options"
import {
  type Answer,
  gatewayErrorOf,
  json,
  KEY,
  listen,
  startServer,
  until,
  wireOptionsFor,
} from "./support"

const READ: TransportRequest = { method: "GET", path: ["load", "usr_1"] }
const WRITE: TransportRequest = {
  method: "POST",
  path: ["load", "usr_1"],
  body: '{"amount":12.50}',
  idempotency_key: "mpl-1",
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(answer: Answer, overrides: Partial<WireOptions> = {}) {
  const server = await startServer(answer)
  stops.push(server.stop)
  const transport = createTransport(wireOptionsFor(server.url, overrides))
  return { server, transport }
}

/** Anything that speaks TCP but not necessarily HTTP. */
async function serveRaw(onConnection: (socket: net.Socket) => void) {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => undefined)
    onConnection(socket)
  })
  const url = await listen(server)
  stops.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return url
}

async function closedPort(): Promise<string> {
  const server = net.createServer()
  const url = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return url
}

describe("what never leaves", () => {
  it.each([
    ["a key on a read", { ...READ, idempotency_key: "k" }],
    ["a body on a read", { ...READ, body: "{}" }],
    ["a write without a key", { method: "POST", path: ["user"], body: "{}" }],
    ["a key with a line break", { ...WRITE, idempotency_key: "a\r\nb: c" }],
    ["a key that is too long", { ...WRITE, idempotency_key: "k".repeat(256) }],
    ["a segment with a slash", { ...READ, path: ["load", "usr_1/../user"] }],
    [
      "a segment with a query",
      { ...READ, path: ["load", "usr_1?load_token=x"] },
    ],
    ["an encoded slash", { ...READ, path: ["load", "usr_1%2Fx"] }],
    ["dots", { ...READ, path: ["load", ".."] }],
    ["an empty segment", { ...READ, path: ["load", ""] }],
    ["a segment that is too long", { ...READ, path: ["load", "u".repeat(81)] }],
    ["no path at all", { ...READ, path: [] }],
  ] satisfies [string, TransportRequest][])(
    "refuses %s",
    async (_, request) => {
      const { server, transport } = await serve(json(200, {}))

      const error = await gatewayErrorOf(transport.send(request))

      expect(error).toMatchObject({
        code: "masspay.misconfigured",
        burns_key: false,
      })
      expect(server.connections()).toBe(0)
    }
  )
})

describe("a request", () => {
  it("carries the stored bytes, its key and the credential, and nothing is repeated", async () => {
    const body = '{"notes":"Grüße","amount":12.50,  "n":1.0}'
    const { server, transport } = await serve(json(200, { ok: true }))

    const answer = await transport.send({ ...WRITE, body })

    expect(answer).toEqual({
      status: 200,
      body: { ok: true },
      // Of the answer's Date header.
      answered_at: expect.any(Date) as Date,
    })
    expect(server.seen).toHaveLength(1)
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      url: "/v1.0.0/payout/load/usr_1",
      body,
    })
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "idempotency-key": "mpl-1",
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": expect.stringMatching(
        /^medusa-plugin-masspay\/\d+\.\d+\.\d+ node\//
      ) as unknown,
    })
  })

  it("is a read without key and content type, with its query encoded", async () => {
    const { server, transport } = await serve(json(200, []))

    await transport.send({
      method: "GET",
      path: ["user", "lookup"],
      query: { email: "a+b@example.com", x: "1&y=2" },
    })

    expect(server.seen[0]?.url).toBe(
      "/v1.0.0/payout/user/lookup?email=a%2Bb%40example.com&x=1%26y%3D2"
    )
    expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key")
    expect(server.seen[0]?.headers).not.toHaveProperty("content-type")
  })

  it("can carry the bare key in another header, and then in no other", async () => {
    const { server, transport } = await serve(json(200, []), {
      auth: { header: "apiKey", scheme: "" },
    })

    await transport.send(READ)

    expect(server.seen[0]?.headers.apikey).toBe(KEY)
    expect(server.seen[0]?.headers).not.toHaveProperty("authorization")
  })

  it("goes past a proxy that the environment names", async () => {
    const proxy = await startServer(json(200, { from: "proxy" }))
    stops.push(proxy.stop)
    const { transport } = await serve(json(200, { from: "MassPay" }))
    const before = { ...process.env }
    Object.assign(process.env, {
      HTTP_PROXY: proxy.url,
      http_proxy: proxy.url,
      NO_PROXY: "",
      no_proxy: "",
    })
    try {
      expect((await transport.send(READ)).body).toEqual({ from: "MassPay" })
    } finally {
      process.env = before
    }
    expect(proxy.seen).toHaveLength(0)
  })

  it("takes an empty success as null", async () => {
    const { transport } = await serve((response) =>
      response.writeHead(204).end()
    )

    expect(await transport.send(READ)).toMatchObject({
      status: 204,
      body: null,
    })
  })
})

describe("the deadline", () => {
  const DEADLINE = { deadlineMs: 1_000 }

  it("does not wait for an answer that never comes", async () => {
    const { server, transport } = await serve(() => undefined, DEADLINE)

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.outcome_unknown",
    })
    expect(await gatewayErrorOf(transport.send(READ))).toMatchObject({
      code: "masspay.unavailable",
    })
    await until("the connections to be closed", () => server.sockets.size === 0)
  })

  it("covers a body that trickles, byte after byte, for ever", async () => {
    const { transport } = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json" })
      const timer = setInterval(() => response.write(" "), 20)
      response.on("close", () => {
        clearInterval(timer)
      })
    }, DEADLINE)
    const start = performance.now()

    const error = await gatewayErrorOf(transport.send(WRITE))

    expect(error).toMatchObject({
      code: "masspay.outcome_unknown",
      message: expect.stringContaining("deadline") as unknown,
    })
    expect(performance.now() - start).toBeLessThan(30_000)
  })

  it("covers a TLS handshake that never ends, and then nothing was sent", async () => {
    const received: Buffer[] = []
    const url = await serveRaw((socket) =>
      socket.on("data", (data) => received.push(data))
    )
    const transport = createTransport(
      wireOptionsFor(url.replace("http:", "https:"), DEADLINE)
    )

    const error = await gatewayErrorOf(transport.send(WRITE))

    expect(error).toMatchObject({
      code: "masspay.unreachable",
      message: expect.stringContaining("deadline") as unknown,
    })
    expect(Buffer.concat(received).toString("latin1")).not.toContain("POST")
  })

  it("covers the wait for a free slot, and then nothing was sent", async () => {
    const { server, transport } = await serve(() => undefined, {
      ...DEADLINE,
      inFlight: 1,
    })

    const [first, second] = await Promise.all([
      gatewayErrorOf(transport.send(WRITE)),
      gatewayErrorOf(transport.send({ ...WRITE, idempotency_key: "mpl-2" })),
    ])

    expect(first.code).toBe("masspay.outcome_unknown")
    expect(second.code).toBe("masspay.unreachable")
    expect(
      server.seen.map(({ headers }) => headers["idempotency-key"])
    ).toEqual(["mpl-1"])
  })
})

describe("a sender that stood still", () => {
  it.each([
    ["before it was connected", 1],
    ["after that, with everything ready to be written", 2],
  ])("writes no byte when its time was over %s", async (_, late_from) => {
    const { server, transport } = await serve(json(200, {}))
    let asked = 0
    const is_too_late = () => (asked += 1) >= late_from

    expect(
      await gatewayErrorOf(transport.send({ ...WRITE, is_too_late }))
    ).toMatchObject({
      code: "masspay.unreachable",
      disposition: "retry",
      burns_key: false,
    })
    expect(asked).toBe(late_from)
    // What was held back is not sent later either.
    await transport.send(READ)
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"])
  })

  it("is asked on a connection that is used again, too", async () => {
    const { server, transport } = await serve(json(200, {}))
    await transport.send(READ)
    let asked = 0
    const is_too_late = () => (asked += 1) >= 2

    await gatewayErrorOf(transport.send({ ...WRITE, is_too_late }))
    await transport.send(READ)
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"])
  })

  it("sends what is in time", async () => {
    const { server, transport } = await serve(json(200, {}))

    await transport.send({ ...WRITE, is_too_late: () => false })
    expect(server.seen).toHaveLength(1)
  })
})

describe("a connection that never was", () => {
  it("proves that nothing was sent when the port is closed", async () => {
    const transport = createTransport(wireOptionsFor(await closedPort()))

    for (const request of [READ, WRITE]) {
      expect(await gatewayErrorOf(transport.send(request))).toMatchObject({
        code: "masspay.unreachable",
        disposition: "retry",
        burns_key: false,
        message: expect.stringContaining("ECONNREFUSED") as unknown,
      })
    }
  })

  it("proves that nothing was sent when the name is unknown", async () => {
    const transport = createTransport(wireOptionsFor("http://masspay.invalid"))

    const error = await gatewayErrorOf(transport.send(WRITE))

    expect(error.code).toBe("masspay.unreachable")
    expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN/)
  })

  it("proves that nothing was sent when the other end does not speak TLS", async () => {
    const { server } = await serve(json(200, {}))
    const transport = createTransport(
      wireOptionsFor(server.url.replace("http:", "https:"))
    )

    const error = await gatewayErrorOf(transport.send(WRITE))

    expect(error.code).toBe("masspay.unreachable")
    expect(server.seen).toHaveLength(0)
  })
})

describe("a deadline that strikes at any moment", () => {
  it("never calls a write unsent that the server has seen, now or later", async () => {
    const { server } = await serve((response, request) => {
      response.setHeader("Connection", "close")
      json(200, {})(response, request)
    })
    const outcomes = new Map<string, string>()

    for (let n = 0; n < 300; n += 1) {
      const idempotency_key = `key-${n}`
      // A new transport has no connection yet, so the deadline may strike while it connects.
      const deadlineMs = n % 5
      const transport = createTransport(
        wireOptionsFor(server.url, { deadlineMs })
      )
      const code = await transport.send({ ...WRITE, idempotency_key }).then(
        () => "answered",
        (error: unknown) => (error as { code: string }).code
      )
      outcomes.set(idempotency_key, code)
    }
    // One more request through: whatever was on its way has arrived by then.
    await createTransport(wireOptionsFor(server.url)).send(READ)
    await until("all connections to end", () => server.sockets.size === 0)

    const seen = server.seen.map(({ headers }) => headers["idempotency-key"])
    const unsent = [...outcomes].filter(
      ([, code]) => code === "masspay.unreachable"
    )
    expect(unsent.length).toBeGreaterThan(0)
    expect(unsent.filter(([key]) => seen.includes(key))).toEqual([])
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe("a connection that breaks", () => {
  it.each([
    [
      "is reset before an answer",
      (socket: net.Socket) => socket.resetAndDestroy(),
    ],
    ["is closed before an answer", (socket: net.Socket) => socket.end()],
    [
      "is reset after half a header",
      (socket: net.Socket) =>
        socket.write("HTTP/1.1 200 O", () => socket.resetAndDestroy()),
    ],
    [
      "talks gibberish",
      (socket: net.Socket) => socket.end("SMTP ready\r\n\r\n"),
    ],
  ])("leaves a write unknown when it %s", async (_, act) => {
    const url = await serveRaw((socket) =>
      socket.once("data", () => act(socket))
    )
    const transport = createTransport(wireOptionsFor(url))

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.outcome_unknown",
      burns_key: false,
    })
    expect(await gatewayErrorOf(transport.send(READ))).toMatchObject({
      code: "masspay.unavailable",
      disposition: "retry",
    })
  })

  it.each([200, 400, 401, 429])(
    "believes no status, not even %i, whose body was cut off",
    async (status) => {
      const { transport } = await serve((response) => {
        response.writeHead(status, { "Content-Length": "1000" })
        response.write('{"message":"half of ', () =>
          response.socket?.resetAndDestroy()
        )
      })

      expect((await gatewayErrorOf(transport.send(WRITE))).code).toBe(
        "masspay.outcome_unknown"
      )
    }
  )

  it("believes no success that ends early on a closed connection", async () => {
    const { transport } = await serve((response) => {
      response.writeHead(200, { Connection: "close" })
      response.end('{"load_token":"ld_1","sta')
    })

    expect((await gatewayErrorOf(transport.send(WRITE))).code).toBe(
      "masspay.outcome_unknown"
    )
  })

  it("is used again while it is good", async () => {
    const { server, transport } = await serve(json(200, {}))

    for (let n = 0; n < 3; n += 1) await transport.send(READ)

    expect(server.connections()).toBe(1)
  })

  it("leaves a write unknown when it turns out stale: the server may have read it", async () => {
    const { server, transport } = await serve((response, request) => {
      if (request.method === "GET") json(200, {})(response, request)
      else response.socket?.resetAndDestroy()
    })
    await transport.send(READ)

    const error = await gatewayErrorOf(transport.send(WRITE))

    expect(server.seen.map(({ connection }) => connection)).toEqual([1, 1])
    expect(error.code).toBe("masspay.outcome_unknown")
  })

  it("leaves a write unknown when the server closed the idle connection just before", async () => {
    const { server, transport } = await serve(json(200, {}))
    await transport.send(READ)
    const [socket] = server.sockets
    // The client has no turn of its event loop in which to notice.
    socket?.resetAndDestroy()
    const sending = transport.send(WRITE)

    const outcome = await sending.then(
      () => "sent anew",
      (error: unknown) => (error as { code: string }).code
    )

    expect(["sent anew", "masspay.outcome_unknown"]).toContain(outcome)
    expect(server.seen.filter(({ method }) => method === "POST").length).toBe(
      outcome === "sent anew" ? 1 : 0
    )
  })
})

describe("an answer", () => {
  it("that redirects is not followed, whatever the status", async () => {
    const target = await startServer(json(200, {}))
    stops.push(target.stop)
    for (const status of [301, 302, 303, 307, 308]) {
      const { transport } = await serve((response) =>
        response
          .writeHead(status, { Location: `${target.url}/elsewhere` })
          .end()
      )

      for (const request of [READ, WRITE]) {
        expect(await gatewayErrorOf(transport.send(request))).toMatchObject({
          code: "masspay.misconfigured",
          block: "config",
          http_status: status,
          burns_key: false,
        })
      }
    }
    expect(target.seen).toHaveLength(0)
  })

  it("that is larger than 10 MB is dropped", async () => {
    const { transport } = await serve((response) => {
      response.writeHead(200)
      const chunk = Buffer.alloc(1024 * 1024, 0x20)
      const write = () => {
        while (!response.destroyed && response.write(chunk)) continue
      }
      response.on("drain", write)
      write()
    })

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.outcome_unknown",
      message: expect.stringContaining("too large") as unknown,
    })
    expect((await gatewayErrorOf(transport.send(READ))).code).toBe(
      "masspay.unavailable"
    )
  })

  it.each([
    ["HTML", "<html>Welcome</html>"],
    ["half of a JSON text", '{"load_token":"ld'],
    ["two JSON texts", "{}{}"],
    ["NaN", "NaN"],
  ])("of 200 with %s proves nothing", async (_, text) => {
    const { transport } = await serve(json(200, text))

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.outcome_unknown",
      http_status: 200,
    })
    expect(await gatewayErrorOf(transport.send(READ))).toMatchObject({
      code: "masspay.off_contract",
      http_status: 200,
    })
  })

  it("of 502 with a gateway's HTML is unknown, and does not burn the key", async () => {
    const { transport } = await serve(
      json(502, "<html><h1>502 Bad Gateway</h1></html>")
    )

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.outcome_unknown",
      http_status: 502,
      burns_key: false,
    })
  })

  it("of 429 carries how long to wait", async () => {
    const { transport } = await serve((response) =>
      response.writeHead(429, { "Retry-After": "7" }).end()
    )

    expect(await gatewayErrorOf(transport.send(WRITE))).toMatchObject({
      code: "masspay.throttled",
      disposition: "retry",
      retry_after_ms: 7_000,
    })
  })
})

describe("limits", () => {
  it("never has more requests under way than allowed", async () => {
    let now = 0
    let most = 0
    const { transport } = await serve(
      (response, request) => {
        now += 1
        most = Math.max(most, now)
        setImmediate(() => {
          now -= 1
          json(200, {})(response, request)
        })
      },
      { inFlight: 3 }
    )

    await Promise.all(Array.from({ length: 20 }, () => transport.send(READ)))

    expect(most).toBeLessThanOrEqual(3)
  })

  it("keeps a slot for an answer somebody waits for, however long the backlog", async () => {
    const held: (() => void)[] = []
    const { server, transport } = await serve(
      (response, request) => {
        if (request.url.includes("interactive"))
          json(200, {})(response, request)
        else held.push(() => json(200, {})(response, request))
      },
      { inFlight: 2 }
    )
    const backlog = (["dispatch", "lookup"] as const).flatMap((lane) =>
      Array.from({ length: 20 }, () =>
        transport.send({ ...READ, path: [lane], lane })
      )
    )
    await until("the slots of the backlogs", () => held.length === 3)

    await transport.send({ ...READ, path: ["interactive"] })

    const paths = server.seen.map(({ url }) => url.split("/").pop())
    expect(paths.sort()).toEqual([
      "dispatch",
      "dispatch",
      "interactive",
      "lookup",
    ])
    const done = Promise.all(backlog)
    await releaseAll(held, () => server.seen.length === 41)
    await done
  })

  it("refuses at once what would make the queue of a lane too long, and sends no byte of it", async () => {
    const held: (() => void)[] = []
    const { server, transport } = await serve(
      (response, request) => {
        held.push(() => json(200, {})(response, request))
      },
      { inFlight: 1 }
    )
    const send = () => transport.send({ ...WRITE, lane: "dispatch" })
    const accepted = Array.from({ length: 65 }, send)

    const error = await gatewayErrorOf(send())

    expect(error).toMatchObject({
      code: "masspay.unreachable",
      disposition: "retry",
      burns_key: false,
    })
    expect(callResultOf(error)).toEqual({ kind: "not_sent" })
    const done = Promise.all(accepted)
    await releaseAll(held, () => server.seen.length === 65)
    await done
    expect(server.seen).toHaveLength(65)
  })

  it.each([
    ["7", 7_000],
    ["0", 0],
    [" 12 ", 12_000],
    ["999999", 900_000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
    ["-5x", undefined],
    [undefined, undefined],
  ])("reads Retry-After %p as %p ms", (value, expected) => {
    expect(readRetryAfter(value, new Date("2026-01-01T00:00:00Z"))).toBe(
      expected
    )
  })
})

/** Answers what is held, and what comes in its place, until the last one has come. */
async function releaseAll(
  held: (() => void)[],
  isLast: () => boolean
): Promise<void> {
  await until("the last request", () => {
    for (const release of held.splice(0)) release()
    return isLast()
  })
  for (const release of held.splice(0)) release()
}
