import {
  aSandbox,
  aUser,
  balances,
  DAY_MS,
  details,
  field,
  fundingToken,
  lastRequest,
  like,
  rows,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser, aSpendbackBody, spendBack } from "./support/money"

afterEach(stopSandboxes)

describe("a spendback", () => {
  it("moves the amount from the user's wallet to the funding wallet", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    const funding = await fundingToken(client)

    const reply = await spendBack(client, paid, {
      notes: "Order 7",
      metadata: { batch_name: "July" },
    })

    expect(reply.status).toBe(201)
    expect(reply.json).toEqual({
      spendback_token: like(/^spnd_bk_[0-9a-f-]{36}$/),
      client_spendback_id: "back-1",
      status: "success",
    })
    expect(balances(client)).toEqual({
      funding: "USD 993.75, EUR 1000.00, JPY 100000",
      users: "USD 6.25",
    })
    const list = await client.api("GET", `/spendback/${paid.user}`)
    expect(list.json).toEqual([
      {
        spendback_token: field(reply, "spendback_token"),
        time_of_spendback: "2026-03-02T12:00:00.000Z",
        client_spendback_id: "back-1",
        source_token: paid.wallet,
        wallet_token: funding,
        amount: 4.25,
        source_currency_code: "USD",
        notes: "Order 7",
        metadata: { batch_name: "July" },
      },
    ])
    expect(client.sandbox.control.audit()).toMatchObject({
      is_sound: true,
      executed_spendbacks: { "back-1": 1 },
      repeats: [],
    })
  })

  it("leaves its mark on the journal", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const reply = await spendBack(client, paid)

    const token = field(reply, "spendback_token")
    const request = lastRequest(client)
    expect(request).toMatchObject({
      executed: true,
      client_load_id: null,
      client_spendback_id: "back-1",
      load_token: null,
      spendback_token: token,
    })
    expect(client.sandbox.control.journal().entries).toContainEqual(
      expect.objectContaining({
        kind: "movement",
        reason: "spendback",
        request_id: request.request_id,
        from: paid.wallet,
        amount: "4.25",
        user_token: paid.user,
        load_token: null,
        spendback_token: token,
        client_spendback_id: "back-1",
      })
    )
  })

  it("may take the whole wallet, to the last cent, and no cent more", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const more = await spendBack(client, paid, { amount: 10.51 })
    const whole = await spendBack(client, paid, { amount: 10.5 })
    const none = await spendBack(client, paid, {
      client_spendback_id: "back-2",
      amount: 0.01,
    })

    expect([more.status, whole.status, none.status]).toEqual([400, 201, 400])
    expect(details(more)).toEqual(["Insufficient funds in the user's wallet"])
    expect(balances(client)).toMatchObject({ users: "USD 0.00" })
    const list = await client.api("GET", `/spendback/${paid.user}`)
    expect(rows(list)).toHaveLength(1)
  })

  it("fails as a success where it is set to, and moves nothing", async () => {
    const client = await aSandbox({
      settings: { insufficient_wallet: "failure" },
    })
    const paid = await aPaidUser(client)

    const reply = await spendBack(client, paid, { amount: 10.51 })

    expect(reply).toMatchObject({
      status: 200,
      json: { status: "failure", client_spendback_id: "back-1" },
    })
    expect(balances(client)).toMatchObject({ users: "USD 10.50" })
    expect(client.sandbox.control.audit().executed_spendbacks).toEqual({})
    // It is listed like one that worked: the list has no status.
    const [listed] = rows(await client.api("GET", `/spendback/${paid.user}`))
    expect(listed).toMatchObject({ client_spendback_id: "back-1" })
    expect(listed).not.toHaveProperty("status")
    // Its id is used up, as that of a cancelled load is.
    expect((await spendBack(client, paid, { amount: 1 })).status).toBe(400)
  })

  it.each([
    [{ client_spendback_id: undefined }, /client_spendback_id is required/],
    [{ client_spendback_id: "" }, /must not be empty/],
    [{ client_spendback_id: "x".repeat(51) }, /at most 50 characters/],
    [{ source_token: undefined }, /source_token is required/],
    [{ amount: undefined }, /amount is required/],
    [{ amount: "4.25" }, /amount must be a number/],
    [{ amount: 0 }, /greater than 0/],
    [{ amount: -1 }, /positive/],
    [{ amount: 0.001 }, /at most 2 decimals/],
    [{ source_currency_code: "XXZ" }, /ISO 4217/],
    [{ notes: "x".repeat(256) }, /at most 255/],
    [{ metadata: [] }, /must be an object/],
  ])("is refused with %j, and leaves no trace", async (change, problem) => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const wrong = await spendBack(client, paid, { ...change, key: "k" })
    const right = await spendBack(client, paid, { key: "k" })

    expect(wrong.status).toBe(400)
    expect(details(wrong).join()).toMatch(problem)
    expect(right.status).toBe(201)
  })

  it("takes 50 characters of id, and USD for a currency left out", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const reply = await spendBack(client, paid, {
      client_spendback_id: "x".repeat(50),
      source_currency_code: undefined,
    })

    expect(reply.status).toBe(201)
  })

  it("debits nobody but the user it is for, in the wallet's currency", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    const other = await aUser(client)
    const funding = await fundingToken(client)
    const refusals = [
      await client.api("POST", `/spendback/${other}`, {
        body: aSpendbackBody(paid),
      }),
      await spendBack(client, paid, { source_token: funding }),
      await spendBack(client, paid, { source_token: "usr_wlt_x" }),
      await spendBack(client, paid, { source_currency_code: "EUR" }),
    ]
    const nobody = await client.api("POST", "/spendback/usr_x", {
      body: aSpendbackBody(paid),
    })

    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect(nobody.status).toBe(404)
    expect((await client.api("GET", "/spendback/usr_x")).status).toBe(404)
    expect(balances(client)).toMatchObject({ users: "USD 10.50" })
  })

  it("works for a locked user too", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    client.sandbox.control.lockUser(paid.user, "identity")

    expect((await spendBack(client, paid)).status).toBe(201)
  })
})

