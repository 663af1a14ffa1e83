import { aSandbox, aUser, type Client, stopSandboxes } from "./support/harness"
import { aPaidUser } from "./support/money"

afterEach(stopSandboxes)

async function statement(client: Client, query: string): Promise<string> {
  const { status, json } = await client.api("GET", `/account/statement${query}`)
  expect(status).toBe(200)
  const { content } = json as { content: string }
  return Buffer.from(content, "base64").toString("latin1")
}

describe("an account statement", () => {
  it("is a PDF of what moved on the funding wallets on these days", async () => {
    const client = await aSandbox()
    await aPaidUser(client)
    client.sandbox.control.moveClock({ advance_ms: 2 * 86_400_000 })
    client.sandbox.control.fund({ currency_code: "USD", amount: "77.00" })

    const first = await statement(
      client,
      "?start_date=2026-03-02&ending_date=2026-03-03"
    )
    expect(first.startsWith("%PDF-1.4\n")).toBe(true)
    expect(first.trimEnd().endsWith("%%EOF")).toBe(true)
    expect(first).toContain("-10.50 USD  load")
    expect(first).not.toContain("77.00")
    const second = await statement(
      client,
      "?start_date=2026-03-04&ending_date=2026-03-04"
    )
    expect(second).toContain("+77.00 USD  funding")
    expect(second).toContain("1 movements")
  })

  it("has every object where its table says, over several pages", async () => {
    const client = await aSandbox()
    for (let n = 0; n < 120; n += 1) {
      client.sandbox.control.fund({ currency_code: "USD", amount: "1.00" })
    }
    const text = await statement(
      client,
      "?start_date=2026-03-01&ending_date=2026-03-31"
    )
    expect(text).toContain("/Count 3")
    const table = /xref\n0 (\d+)\n([\s\S]*?)trailer/.exec(text)
    const offsets = table?.[2]?.match(/^\d{10}(?= 00000 n)/gm) ?? []
    expect(offsets).toHaveLength(Number(table?.[1]) - 1)
    for (const [index, offset] of offsets.entries()) {
      expect(text.slice(Number(offset))).toMatch(
        new RegExp(`^${index + 1} 0 obj\n`)
      )
    }
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(start, start + 4)).toBe("xref")
    for (const [, length, body] of text.matchAll(
      /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g
    )) {
      expect(body).toHaveLength(Number(length))
    }
  })

  it.each([
    ["", "start_date"],
    ["?start_date=2026-03-01", "ending_date"],
    ["?start_date=2026-03-01&end_date=2026-03-02", "ending_date"],
    ["?start_date=2026-03-02&ending_date=2026-03-01", "ending_date"],
    ["?start_date=2026-03-01&ending_date=2026-04-01", "ending_date"],
    ["?start_date=2026-02-30&ending_date=2026-03-01", "start_date"],
  ])("is refused for the days %s", async (query, field) => {
    const client = await aSandbox()
    const { status, text } = await client.api(
      "GET",
      `/account/statement${query}`
    )
    expect({ status, names: text.includes(field) }).toEqual({
      status: 400,
      names: true,
    })
  })
})

describe("autopayout rules", () => {
  it("are what is set for her, or for all, and go where her money goes", async () => {
    const client = await aSandbox()
    const { user, wallet } = await aPaidUser(client)
    const rules = async () =>
      (await client.api("GET", `/wallet/${user}/${wallet}/autopayout`)).json
    expect(await rules()).toEqual([])

    client.sandbox.control.changeSettings({ autopayout_percentage: 40 })
    expect(await rules()).toMatchObject([
      {
        token: expect.stringMatching(/^autopayout_/) as string,
        percentage: 40,
      },
    ])
    client.sandbox.control.setAutopayout(user, { percentage: 100 })
    expect(await rules()).toEqual(await rules())
    expect(await rules()).toMatchObject([{ percentage: 100 }])
    client.sandbox.control.setAutopayout(user, { percentage: 0 })
    expect(await rules()).toEqual([])
  })

  it("are of her own wallets only", async () => {
    const client = await aSandbox()
    const { wallet } = await aPaidUser(client)
    const other = await aUser(client, {
      email: "other@example.com",
      internal_user_id: "other",
    })
    const { status } = await client.api(
      "GET",
      `/wallet/${other}/${wallet}/autopayout`
    )
    expect(status).toBe(404)
  })
})
