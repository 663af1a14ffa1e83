import {
  aSandbox,
  details,
  field,
  fundingToken,
  lastRequest,
  like,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser } from "./support/money"
import {
  anOffer,
  aPayee,
  aPayout,
  aReadyPayee,
  commit,
  funding,
  quote,
  storeValues,
} from "./support/payouts"

afterEach(stopSandboxes)

const QUOTE_MS = 120_000
const MEXICO = {
  country: "MEX",
  payer: "Sandbox Bank Mexico",
  currency: "MXN",
}

describe("a quote", () => {
  it("moves nothing and promises what it will cost", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client, MEXICO)

    const reply = await quote(client, ready, { metadata: { tag: "x" } })

    expect(reply).toMatchObject({
      status: 201,
      json: {
        payout_token: like(/^payout_[0-9a-f-]{36}$/),
        client_transfer_id: "debt-1",
        source_amount: 100,
        destination_amount: 1_725,
        exchange_rate: 17.25,
        fee: 1.5,
        expiration: "2026-03-02T12:02:00.000Z",
        pickup_code: "",
        status: "PENDING",
        payer_name: "Sandbox Bank Mexico",
        delivery_type: "BANK_DEPOSIT",
        country_code: "MEX",
        metadata: { tag: "x" },
      },
    })
    expect(funding(client)).toBe("USD 1000.00")
  })

  it("of a destination amount costs the least that brings it", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client, MEXICO)

    const reply = await quote(client, ready, { destination_amount: 1_000 })

    expect(reply.json).toMatchObject({
      source_amount: 57.98,
      destination_amount: 1_000,
    })
  })

  it("under a limit pays the fee out of it", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const low = await quote(client, ready, { query: "?limit=100" })
    const high = await quote(client, ready, {
      query: "?limit=101.5",
      client_transfer_id: "b",
    })
    const none = await quote(client, ready, { query: "?limit=1.5" })

    expect(low.json).toMatchObject({ source_amount: 98.5, fee: 1.5 })
    expect(high.json).toMatchObject({ source_amount: 100 })
    expect(details(none)).toEqual(["The amount is too small to be paid out"])
  })

  it("of a dry run is all there but its token, and makes nothing", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const reply = await quote(client, ready, { query: "?dry_run=true" })

    expect(reply).toMatchObject({
      status: 200,
      json: {
        payout_token: "payout_XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX",
        fee: 1.5,
      },
    })
    expect(lastRequest(client).executed).toBe(false)
    expect(client.sandbox.control.payouts().payout_count).toBe(0)
    expect((await quote(client, ready)).status).toBe(201)
  })

  it("says NSF for more than there is, and makes nothing", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const reply = await quote(client, ready, { source_amount: 998.51 })

    expect(reply.json).toMatchObject({ payout_token: "NSF", fee: 1.5 })
    expect(client.sandbox.control.payouts().payout_count).toBe(0)
    const fits = await quote(client, ready, { source_amount: 998.5 })
    expect(fits.status).toBe(201)
  })

  it("says DUPLICATE for an id seen before, also of a dead quote", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    await quote(client, ready)

    const alive = await quote(client, ready)
    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS })
    const dead = await quote(client, ready)

    expect([alive.json, dead.json]).toMatchObject([
      { payout_token: "DUPLICATE" },
      { payout_token: "DUPLICATE" },
    ])
    expect(client.sandbox.control.payouts().payout_count).toBe(1)
  })

  it("frees its id when it is dead, where MassPay does so, but no payout's", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_transfer_id: "free_when_dead" },
    })
    const ready = await aReadyPayee(client)
    await quote(client, ready)
    expect(field(await quote(client, ready), "payout_token")).toBe("DUPLICATE")
    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS })

    await aPayout(client, ready)
    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS })

    expect(field(await quote(client, ready), "payout_token")).toBe("DUPLICATE")
  })

  it.each([
    ["pending" as const, { status: "PENDING", status_reason: null }],
    [
      "cancelled" as const,
      { status: "CANCELLED", status_reason: "The quote expired" },
    ],
  ])("that is dead may stay %s", async (dead_quote, shown) => {
    const client = await aSandbox({ settings: { dead_quote } })
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")
    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS })

    const one = await client.api("GET", `/${ready.user}/${token}`)
    const list = await client.api("GET", `/${ready.user}`)

    expect(one.json).toMatchObject(shown)
    expect(list.json).toMatchObject([shown])
  })

  it("pays out of her own wallet too, but of nobody else's", async () => {
    const client = await aSandbox({ settings: { payout_profile: "any" } })
    const paid = await aPaidUser(client)
    const { token } = await anOffer(client, "USA", "Sandbox Card")
    const ready = {
      user: paid.user,
      destination: token,
      currency: "USD",
      set: "",
      source: paid.wallet,
    }

    const own = await quote(client, ready, {
      attr_set_token: null,
      source_amount: 10,
    })
    const foreign = await quote(
      client,
      { ...ready, user: await aPayee(client) },
      { attr_set_token: null, client_transfer_id: "b" }
    )

    await commit(client, ready, field(own, "payout_token"))
    const { wallets } = client.sandbox.control.audit()
    expect(wallets).toContainEqual(
      expect.objectContaining({ wallet_token: paid.wallet, balance: "0.40" })
    )
    expect(details(foreign)[0]).toContain("source_token is neither")
  })
})

