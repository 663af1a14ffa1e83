import {
  aLoadBody,
  aSandbox,
  aUser,
  balances,
  type Client,
  containing,
  executedLoads,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser, spendBack } from "./support/money"

afterEach(stopSandboxes)

function reasons(client: Client): string[] {
  return client.sandbox.control
    .journal()
    .entries.flatMap((entry) =>
      entry.kind === "movement" && entry.reason !== "funding"
        ? [`${entry.reason} ${entry.amount}`]
        : []
    )
}

describe("a user who spends her money", () => {
  it("leaves nothing to reverse or to spend back", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    client.sandbox.control.withdraw(paid.wallet, { amount: "all" })

    const reversal = await client.api(
      "DELETE",
      `/load/${paid.user}?load_token=${paid.load}`
    )
    const back = await spendBack(client, paid, { amount: 0.01 })
    expect([reversal.status, back.status]).toEqual([400, 400])
    expect(reasons(client)).toEqual(["load 10.50", "withdrawal 10.50"])
    expect(balances(client).users).toBe("USD 0.00")
  })

  it("may take a part, and all of nothing, but not more than there is", async () => {
    const client = await aSandbox()
    const { wallet } = await aPaidUser(client)
    const path = `/sandbox/wallets/${wallet}/withdraw`
    const take = (
      amount: unknown
    ): Promise<{ status: number; json: unknown }> =>
      client.call("POST", path, { body: { amount } })

    expect(await take(0.5)).toMatchObject({ json: { balance: "10.00" } })
    expect(await take(10.01)).toMatchObject({
      status: 409,
      json: { error: "The wallet holds only 10.00" },
    })
    expect(await take("all")).toMatchObject({ json: { balance: "0.00" } })
    expect(await take("all")).toMatchObject({ status: 200 })
    expect(await take("ALL")).toMatchObject({ status: 400 })
    expect(await take(null)).toMatchObject({ status: 400 })
    expect(reasons(client)).toEqual([
      "load 10.50",
      "withdrawal 0.50",
      "withdrawal 10.00",
    ])
  })

  it("empties all her wallets at once, and nobody else's", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    await aPaidUser(client, { client_load_id: "other" })
    await client.api("POST", `/load/${paid.user}`, {
      body: await aLoadBody(client, {
        client_load_id: "euro",
        source_currency_code: "EUR",
      }),
    })

    const reply = await client.call(
      "POST",
      `/sandbox/users/${paid.user}/withdraw`
    )

    expect(reply.json).toMatchObject({
      wallets: [
        { currency_code: "USD", balance: "0.00" },
        { currency_code: "EUR", balance: "0.00" },
      ],
    })
    expect(balances(client).users).toBe("USD 0.00, USD 10.50, EUR 0.00")
    const nobody = await client.call("POST", "/sandbox/users/usr_x/withdraw")
    expect(nobody.status).toBe(404)
  })
})

describe("autopayout", () => {
  it("empties each wallet as a load arrives, where it is set to", async () => {
    const client = await aSandbox({ settings: { autopayout_percentage: 100 } })

    const paid = await aPaidUser(client)

    expect(balances(client).users).toBe("USD 0.00")
    expect(reasons(client)).toEqual(["load 10.50", "autopayout 10.50"])
    expect(executedLoads(client)).toEqual({ "load-1": 1 })
    expect((await spendBack(client, paid)).status).toBe(400)
  })

  it("takes a share, rounded down, of what arrives and not of the rest", async () => {
    const client = await aSandbox()
    const { user } = await aPaidUser(client)
    client.sandbox.control.setAutopayout(user, { percentage: 50 })

    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, { client_load_id: "b", amount: 0.03 }),
    })

    expect(reasons(client)).toEqual([
      "load 10.50",
      "load 0.03",
      "autopayout 0.01",
    ])
  })

  it("is set for one user, also to none, whatever is set for all", async () => {
    const client = await aSandbox({ settings: { autopayout_percentage: 100 } })
    const user = await aUser(client)
    const path = `/sandbox/users/${user}/autopayout`

    const none = await client.call("POST", path, { body: { percentage: 0 } })
    await client.api("POST", `/load/${user}`, { body: await aLoadBody(client) })
    expect(none.json).toMatchObject({ autopayout_percentage: 0 })
    expect(balances(client).users).toBe("USD 10.50")

    await client.call("POST", path, { body: { percentage: null } })
    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, { client_load_id: "b" }),
    })
    expect(balances(client).users).toBe("USD 10.50")
    expect(reasons(client).at(-1)).toBe("autopayout 10.50")
  })

  it("follows a scheduled load too", async () => {
    const client = await aSandbox({ settings: { autopayout_percentage: 100 } })
    const user = await aUser(client)
    await client.api("POST", `/load/${user}`, {
      body: await aLoadBody(client, {
        time_to_process: "2026-03-02T13:00:00Z",
      }),
    })

    client.sandbox.control.moveClock({ advance_ms: 3_600_000 })

    expect(reasons(client)).toEqual(["load 10.50", "autopayout 10.50"])
  })

  it.each([101, -1, 1.5, "all", undefined])(
    "cannot be %p percent",
    async (percentage) => {
      const client = await aSandbox()
      const user = await aUser(client)

      const reply = await client.call(
        "POST",
        `/sandbox/users/${user}/autopayout`,
        { body: { percentage } }
      )

      expect(reply).toMatchObject({
        status: 400,
        json: { error: containing("percentage") },
      })
    }
  )
})
