import { inspect } from "node:util"

import { uploadLinksIn } from "../../../src/modules/masspay-gateway/http/upload-links"
import { createWire } from "../../../src/modules/masspay-gateway/wire"
import {
  type Answer,
  gatewayErrorOf,
  json,
  startServer,
  wireOptionsFor,
} from "./support"

const SECRET = "canarysession"
const LINK = `https://magic.veriff.me/v${SECRET}`

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(
  answer: Answer,
  overrides: Parameters<typeof wireOptionsFor>[1] = {}
) {
  const server = await startServer(answer)
  stops.push(server.stop)
  return { server, wire: createWire(wireOptionsFor(server.url, overrides)) }
}

describe("an identity session", () => {
  it.each(["veriff", "au10tix"] as const)(
    "of %s is made by one request, without a key",
    async (provider) => {
      const { server, wire } = await serve(json(200, { session_url: LINK }))

      expect(
        await wire.startKycSession({ user_token: "usr_1", provider })
      ).toBe(LINK)
      expect(server.seen).toHaveLength(1)
      expect(server.seen[0]).toMatchObject({
        method: "GET",
        url: `/v1.0.0/payout/user/usr_1/kyc/${provider}`,
      })
      expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key")
    }
  )

  it.each([
    [500, { message: LINK }],
    [404, { message: "no", code: 404 }],
    [400, { message: "no", code: 400, error: { details: [LINK] } }],
    [200, { session_url: 7, other: LINK }],
    [200, { session_url: `http://evil.example/${SECRET}` }],
    [200, { session_url: `javascript:alert("${SECRET}")` }],
    [200, { session_url: `https://user:${SECRET}@evil.example/` }],
    [200, { session_url: `https://evil.example/ ${SECRET}` }],
  ])(
    "is not repeated after %s, and its error shows no link",
    async (status, body) => {
      const { server, wire } = await serve(json(status, body), {
        environment: "production",
      })

      const error = await gatewayErrorOf(
        wire.startKycSession({ user_token: "usr_1", provider: "veriff" })
      )

      expect(server.seen).toHaveLength(1)
      const printed = [
        error.message,
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 20, showHidden: true }),
      ].join("\n")
      expect(printed).not.toContain(SECRET)
    }
  )

  it("leads to this machine only with a sandbox", async () => {
    const local = `http://127.0.0.1:4010/upload/${SECRET}`
    const answer = json(200, { session_url: local })
    const session = { user_token: "usr_1", provider: "veriff" } as const
    const sandbox = await serve(answer, { environment: "sandbox" })
    const live = await serve(answer, { environment: "production" })

    expect(await sandbox.wire.startKycSession(session)).toBe(local)
    expect(
      await gatewayErrorOf(live.wire.startKycSession(session))
    ).toMatchObject({ code: "masspay.off_contract" })
  })
})

describe("the list of identity sessions", () => {
  it("is read with what is known of each, the newest first, and nothing about the person", async () => {
    const { server, wire } = await serve(
      json(200, [
        {
          provider: "Veriff",
          session_id: "s1",
          session_time: "2026-01-01T00:00:00",
          status: "Declined",
          resp: { name: "Vera Private" },
        },
        {
          provider: "Au10tix",
          session_id: "s2",
          session_time: "2026-01-02T00:00:00Z",
          status: "Frozen",
        },
        { provider: "Newcomer", session_id: "s3", status: "Approved" },
      ])
    )

    expect(await wire.listKycSessions("usr_1")).toEqual([
      {
        provider: "UNRECOGNISED",
        session_id: "s3",
        started_at: null,
        status: "Approved",
      },
      {
        provider: "au10tix",
        session_id: "s2",
        started_at: new Date("2026-01-02T00:00:00Z"),
        status: "UNRECOGNISED",
      },
      {
        provider: "veriff",
        session_id: "s1",
        started_at: new Date("2026-01-01T00:00:00Z"),
        status: "Declined",
      },
    ])
    expect(server.seen[0]?.url).toBe("/v1.0.0/payout/user/usr_1/kyc/id")
  })

  it.each([
    [[], []],
    [null, []],
  ])("%j is none", async (body, sessions) => {
    const { wire } = await serve(json(200, body))

    expect(await wire.listKycSessions("usr_1")).toEqual(sessions)
  })

  it.each([{ sessions: [] }, [{ provider: "Veriff" }], ["s1"]])(
    "%j is not as agreed",
    async (body) => {
      const { wire } = await serve(json(200, body))

      expect(await gatewayErrorOf(wire.listKycSessions("usr_1"))).toMatchObject(
        { code: "masspay.off_contract" }
      )
    }
  )
})

describe("links of a payee's own", () => {
  it("to the tax interview come with where to return to", async () => {
    const { server, wire } = await serve(json(200, { interview_url: LINK }))

    const link = await wire.getTaxInterviewLink({
      user_token: "usr_1",
      return_url: "https://shop.example/back?a=1&b=2",
    })

    expect(link).toBe(LINK)
    expect(server.seen[0]?.url).toBe(
      "/v1.0.0/payout/usr_1/tax?return_url=https%3A%2F%2Fshop.example%2Fback%3Fa%3D1%26b%3D2"
    )
  })

  it("to activate her account are there until she has", async () => {
    const user = { user_token: "usr_1", status: "ACTIVE" }
    const open = await serve(json(200, { ...user, activation_url: LINK }))
    const done = await serve(json(200, user))

    expect(await open.wire.getActivationLink("usr_1")).toBe(LINK)
    expect(await done.wire.getActivationLink("usr_1")).toBeNull()
    // Where she is only read, it is left out.
    const read = await serve(
      json(200, { ...user, internal_user_id: "i", activation_url: LINK })
    )
    expect(JSON.stringify(await read.wire.getUser("usr_1"))).not.toContain(
      SECRET
    )
  })

  it("are refused where they are none", async () => {
    const { wire } = await serve(
      json(200, { interview_url: "x", activation_url: "ftp://x" })
    )

    for (const asked of [
      wire.getTaxInterviewLink({
        user_token: "usr_1",
        return_url: "https://a.b",
      }),
      wire.getActivationLink("usr_1"),
    ]) {
      expect(await gatewayErrorOf(asked)).toMatchObject({
        code: "masspay.off_contract",
      })
    }
  })
})

describe("upload links", () => {
  const local = "http://127.0.0.1:4010/upload/abc"

  it("lead to this machine only where that was allowed", () => {
    const text = `Please upload a government issued ID at the following link: ${local}.`

    expect(uploadLinksIn([text])).toEqual([])
    expect(uploadLinksIn([text], { may_be_local: true })).toEqual([
      { kind: "identity_document", url: local },
    ])
    for (const url of [
      "http://evil.example/x",
      "http://127.0.0.1.evil.example/x",
      "http://127.0.0.1@evil.example/x",
      "http://user@127.0.0.1/x",
    ]) {
      expect(uploadLinksIn([`see ${url}`], { may_be_local: true })).toEqual([])
    }
  })

  it("are found behind one that is not allowed", () => {
    expect(uploadLinksIn([`old ${local} new https://l.maspay.io/x`])).toEqual([
      { kind: "other", url: "https://l.maspay.io/x" },
    ])
  })
})
