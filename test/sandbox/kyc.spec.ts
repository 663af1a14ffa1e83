import { FAKE_TIN } from "../../sandbox"
import {
  aLoadBody,
  anyText,
  aSandbox,
  aUser,
  type Client,
  details,
  field,
  like,
  rows,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

type Told = { event_type: string; status: string }

const PNG = Buffer.from("89504e470d0a1a0a00", "hex").toString("base64")
const JPEG = Buffer.from("ffd8ffe000", "hex").toString("base64")
const SANDBOX_LINKS = { upload_links: "sandbox" } as const

function upload(client: Client, url: string): ReturnType<Client["call"]> {
  return client.call("POST", new URL(url).pathname, {
    body: "picture",
    headers: { "content-type": "image/jpeg" },
  })
}

describe("a session", () => {
  it.each([
    ["veriff", "Veriff"],
    ["au10tix", "Au10tix"],
  ])("with %s: each look makes another", async (path, provider) => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const user = await aUser(client)

    const first = await client.api("GET", `/user/${user}/kyc/${path}`)
    const second = await client.api("GET", `/user/${user}/kyc/${path}`)

    const url = field(first, "session_url")
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/upload\/[0-9a-f]{32}$/)
    expect(field(second, "session_url")).not.toBe(url)
    expect(rows(await client.api("GET", `/user/${user}/kyc/id`))).toEqual([
      {
        provider,
        session_id: anyText,
        session_time: "2026-03-02T12:00:00.000Z",
        status: "Started",
      },
      expect.objectContaining({ provider, status: "Started" }),
    ])
  })

  it("that is approved clears what was asked for about the person, and no more", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { control } = client.sandbox
    const user = await aUser(client)
    const bring = async (): Promise<void> => {
      const session = await client.api("GET", `/user/${user}/kyc/veriff`)
      const sent = await upload(client, field(session, "session_url"))
      expect(sent.status).toBe(200)
    }

    control.lockUser(user, "bank_document")
    await bring()
    expect(control.state().users[0]?.status).toBe("LOCKED")
    control.lockUser(user, "inactive")
    await bring()
    expect(control.state().users[0]).toMatchObject({
      status: "ACTIVE",
      lock: null,
    })
  })

  it("does not list what MassPay itself asks for", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    client.sandbox.control.lockUser(user, "bank_document")

    const sessions = await client.api("GET", `/user/${user}/kyc/id`)

    expect(rows(sessions)).toEqual([])
    expect(client.sandbox.control.kycSessions(user)).toMatchObject([
      { asks: "bank_document", link: like(/^https:\/\/l\.maspay\.io\//) },
    ])
  })

  it("takes every status that is scripted", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const user = await aUser(client)
    await client.api("GET", `/user/${user}/kyc/veriff`)
    const [session] = control.kycSessions(user)
    const id = session?.session_id ?? ""

    for (const status of ["Review", "Expired", "Resubmission requested"]) {
      const reply = await client.call("POST", `/sandbox/kyc/${id}/status`, {
        body: { status },
      })
      expect(reply.json).toMatchObject({ session_id: id, status })
    }
    const [listed] = rows(await client.api("GET", `/user/${user}/kyc/id`))
    expect(listed).toMatchObject({
      status: "Resubmission requested",
      resp: { reason: anyText },
    })
    const wrong = await client.call("POST", `/sandbox/kyc/${id}/status`, {
      body: { status: "approved" },
    })
    const nobody = await client.call("POST", "/sandbox/kyc/kyc_0/status", {
      body: { status: "Approved" },
    })
    expect([wrong.status, nobody.status]).toEqual([400, 404])
  })

  it("is for users who are there and not deactivated", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    client.sandbox.control.deactivateUser(user)

    const gone = await client.api("GET", `/user/${user}/kyc/veriff`)
    const nobody = await client.api("GET", "/user/usr_0/kyc/veriff")
    const none = await client.api("GET", "/user/usr_0/kyc/id")

    expect([gone.status, nobody.status, none.status]).toEqual([400, 404, 404])
    expect(client.sandbox.control.kycSessions(user)).toEqual([])
  })
})

