import {
  aLoadBody,
  aSandbox,
  balances,
  type Client,
  details,
  field,
  type Reply,
  rows,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser, type Paid } from "./support/money"
import { anOffer } from "./support/payouts"

afterEach(stopSandboxes)

async function load(client: Client, paid: Paid, id: string): Promise<void> {
  const body = await aLoadBody(client, { client_load_id: id, amount: 10 })
  await client.api("POST", `/load/${paid.user}`, { body })
}

async function addRule(
  client: Client,
  paid: Paid,
  overrides: object = {}
): Promise<Reply> {
  const { token } = await anOffer(client, "USA", "Sandbox Card")
  return client.api("POST", `/wallet/${paid.user}/${paid.wallet}/autopayout`, {
    body: { destination_token: token, percentage: 50, ...overrides },
  })
}

describe("an autopayout rule", () => {
  it("pays its share of each load, listed as a withdrawal, until it is deleted", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    const path = `/wallet/${paid.user}/${paid.wallet}/autopayout`

    const rule = await addRule(client, paid)
    await load(client, paid, "b")
    expect(balances(client).users).toBe("USD 15.50")
    expect((await client.api("GET", path)).json).toEqual([rule.json])
    const history = await client.api(
      "GET",
      `/user/${paid.user}/history?type=payout`
    )
    expect(history.json).toMatchObject([
      {
        source_amount: 5,
        destination_token: field(rule, "destination_token"),
        status: "COMPLETED",
      },
    ])

    const token = field(rule, "token")
    const deleted = await client.api("DELETE", `${path}?token=${token}`)
    expect(deleted.status).toBe(200)
    await load(client, paid, "c")
    expect(balances(client).users).toBe("USD 25.50")
    const again = await client.api("DELETE", `${path}?token=${token}`)
    expect(again.status).toBe(404)
  })

  it("stands beside what is set for all, which cannot be deleted", async () => {
    const client = await aSandbox({ settings: { autopayout_percentage: 20 } })
    const paid = await aPaidUser(client)
    const path = `/wallet/${paid.user}/${paid.wallet}/autopayout`
    await addRule(client, paid)

    const listed = rows(await client.api("GET", path))
    expect(listed).toMatchObject([{ percentage: 20 }, { percentage: 50 }])
    await load(client, paid, "b")
    expect(balances(client).users).toBe("USD 11.40")
    const kept = await client.api(
      "DELETE",
      `${path}?token=${String(listed[0]?.token)}`
    )
    expect(kept.status).toBe(404)
  })

  it.each([
    [{ percentage: 0 }, /above 0, up to 100/],
    [{ percentage: 100.5 }, /above 0, up to 100/],
    [{ percentage: 33.333 }, /at most 2 decimals/],
    [{ destination_token: "dest_x" }, /no destination_token/],
    [{ attr_set_token: "attr_set_x" }, /attr_set_token is no set/],
  ])("is not %j", async (overrides, detail) => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const reply = await addRule(client, paid, overrides)

    expect(reply.status).toBe(400)
    expect(details(reply).join()).toMatch(detail)
  })

  it("takes 100 with the others at most, and cannot change money", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    const { token } = await anOffer(client, "BRA", "Sandbox Banco Brasilia")
    await addRule(client, paid)

    const tooMuch = await addRule(client, paid, { percentage: 50.01 })
    const foreign = await addRule(client, paid, { destination_token: token })

    expect(details(tooMuch)[0]).toContain("more than 100")
    expect(details(foreign)[0]).toContain("cannot change money")
    expect((await addRule(client, paid)).status).toBe(201)
  })
})
