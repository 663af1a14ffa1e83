import {
  aLoadBody,
  aSandbox,
  aUser,
  type Client,
  type Reply,
  requests,
  stopSandboxes,
  until,
} from "./support/harness"
import { aReceiver, closeReceivers } from "./support/receiver"

afterEach(async () => {
  await stopSandboxes()
  await closeReceivers()
})

const SANDBOX_LINKS = { upload_links: "sandbox" } as const
const PNG = "\x89PNG not really"
const IMAGE = { "content-type": "image/png" }

function aForm(
  part = `name="document"; filename="id.png"\r\nContent-Type: image/png\r\n\r\n${PNG}`
): { body: string; headers: Record<string, string> } {
  return {
    body: `--mark\r\nContent-Disposition: form-data; ${part}\r\n--mark--\r\n`,
    headers: { "content-type": "multipart/form-data; boundary=mark" },
  }
}

async function aLockedUser(
  client: Client,
  kind: "identity" | "bank_document" | "missing_id" = "identity"
): Promise<{ user: string; path: string }> {
  const user = await aUser(client)
  const { lock } = client.sandbox.control.lockUser(user, kind)
  return { user, path: new URL(lock?.link ?? "").pathname }
}

async function payTo(client: Client, user: string): Promise<Reply> {
  return client.api("POST", `/load/${user}`, { body: await aLoadBody(client) })
}

function statusOf(client: Client, user: string): string | undefined {
  const { users } = client.sandbox.control.state()
  return users.find(({ user_token }) => user_token === user)?.status
}

describe("a link", () => {
  it("opens once: a second upload changes nothing", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { user, path } = await aLockedUser(client)

    const first = await client.call("POST", path, aForm())
    client.sandbox.control.lockUser(user, "bank_document")
    const second = await client.call("POST", path, aForm())

    expect([first.status, second.status]).toEqual([200, 410])
    expect(second.text).toMatch(/This link was used/)
    expect((await client.call("GET", path)).status).toBe(410)
    expect(statusOf(client, user)).toBe("LOCKED")
  })

  it.each(["/upload/", "/upload/nobody", "/upload/__proto__", "/tax/none"])(
    "that was never given out: %s",
    async (path) => {
      const client = await aSandbox({ settings: SANDBOX_LINKS })
      const { user } = await aLockedUser(client)

      const seen = await client.call("GET", path)
      const sent = await client.call("POST", path, aForm())

      expect([seen.status, sent.status]).toEqual([404, 404])
      expect(statusOf(client, user)).toBe("LOCKED")
    }
  )

  it.each([
    ["another site", { origin: "https://evil.example" }, 421],
    ["a page that hides where it is", { origin: "null" }, 421],
    ["another page of this machine", { origin: "http://localhost:9000" }, 403],
    ["what the browser calls foreign", { "sec-fetch-site": "cross-site" }, 403],
  ])("posted to by %s does nothing", async (_who, headers, status) => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { user, path } = await aLockedUser(client)
    const form = aForm()

    const reply = await client.call("POST", path, {
      ...form,
      headers: { ...form.headers, ...headers },
    })

    expect(reply.status).toBe(status)
    expect(statusOf(client, user)).toBe("LOCKED")
  })

  it("that is only looked at does nothing, and names nobody", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { user, path } = await aLockedUser(client)

    const page = await client.call("GET", path)

    expect(page.status).toBe(200)
    expect(page.text).toMatch(/government-issued ID/)
    expect(page.text).not.toMatch(/Ada|Byron|example\.com|usr_/)
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-.*form-action 'self'/
    )
    // Under no-referrer the browser would post with an Origin of "null".
    expect(page.headers.get("referrer-policy")).toBe("same-origin")
    expect(page.text).not.toMatch(/<script|(src|href)="?(https?:)?\/\//)
    expect(statusOf(client, user)).toBe("LOCKED")
    expect((await client.call("DELETE", path)).status).toBe(405)
  })

  it("of a lock that is no more leads nowhere", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { control } = client.sandbox
    const { user, path } = await aLockedUser(client)
    control.lockUser(user, "bank_document")
    const { path: latest } = await aLockedUser(client)
    control.unlockUser(user)
    control.lockUser(user, "inactive")

    const reply = await client.call("POST", path, aForm())

    expect(reply.status).toBe(410)
    expect(statusOf(client, user)).toBe("LOCKED")
    expect((await client.call("GET", latest)).status).toBe(200)
  })

  it("is in no journal", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { user, path } = await aLockedUser(client)
    await payTo(client, user)
    await client.call("POST", path, aForm())
    await client.api("GET", `/user/${user}/kyc/veriff`)

    const secret = path.split("/").at(-1) ?? "none"
    expect(JSON.stringify(client.sandbox.control.journal())).not.toContain(
      secret
    )
    expect(requests(client)).toHaveLength(4)
  })
})

