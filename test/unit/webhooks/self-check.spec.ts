import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"

import { createWebhooks } from "../../../src/modules/masspay-gateway/webhooks"
import {
  postSelfTest,
  selfTestProof,
} from "../../../src/modules/masspay-gateway/webhooks/self-check"
import { signatureFor } from "../../support/webhooks"

const SECRET = "whsec-self-canary-1"
const OPTIONS = {
  secrets: [SECRET],
  stale: "hint",
  toleranceSeconds: 300,
} as const
const webhooks = (secrets: string[] = [SECRET]) =>
  createWebhooks({ ...OPTIONS, secrets })

let server: Server
let listener: RequestListener
let hits: string[] = []
const address = () =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const selfTest = (deadline_ms?: number, secrets = [SECRET]) =>
  postSelfTest(
    { ...OPTIONS, secrets, publicUrl: `${address()}/hooks/masspay` },
    new Date(),
    deadline_ms === undefined ? {} : { deadline_ms }
  )

/** The webhook route, as far as it answers self-tests. */
const shopWith =
  (secrets: string[]): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const received = webhooks(secrets).receive({
        headers: [String(request.headers["x-masspay-signature"])],
        body: Buffer.concat(chunks),
        now: new Date(),
      })
      const isOurs = received.verdict === "self_test"
      response.writeHead(isOurs ? 200 : 401)
      response.end(
        JSON.stringify({
          received: isOurs,
          ...(isOurs && { self_test: received.proof }),
        })
      )
    })
  }

beforeAll((done) => {
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    listener(request, response)
  }).listen(0, "127.0.0.1", done)
})
beforeEach(() => {
  hits = []
})
afterAll((done) => {
  server.closeAllConnections()
  server.close(done)
})

it("proves that a route with the same secret answers", async () => {
  listener = shopWith([SECRET])
  expect(await selfTest()).toEqual({
    host: new URL(address()).host,
    result: { got: "proof" },
  })
  expect(hits).toEqual(["POST /hooks/masspay"])
})

it("also while the secret is being replaced", async () => {
  listener = shopWith(["whsec-new", SECRET])
  const { result } = (await selfTest(undefined, [SECRET, "whsec-new"])) ?? {}
  expect(result).toEqual({ got: "proof" })
})

it("another secret is refused", async () => {
  listener = shopWith(["whsec-other"])
  expect((await selfTest())?.result).toEqual({
    got: "refused",
    http_status: 401,
  })
})

it.each([
  ["nothing", ""],
  ["what the route answers a real message", '{"received":true}'],
  ["a made-up proof", `{"received":true,"self_test":"${"0".repeat(64)}"}`],
])("a 200 with %s proves nothing", async (_, text) => {
  listener = (_request, response) => response.end(text)
  expect((await selfTest())?.result).toEqual({
    got: "no_proof",
    http_status: 200,
  })
})

it("never follows a redirect, not even to the right place", async () => {
  listener = (request, response) => {
    if (request.url === "/hooks/masspay") {
      response.writeHead(307, { location: `${address()}/other` })
      response.end()
    } else shopWith([SECRET])(request, response)
  }
  expect((await selfTest())?.result).toEqual({
    got: "redirect",
    http_status: 307,
  })
  expect(hits).toEqual(["POST /hooks/masspay"])
})

it("ends at its deadline, and hides why in one word", async () => {
  listener = () => undefined
  const began = performance.now()
  expect((await selfTest(200))?.result).toEqual({
    got: "no_answer",
    failure: "no answer in time",
  })
  expect(performance.now() - began).toBeLessThan(5_000)
})

it("says which way it failed where nobody listens", async () => {
  const result = await postSelfTest(
    {
      ...OPTIONS,
      secrets: [SECRET],
      publicUrl: "http://127.0.0.1:9/hooks/masspay",
    },
    new Date()
  )
  expect(result?.result).toEqual({ got: "no_answer", failure: "ECONNREFUSED" })
})

it("posts nothing without an address", async () => {
  expect(
    await postSelfTest({ ...OPTIONS, secrets: [SECRET] }, new Date())
  ).toBeNull()
})

describe("what counts as a self-test", () => {
  const NONCE = "0123456789abcdef0123456789abcdef"
  const test = { event_type: "masspay_plugin.self_test", nonce: NONCE }
  const receive = (
    body: string,
    headers = [signatureFor(body, { secret: SECRET })]
  ) => webhooks().receive({ headers, body: Buffer.from(body), now: new Date() })

  it("is only what this shop signed", () => {
    const body = JSON.stringify(test)
    expect(receive(body).verdict).toBe("self_test")
    expect(receive(body, []).verdict).toBe("refused")
    expect(
      receive(body, [signatureFor(body, { secret: "whsec-other" })]).verdict
    ).toBe("refused")
  })

  it.each([
    ["a load", { event_type: "load", nonce: NONCE }],
    ["no nonce", { event_type: test.event_type }],
    ["another kind of nonce", { ...test, nonce: "a".repeat(31) }],
    ["a long one", { ...test, more: "x".repeat(300) }],
    ["a list", [test]],
  ])("%s is none, and stays what it was", (_, event) => {
    expect(receive(JSON.stringify(event)).verdict).toBe("genuine")
  })

  it("its proof is no signature that the route would take", () => {
    const proof = selfTestProof(
      { secrets: [SECRET] },
      Buffer.from(JSON.stringify(test))
    )
    expect(proof).toMatch(/^[0-9a-f]{64}$/)
    for (const timestamp of ["self-test", "0"]) {
      expect(
        webhooks().receive({
          headers: [`t=${timestamp},s=${String(proof).repeat(2)}`],
          body: Buffer.from(NONCE),
          now: new Date(),
        }).verdict
      ).toBe("refused")
    }
  })
})