describe("a quote is refused", () => {
  it.each([
    [{ source_amount: undefined }, /exactly one of the two/],
    [{ destination_amount: 5, source_amount: 5 }, /exactly one of the two/],
    [{ source_amount: 0 }, /source_amount must be greater than 0/],
    [{ source_amount: 1.001 }, /at most 2 decimals in USD/],
    [{ source_amount: "5" }, /source_amount must be a number/],
    [{ client_transfer_id: "x".repeat(51) }, /at most 50 characters/],
    [{ destination_token: "dest_x" }, /no destination_token like this/],
    [{ destination_currency_code: "EUR" }, /does not pay EUR, only USD/],
    [{ attr_set_token: "attr_set_x" }, /attr_set_token is no set of this user/],
    [{ source_token: "clnt_wlt_x" }, /source_token is neither/],
    [{ source_amount: 0.5 }, /below the minimum of 1\.00 USD/],
    [{ source_amount: 10_000.01 }, /above the maximum of 10000\.00 USD/],
    [{ query: "?limit=abc" }, /limit must be/],
    [{ query: "?dry_run=yes" }, /dry_run must be true or false/],
  ])("with %j", async (overrides, detail) => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const reply = await quote(client, ready, overrides)

    expect(reply.status).toBe(400)
    expect(details(reply).join()).toMatch(detail)
    expect(client.sandbox.control.payouts().payout_count).toBe(0)
  })

  it("for a locked user, with her link", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    client.sandbox.control.lockUser(ready.user, "identity")

    const reply = await quote(client, ready)

    expect(reply).toMatchObject({
      status: 400,
      json: { title: "Documentation required." },
    })
    expect(details(reply)[1]).toContain("https://magic.veriff.me/v")
  })

  it("for a user without an address, unless that is not asked for", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const bare = await aPayee(client, { city: undefined })
    const { user: _user, ...rest } = ready
    const to = { ...rest, user: bare }
    await storeValues(client, to)

    const reply = await quote(client, to, { attr_set_token: null })
    expect(details(reply)).toEqual([
      "city of the user is required for a payout",
    ])

    client.sandbox.control.changeSettings({ payout_profile: "any" })
    const taken = await quote(client, to, { attr_set_token: null })
    expect(taken.status).toBe(201)
  })

  it("where attributes are missing, or an ID", async () => {
    const client = await aSandbox()
    const user = await aPayee(client)
    const bank = await anOffer(client, "USA", "Sandbox Bank USA")
    const cash = await anOffer(client, "NGA", "Sandbox Cash Lagos")
    const source = await fundingToken(client)
    const rest = { user, set: "", source }

    const missing = await quote(
      client,
      { ...rest, destination: bank.token, currency: "USD" },
      { attr_set_token: null }
    )
    const noId = await quote(
      client,
      { ...rest, destination: cash.token, currency: "NGN" },
      { attr_set_token: null }
    )

    expect(details(missing)).toEqual([
      "Routing number is required",
      "Account number is required",
      "Account type is required",
    ])
    expect(details(noId)).toEqual([
      "Not a valid IDSelfieCollection",
      like(
        /^Please upload a government issued ID at the following link: https/
      ),
    ])
  })
})

describe("auto_commit", () => {
  it("pays at once within a currency", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const reply = await quote(client, ready, { auto_commit: true })

    expect(reply.json).toEqual({
      payout_token: like(/^payout_/),
      status: "success",
      pickup_code: "",
    })
    expect(funding(client)).toBe("USD 898.50")
  })

  it("never pays between two, be it refused or ignored", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client, MEXICO)

    const refusal = await quote(client, ready, { auto_commit: true })
    client.sandbox.control.changeSettings({
      auto_commit_between_currencies: "ignore",
    })
    const ignored = await quote(client, ready, { auto_commit: true })

    expect(refusal.status).toBe(400)
    expect(ignored.json).toMatchObject({ status: "PENDING" })
    expect(funding(client)).toBe("USD 1000.00")
  })
})