describe("what is uploaded", () => {
  it.each([
    ["nothing", { body: "", headers: IMAGE }, 400, /Choose a file/],
    [
      "an empty file field",
      aForm(
        'name="document"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
      ),
      400,
      /Choose a file/,
    ],
    ["a field that is no file", aForm('name="a"\r\n\r\nb'), 400, /Choose/],
    [
      "half a form",
      { ...aForm(), body: aForm().body.slice(0, -12) },
      400,
      /cut off/,
    ],
    [
      "a program",
      aForm(
        'name="d"; filename="a.html"\r\nContent-Type: text/html\r\n\r\n<script>'
      ),
      415,
      /picture or a PDF/,
    ],
  ])(
    "%s is refused, and the link stays open",
    async (_what, form, status, says) => {
      const client = await aSandbox({ settings: SANDBOX_LINKS })
      const { user, path } = await aLockedUser(client)

      const reply = await client.call("POST", path, form)

      expect(reply.status).toBe(status)
      expect(reply.text).toMatch(says)
      expect(statusOf(client, user)).toBe("LOCKED")
      expect((await client.call("POST", path, aForm())).status).toBe(200)
    }
  )

  it("may have 10 MB and not a byte more", async () => {
    const client = await aSandbox({ settings: SANDBOX_LINKS })
    const { user, path } = await aLockedUser(client)
    const full = "x".repeat(10 * 1024 * 1024)
    const send = async (body: string): Promise<number> =>
      (await client.call("POST", path, { body, headers: IMAGE })).status

    expect(await send(`${full}x`)).toBe(413)
    expect(await send(`${full}${"x".repeat(100 * 1024)}`)).toBe(413)
    expect(statusOf(client, user)).toBe("LOCKED")
    expect(await send(full)).toBe(200)
    expect(statusOf(client, user)).toBe("ACTIVE")
  })
})