describe("photos", () => {
  const photos = [
    { type: "face", content: PNG },
    { type: "document-front", content: JPEG },
  ]

  it("make a locked user payable, and what she was asked for before is over", async () => {
    const client = await aSandbox({ webhooks: {} })
    const user = await aUser(client)
    client.sandbox.control.lockUser(user, "missing_id")
    const body = await aLoadBody(client)

    const sent = await client.api("POST", `/user/${user}/kyc/id`, {
      body: photos,
    })

    expect(sent.status).toBe(200)
    expect(client.sandbox.control.kycSessions(user)).toMatchObject([
      { status: "Abandoned" },
      { status: "Approved", link: null },
    ])
    const told = client.sandbox.webhooks.take().map((sent) => {
      const { event_type, status } = JSON.parse(sent.body) as Told
      return `${event_type} ${status}`
    })
    expect(told).toEqual([
      "user ACTIVE",
      "kyc Submitted",
      "kyc Approved",
      "kyc Abandoned",
      "user ACTIVE",
    ])
    const paid = await client.api("POST", `/load/${user}`, { body })
    expect(paid.status).toBe(201)
  })

  it.each([
    ["no list", {}, /JSON array/],
    ["an empty list", [], /at least one/],
    ["an unknown type", [{ type: "selfie", content: PNG }], /type of 0/],
    ["a type twice", [photos[0], photos[0]], /type of 1 is there twice/],
    ["no picture", [{ type: "face", content: "SGVsbG8=" }], /content of 0/],
    ["no base64", [{ type: "face", content: `${PNG}?` }], /content of 0/],
    ["no content", [{ type: "face" }], /content of 0/],
    ["a text", ["face"], /type of 0/],
  ])("that are %s change nothing", async (_what, body, problem) => {
    const client = await aSandbox()
    const user = await aUser(client)
    client.sandbox.control.lockUser(user, "identity")

    const reply = await client.api("POST", `/user/${user}/kyc/id`, { body })

    expect(reply.status).toBe(400)
    expect(details(reply).join("; ")).toMatch(problem)
    expect(client.sandbox.control.state().users[0]?.status).toBe("LOCKED")
  })

  it("may have 10 MB together and not more", async () => {
    const client = await aSandbox()
    const user = await aUser(client)
    const half = (bytes: number): string =>
      Buffer.concat([
        Buffer.from("ffd8ff", "hex"),
        Buffer.alloc(bytes - 3),
      ]).toString("base64")
    const send = async (bytes: number): Promise<number> => {
      const body = [
        { type: "face", content: half(5 * 1024 * 1024) },
        { type: "document-front", content: half(bytes) },
      ]
      return (await client.api("POST", `/user/${user}/kyc/id`, { body })).status
    }

    expect(await send(5 * 1024 * 1024)).toBe(200)
    expect(await send(5 * 1024 * 1024 + 1)).toBe(400)
    expect(await send(8 * 1024 * 1024)).toBe(413)
  })
})

describe("the tax interview", () => {
  async function anInterview(
    client: Client,
    user: string,
    query = ""
  ): Promise<string> {
    const reply = await client.api("GET", `/${user}/tax${query}`)
    expect(reply.status).toBe(200)
    return new URL(field(reply, "interview_url")).pathname
  }

  it("is told once, in MassPay's own casing, and goes back to where it came from", async () => {
    const client = await aSandbox({ webhooks: {} })
    const user = await aUser(client)
    const back = "https://shop.example/tax?done=%22yes%22"
    const path = await anInterview(
      client,
      user,
      `?return_url=${encodeURIComponent(back)}`
    )

    const page = await client.call("GET", path)
    const done = await client.call("POST", path, {})
    const again = await client.call("POST", path, {})

    expect([page.status, done.status, again.status]).toEqual([200, 200, 410])
    expect(page.text).not.toMatch(/Ada|Byron|example\.com/)
    expect(done.text).toContain(`href="${back}"`)
    const told = client.sandbox.webhooks.take()
    expect(told).toHaveLength(1)
    expect(told[0]?.event_type).toBeNull()
    const body = JSON.parse(told[0]?.body ?? "") as Record<string, unknown>
    expect(body).toMatchObject({
      AccountId: user,
      TIN: FAKE_TIN,
      TINType: "SSN",
      TaxStatus: "TaxInfoOnFile",
      FormType: "W9",
    })
    expect(body).not.toHaveProperty("event_type")
  })

  it("leaves no tax number and no link in the journal or the state", async () => {
    const client = await aSandbox({ webhooks: {} })
    const user = await aUser(client)
    const path = await anInterview(client, user)
    await client.call("POST", path, {})
    const { control, webhooks } = client.sandbox

    const kept = JSON.stringify([
      control.journal(),
      control.state(),
      webhooks.deliveries(),
    ])

    expect(kept).toContain("TaxInfoOnFile")
    expect(kept).not.toContain(FAKE_TIN)
    expect(kept).not.toContain(path.slice(5))
  })

  it.each(["javascript:alert(1)", "ftp://x", "x".repeat(3_000)])(
    "does not go back to %p",
    async (url) => {
      const client = await aSandbox()
      const user = await aUser(client)
      const query = `?return_url=${encodeURIComponent(url)}`

      const reply = await client.api("GET", `/${user}/tax${query}`)

      expect(reply.status).toBe(400)
    }
  )
})