describe("sent again", () => {
  it("with its key, it is replayed and moves nothing twice", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)

    const first = await spendBack(client, paid, { key: "k" })
    const again = await spendBack(client, paid, { key: "k" })
    const other = await spendBack(client, paid, { key: "k", amount: 1 })

    expect(again.text).toBe(first.text)
    expect(other.status).toBe(400)
    expect(balances(client)).toMatchObject({ users: "USD 6.25" })
    expect(client.sandbox.control.audit().executed_spendbacks).toEqual({
      "back-1": 1,
    })
  })

  it("under another key, or when the key is forgotten, its id is refused", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    await spendBack(client, paid, { key: "k" })

    const other = await spendBack(client, paid, { key: "k2" })
    client.sandbox.control.moveClock({ advance_ms: DAY_MS })
    const late = await spendBack(client, paid, { key: "k" })

    expect([other.status, late.status]).toEqual([400, 400])
    expect(details(other)).toEqual(["Duplicate client_spendback_id"])
    expect(balances(client)).toMatchObject({ users: "USD 6.25" })
  })

  it("moves money again where ids are not looked at, and the audit says so", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_spendback_id: "allow" },
    })
    const paid = await aPaidUser(client)

    await spendBack(client, paid, { key: "k" })
    await spendBack(client, paid, { key: "k2" })

    expect(balances(client)).toMatchObject({ users: "USD 2.00" })
    expect(client.sandbox.control.audit()).toMatchObject({
      is_sound: true,
      executed_spendbacks: { "back-1": 2 },
      repeats: ['client_spendback_id "back-1" moved money 2 times'],
    })
  })

  it("has nothing to do with the ids and the setting of loads", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_load_id: "allow" },
    })
    const paid = await aPaidUser(client, { client_load_id: "same" })

    const first = await spendBack(client, paid, { client_spendback_id: "same" })
    const again = await spendBack(client, paid, { client_spendback_id: "same" })

    expect([first.status, again.status]).toEqual([201, 400])
  })
})