describe("papers", () => {
  it.each(["identity", "bank_document", "missing_id"] as const)(
    "that were asked for (%s) let the user be paid",
    async (kind) => {
      const client = await aSandbox({ settings: SANDBOX_LINKS })
      const { user } = await aLockedUser(client, kind)
      const refused = await payTo(client, user)
      const link = /http:\/\/127\.0\.0\.1:\d+\/upload\/[0-9a-f]{32}/.exec(
        refused.text
      )?.[0]
      expect(refused.status).toBe(400)

      const upload = await client.call(
        "POST",
        new URL(link ?? "").pathname,
        aForm()
      )

      expect(upload.text).toMatch(/were accepted/)
      expect(statusOf(client, user)).toBe("ACTIVE")
      expect((await payTo(client, user)).status).toBe(201)
    }
  )

  it("are looked at for as long as is set, on the virtual clock", async () => {
    const client = await aSandbox({
      webhooks: {},
      settings: { ...SANDBOX_LINKS, kyc_review_seconds: 90 },
    })
    const { control, webhooks } = client.sandbox
    const { user, path } = await aLockedUser(client)
    webhooks.take()

    const upload = await client.call("POST", path, aForm())
    control.moveClock({ advance_ms: 89_000 })
    expect(upload.text).toMatch(/being looked at/)
    expect(statusOf(client, user)).toBe("LOCKED")
    expect((await client.call("POST", path, aForm())).status).toBe(410)
    control.moveClock({ advance_ms: 1_000 })

    expect(statusOf(client, user)).toBe("ACTIVE")
    expect(
      webhooks.take().map(({ body }) => JSON.parse(body) as unknown)
    ).toMatchObject([
      { event_type: "kyc", status: "Submitted" },
      { event_type: "kyc", status: "Approved" },
      { event_type: "user", user_token: user, status: "ACTIVE" },
    ])
  })

  it("are reviewed by themselves while the clock runs", async () => {
    const receiver = await aReceiver()
    const client = await aSandbox({
      isClockFrozen: false,
      webhooks: { url: receiver.url },
      settings: { ...SANDBOX_LINKS, kyc_review_seconds: 1 },
    })
    const { user, path } = await aLockedUser(client)
    await client.call("POST", path, aForm())

    // Nobody asks the sandbox for anything meanwhile.
    await until("the user is told to be active", () =>
      receiver.received.some(({ json }) => json.status === "ACTIVE")
    )
    expect(statusOf(client, user)).toBe("ACTIVE")
  })

  it("that are declined leave the user locked, with a new link", async () => {
    const client = await aSandbox({
      settings: { ...SANDBOX_LINKS, kyc_review: "decline" },
    })
    const { control } = client.sandbox
    const { user, path } = await aLockedUser(client)

    const upload = await client.call("POST", path, aForm())

    expect(upload.text).toMatch(/were not accepted/)
    expect((await client.call("GET", path)).status).toBe(410)
    const lock = control.state().users[0]?.lock
    const next = new URL(lock?.link ?? "").pathname
    expect(next).not.toBe(path)
    expect((await payTo(client, user)).text).toContain(next)
    control.changeSettings({ kyc_review: "approve" })
    await client.call("POST", next, aForm())
    expect(statusOf(client, user)).toBe("ACTIVE")
  })

  it("that could not be read are asked for once more, by the same link", async () => {
    const client = await aSandbox({
      settings: { ...SANDBOX_LINKS, kyc_review: "resubmit" },
    })
    const { control } = client.sandbox
    const { user, path } = await aLockedUser(client)
    await client.call("POST", path, aForm())

    const page = await client.call("GET", path)
    expect(page.status).toBe(200)
    expect(page.text).toMatch(/could not be read/)
    control.changeSettings({ kyc_review: "manual" })
    await client.call("POST", path, aForm())
    expect(control.kycSessions(user)).toMatchObject([{ status: "Resubmitted" }])
    expect(statusOf(client, user)).toBe("LOCKED")

    const [session] = control.kycSessions(user)
    control.setKycStatus(session?.session_id ?? "", "Approved")
    expect(statusOf(client, user)).toBe("ACTIVE")
  })

  it("do not bring back who was deactivated", async () => {
    const client = await aSandbox({
      settings: { ...SANDBOX_LINKS, kyc_review_seconds: 5 },
    })
    const { control } = client.sandbox
    const { user, path } = await aLockedUser(client)
    await client.call("POST", path, aForm())
    control.deactivateUser(user)
    control.moveClock({ advance_ms: 10_000 })

    expect(statusOf(client, user)).toBe("DEACTIVE")
  })
})

describe("where links point", () => {
  it("is to MassPay's hosts unless set otherwise; the secret opens the page anyhow", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const user = await aUser(client)
    const { lock } = control.lockUser(user, "identity")
    expect(lock?.link).toMatch(/^https:\/\/magic\.veriff\.me\/v[0-9a-f]{32}$/)

    const path = `/upload/${lock?.link?.slice(-32)}`
    expect((await client.call("GET", path)).status).toBe(200)
    control.changeSettings({ upload_links: "sandbox" })
    expect(control.state().users[0]?.lock?.link).toBe(
      `${client.sandbox.url}${path}`
    )
  })
})
