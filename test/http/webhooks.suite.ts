import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { kernelFrom } from "../../src/kernel"
import testWebhook from "../../src/scripts/check-webhook"
import { OLD_SECRET, signatureFor, WEBHOOK_SECRET } from "../support/webhooks"
import { checksumOf } from "./support/checksum"
import type { HostSuite } from "./support/host"
import { restOf, runJob, runJobs, until, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"
import { post, postEvent } from "./support/webhooks"

const ADA = "ven_ada"
const PRIVATE = [
  "123-45-6789",
  "jane@example.com",
  "Jane Private",
  "4111111111111111",
  WEBHOOK_SECRET,
  "https://l.maspay.io/private",
]

export const webhooks: HostSuite = ({
  shop,
  getContainer,
  admin,
  sandbox,
  http,
  url,
}) => {
  const books = async () => (await kernelFrom(getContainer())).books
  const inbox = async () =>
    (await books()).rows<{ state: string; kind: string; reason: string }>(
      `select state, kind, reason from masspay_webhook_event
          order by received_at, id`
    )

  async function paidLoad() {
    await shop.registerVendors({ [ADA]: aContact() })
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price: "10.00", vendor_id: ADA }],
    })
    await shop.pay(order)
    await shop.complete(order)
    await until("the wallet to be loaded", async () => {
      await runJobs(getContainer())
      return walletsOf(sandbox())["ada@example.com"] === "10.00 USD"
    })
    await runJobs(getContainer())
    const [load] = sandbox().control.loads().loads
    if (!load) throw new Error("Nothing was loaded")
    return load
  }
  const statusOf = async (): Promise<string | undefined> => {
    const rows = await (
      await books()
    ).rows<{ status: string }>(`select status from masspay_payout`)
    return rows[0]?.status
  }

  it("what MassPay says is looked up within seconds, and nothing else is believed", async () => {
    const { load_token, client_load_id } = await paidLoad()
    const event = (status: string) => ({
      event_type: "load",
      load_token,
      client_load_id,
      status,
    })
    expect(await postEvent(url(), event("CANCELLED"))).toMatchObject({
      status: 200,
      text: '{"received":true}',
    })
    await until("the message to be looked into", async () => {
      await restOf(getContainer())
      const [row] = await (
        await books()
      ).rows(
        `select id from masspay_webhook_event where truth_status is not null`
      )
      return row
    })
    expect(await statusOf()).toBe("completed")

    sandbox().control.setLoadStatus(load_token, "CANCELLED")
    // Of another second, and so another delivery.
    const timestamp = String(Math.floor(Date.now() / 1000) - 60)
    const body = JSON.stringify(event("CANCELLED"))
    const signatures = [signatureFor(body, { timestamp, secret: OLD_SECRET })]
    expect((await post(url(), body, { signatures })).status).toBe(200)
    await until("the flip to be booked", async () => {
      await runJob(getContainer(), "masspay-apply-webhooks")
      return (await statusOf()) === "cancelled"
    })
    expect((await inbox()).length).toBe(2)
    expect((await post(url(), body, { signatures })).status).toBe(200)
    expect((await inbox()).length).toBe(2)
  })

  it("whatever is no genuine delivery is refused and changes nothing", async () => {
    const { load_token, client_load_id } = await paidLoad()
    const event = {
      event_type: "load",
      load_token,
      client_load_id,
      status: "CANCELLED",
    }
    const body = JSON.stringify(event)
    const good = signatureFor(body)
    const before = await checksumOf(getContainer())

    const answers = [
      await post(url(), body, { signatures: [] }),
      await post(url(), body, {
        signatures: [signatureFor(body, { secret: "x" })],
      }),
      await post(url(), `${body} `, { signatures: [good] }),
      await post(url(), body.slice(0, -1), { signatures: [good] }),
      await post(url(), "", { signatures: [good] }),
      await post(url(), body, {
        signatures: [
          signatureFor(body, {
            timestamp: String(Math.floor(Date.now() / 1000) + 400),
          }),
        ],
      }),
      await post(url(), body, {
        signatures: [
          signatureFor(body, {
            timestamp: String(Math.floor(Date.now() / 1000) - 90_000),
          }),
        ],
      }),
    ]
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    // The same few bytes, whatever was wrong.
    expect(new Set(answers.map(({ text }) => text))).toEqual(
      new Set(['{"received":false}'])
    )
    for (const signatures of [
      [good, good],
      [`${good},${good}`],
      ["nonsense"],
      [`${good},v=1`],
    ]) {
      expect((await post(url(), body, { signatures })).status).toBe(400)
    }
    const big = JSON.stringify({ ...event, notes: "x".repeat(256 * 1024) })
    expect((await post(url(), big)).status).toBe(413)
    await expect(
      post(url(), body, { is_cut: true, content_length: 10_000 })
    ).rejects.toThrow()
    await runJob(getContainer(), "masspay-apply-webhooks")

    expect(await checksumOf(getContainer())).toEqual(before)
    expect(await statusOf()).toBe("completed")
  })

  it("reads the bytes, whatever type they are said to be", async () => {
    const body = ' {"event_type" : "card.shipped"}\n'
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=utf-16",
      "multipart/form-data; boundary=x",
      "image/png",
      "nonsense",
    ]
    // Read once: as the clock goes on, two would be of one second, and one delivery.
    const now_s = Math.floor(Date.now() / 1000)
    for (const [at, content_type] of types.entries()) {
      const timestamp = String(now_s - at)
      const signatures = [signatureFor(body, { timestamp })]
      const answer = await post(url(), body, { content_type, signatures })
      expect([content_type, answer.status]).toEqual([content_type, 200])
    }
    const padded = `{"event_type":"x","pad":"${"x".repeat(256 * 1024 - 40)}"}`
    expect(Buffer.byteLength(padded)).toBeLessThanOrEqual(256 * 1024)
    expect((await post(url(), padded)).status).toBe(200)
    expect(await inbox()).toHaveLength(types.length + 1)
  })

  it("never says 200 for what it could not store", async () => {
    const db = await books()
    await db.rows(`alter table masspay_webhook_event rename to away`)
    const event = { event_type: "card.shipped" }
    const answer = await postEvent(url(), event)
    expect(answer).toMatchObject({ status: 503, text: '{"received":false}' })
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0)
    expect(
      (await postEvent(url(), event, { signatures: ["nonsense"] })).status
    ).toBe(400)
    await db.rows(`alter table away rename to masspay_webhook_event`)
    expect((await postEvent(url(), event)).status).toBe(200)
    expect(await inbox()).toHaveLength(1)
  })

  it("nothing private reaches a table, a line of the log or an answer", async () => {
    const logger = getContainer().resolve<Logger>(
      ContainerRegistrationKeys.LOGGER
    )
    const lines: string[] = []
    const spies = (["info", "warn", "error", "debug"] as const).map((level) =>
      jest.spyOn(logger, level).mockImplementation((...line: unknown[]) => {
        lines.push(line.map(String).join(" "))
      })
    )
    try {
      const { load_token, client_load_id } = await paidLoad()
      const [user] = sandbox().control.state().users
      const details = {
        TIN: "123-45-6789",
        EmailAddress: "jane@example.com",
        LegalName: "Jane Private",
        notes: "4111111111111111 https://l.maspay.io/private",
        status_reason:
          "jane@example.com 123-45-6789 4111111111111111 https://l.maspay.io/private",
      }
      const events = [
        {
          event_type: "load",
          load_token,
          client_load_id,
          status: "COMPLETED",
        },
        {
          event_type: "user",
          user_token: user?.user_token,
          status: "ACTIVE",
        },
        {
          IdentityKey: "123-45-6789",
          AccountId: user?.user_token,
          TaxStatus: "TaxInfoOnFile",
        },
        { event_type: "jane@example.com" },
        { event_type: "card.shipped", user_token: "Jane Private" },
        { event_type: "balance_credit", source: "Jane Private", amount: 5 },
      ]
      const texts: string[] = []
      for (const event of events) {
        const { status, text } = await postEvent(url(), {
          ...event,
          ...details,
        })
        expect(status).toBe(200)
        texts.push(text)
      }
      const forged = await postEvent(url(), details, {
        signatures: [signatureFor("x", { secret: "y" })],
      })
      texts.push(forged.text)
      await runJobs(getContainer())
      const { get } = await admin()
      texts.push(JSON.stringify(await get("webhook-events")))

      const seen = [...texts, ...lines, await dumpOf()].join("\n")
      for (const text of [...PRIVATE, OLD_SECRET]) {
        expect(seen).not.toContain(text)
      }
      expect(lines.length).toBeGreaterThan(0)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  })

  async function dumpOf(): Promise<string> {
    const db = await books()
    const tables = await db.rows<{ name: string }>(
      `select table_name as name from information_schema.tables
          where table_schema = 'public' and table_name like 'masspay%'`
    )
    const dumps = await Promise.all(
      tables.map(({ name }) =>
        db.rows<{ row: string }>(`select t::text as row from "${name}" t`)
      )
    )
    return dumps
      .flat()
      .map(({ row }) => row)
      .join("\n")
  }

  it("operators see what came, filter it, and take it up again", async () => {
    const { get, post: act, refusal } = await admin()
    await postEvent(url(), { event_type: "card.shipped" })
    await postEvent(url(), {
      event_type: "load",
      load_token: "lod_x",
      status: "COMPLETED",
    })
    await runJob(getContainer(), "masspay-apply-webhooks")
    type Page = {
      webhook_events: { id: string; kind: string }[]
      count: number
    }
    const page = await get<Page>("webhook-events?state=ignored&limit=1")
    expect(page).toMatchObject({ count: 2, limit: 1, offset: 0 })
    const loads = await get<Page>("webhook-events?kind=load&reason=foreign")
    expect(loads.webhook_events).toMatchObject([
      {
        kind: "load",
        state: "ignored",
        reason: "foreign",
        status: "COMPLETED",
        remote_token: "lod_x",
      },
    ])
    expect(JSON.stringify(page)).not.toContain("dedupe_key")
    const id = loads.webhook_events[0]?.id ?? ""
    expect(await get(`webhook-events/${id}`)).toMatchObject({
      webhook_event: { id, kind: "load" },
    })
    expect((await refusal("webhook-events/none")).status).toBe(404)
    expect((await refusal("webhook-events?state=odd")).status).toBe(400)
    expect((await refusal("webhook-events", {})).status).toBe(401)

    const again = { request_id: "again-1", reason: "It is ours after all" }
    const path = `webhook-events/${id}/redrive`
    const first = await act(path, again)
    expect(first).toMatchObject({
      status: 200,
      data: { webhook_event: { id, state: "received", attempts: 0 } },
    })
    expect(await act(path, again)).toEqual(first)
    expect(await act(path, { request_id: "x" })).toMatchObject({
      status: 400,
    })
    expect(
      await act("webhook-events/none/redrive", {
        ...again,
        request_id: "again-2",
      })
    ).toMatchObject({ status: 404 })
  })

  it("says why a delivery is refused, and stores nothing of it", async () => {
    const { post: act } = await admin()
    const before = await inbox()
    const sample = await act("webhooks/test", {})
    expect(sample).toMatchObject({
      status: 200,
      data: { is_sample: true, status: 200, kept: { kind: "load" } },
    })
    const body = '{"event_type":"load"}\n'
    const header = signatureFor(body.trim())
    expect(await act("webhooks/test", { header, body })).toMatchObject({
      data: {
        status: 401,
        checks: [
          { name: "header", passed: true },
          { name: "format", passed: true },
          { name: "signature", passed: false },
        ],
      },
    })
    expect(await act("webhooks/test", { header })).toMatchObject({
      status: 400,
    })
    const anyone = await http.post(
      "/admin/masspay/webhooks/test",
      {},
      {
        validateStatus: () => true,
      }
    )
    expect(anyone.status).toBe(401)
    expect(await inbox()).toEqual(before)

    const lines: string[] = []
    const write = jest
      .spyOn(console, "log")
      .mockImplementation((line: string) => void lines.push(line))
    try {
      await testWebhook({ container: getContainer(), args: [] })
      await testWebhook({ container: getContainer(), args: [header, body] })
    } finally {
      write.mockRestore()
    }
    expect(lines.join("\n")).toMatch(/200[\s\S]*401/)
    expect(lines.join("\n")).not.toContain(WEBHOOK_SECRET)
    expect(await inbox()).toEqual(before)
    process.exitCode = 0
  })
}