describe("in the history", () => {
  it("a spendback has a type with a space, a status and no client id", async () => {
    const client = await aSandbox({
      settings: { insufficient_wallet: "failure" },
    })
    const paid = await aPaidUser(client)
    const funding = await fundingToken(client)
    const made = await spendBack(client, paid)
    client.sandbox.control.moveClock({ advance_ms: 1_000 })
    await spendBack(client, paid, {
      client_spendback_id: "back-2",
      amount: 500,
    })

    for (const path of [`/user/${paid.user}/history`, "/user/history"]) {
      const back = rows(await client.api("GET", `${path}?type=spendback`))
      const all = rows(await client.api("GET", path))
      const loads = rows(await client.api("GET", `${path}?type=load`))
      const both = await client.api("GET", `${path}?type=load,spendback`)
      const hers = await client.api(
        "GET",
        `${path}?wallet_token=${paid.wallet}`
      )

      expect(back).toMatchObject([
        { type: "spend back", status: "CANCELLED", source_amount: 500 },
        {
          token: field(made, "spendback_token"),
          type: "spend back",
          status: "COMPLETED",
          source_token: paid.wallet,
          source_amount: 4.25,
          source_currency_code: "USD",
          destination_token: funding,
          destination_amount: 4.25,
          destination_currency_code: "USD",
          time_of_txn: "2026-03-02T12:00:00.000Z",
          user_token: paid.user,
        },
      ])
      expect(JSON.stringify(back)).not.toContain("back-1")
      expect(loads).toMatchObject([{ type: "load", token: paid.load }])
      expect(all.map((row) => row.token).sort()).toEqual(
        [...back, ...loads].map((row) => row.token).sort()
      )
      expect(both.json).toEqual(all)
      expect(hers.json).toEqual(all)
    }
    const wrong = await client.api("GET", "/user/history?type=spend%20back")
    expect(wrong.status).toBe(400)
  })

  it("loads and spendbacks share pages, and every row is on one of them", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    for (let n = 0; n < 9; n += 1) {
      const id = `back-${n}`
      await spendBack(client, paid, { client_spendback_id: id, amount: 1 })
      if (n % 3 === 0) client.sandbox.control.moveClock({ advance_ms: 1 })
    }

    const path = `/user/${paid.user}/history?number_of_records=4&page=`
    const pages = await Promise.all(
      [1, 2, 3].map(async (page) =>
        rows(await client.api("GET", `${path}${page}`))
      )
    )

    expect(pages.map((page) => page.length)).toEqual([4, 4, 2])
    expect(new Set(pages.flat().map((row) => row.token)).size).toBe(10)
  })
})

describe("faults", () => {
  it("200_cancelled: recorded as a failure, nothing moved", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    client.sandbox.control.armFault({ fault: "200_cancelled" })

    const reply = await spendBack(client, paid)

    expect(reply).toMatchObject({ status: 200, json: { status: "failure" } })
    expect(balances(client)).toMatchObject({ users: "USD 10.50" })
  })

  it("execute_then_500: saved under the key, though the money moved", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    client.sandbox.control.armFault({ fault: "execute_then_500" })

    const first = await spendBack(client, paid, { key: "k" })
    const again = await spendBack(client, paid, { key: "k" })

    expect([first.status, again.status]).toEqual([500, 500])
    expect(balances(client)).toMatchObject({ users: "USD 6.25" })
  })

  it("list_lag and the caps: the list keeps quiet about some", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const paid = await aPaidUser(client)
    await spendBack(client, paid, { client_spendback_id: "old", amount: 1 })
    control.moveClock({ advance_ms: 60_000 })
    await spendBack(client, paid, { client_spendback_id: "new", amount: 1 })
    const ids = async (): Promise<unknown[]> =>
      rows(await client.api("GET", `/spendback/${paid.user}`)).map(
        (row) => row.client_spendback_id
      )

    expect(await ids()).toEqual(["old", "new"])
    control.armFault({ fault: "list_lag", lag_ms: 30_000 })
    expect(await ids()).toEqual(["old"])
    control.armFault({ fault: "list_cap", max_rows: 1 })
    expect(await ids()).toEqual(["new"])
    control.changeSettings({ spendback_list_max_rows: 1 })
    expect(await ids()).toEqual(["new"])
    control.changeSettings({ spendback_list_max_rows: null })
    expect(await ids()).toEqual(["old", "new"])
  })
})

describe("the control", () => {
  it("lists spendbacks with their status, in order of creation", async () => {
    const client = await aSandbox({
      settings: { insufficient_wallet: "failure" },
    })
    const paid = await aPaidUser(client)
    await spendBack(client, paid)
    await spendBack(client, paid, {
      client_spendback_id: "back-2",
      amount: 500,
    })

    const page = await client.call("GET", "/sandbox/spendbacks?after=1&limit=5")

    expect(page.json).toMatchObject({
      spendbacks: [
        {
          number: 2,
          client_spendback_id: "back-2",
          amount: "500.00",
          status: "failure",
        },
      ],
      spendback_count: 2,
    })
    expect(client.sandbox.control.state()).toMatchObject({
      spendbacks: [{ number: 2 }, { number: 1, status: "success" }],
      spendback_count: 2,
    })
  })
})
