import {
  aSandbox,
  type Client,
  details,
  field,
  lastRequest,
  like,
  type Reply,
  rows,
  stopSandboxes,
} from "./support/harness"
import { anOffer, aPayee, storeValues } from "./support/payouts"

afterEach(stopSandboxes)

type Payer = {
  destination_token: string
  payer_name: string
  fee: number
  min_limit: number
  max_limit: number
  source_amount?: number
  exchange_rate: { currency_symbol: string; exchange_rate: number }[]
}

function payersIn(reply: Reply): Payer[] {
  const { companies } = reply.json as {
    companies: { services: { payers: Payer[] }[] }[]
  }
  return companies.flatMap(({ services }) =>
    services.flatMap(({ payers }) => payers)
  )
}

async function namesAt(client: Client, path: string): Promise<string[]> {
  return payersIn(await client.api("GET", path)).map((row) => row.payer_name)
}

describe("the catalog", () => {
  it("has payers in each country it lists, and none elsewhere", async () => {
    const client = await aSandbox()
    const countries = rows(await client.api("GET", "/country/list"))

    const codes = countries.map((row) => String(row.three_letter_code))
    expect(codes).toEqual(
      "USA DEU GBR MEX KEN PHL IND BRA COL JPN NGA FRA".split(" ")
    )
    for (const code of codes) {
      expect(await namesAt(client, `/country/${code}`)).not.toEqual([])
    }
    const nowhere = await client.api("GET", "/country/XXX")
    expect(nowhere.status).toBe(404)
  })

  it("names a rate per currency, and bounds and fee in the source currency", async () => {
    const client = await aSandbox()

    const [payer] = payersIn(
      await client.api(
        "GET",
        "/country/MEX?amount=100&source_currency=EUR&payer_name=Sandbox%20Bank%20Mexico"
      )
    )

    expect(payer).toMatchObject({
      fee: 1.38,
      min_limit: 0.92,
      max_limit: 9_200,
      exchange_rate: [
        { currency_symbol: "MXN", exchange_rate: 18.75 },
        { currency_symbol: "USD", exchange_rate: 1.0869565217 },
      ],
    })
  })

  it("lowers the amount to a limit, with the fee within it", async () => {
    const client = await aSandbox()

    const found = payersIn(
      await client.api(
        "GET",
        "/country/USA?amount=200&source_currency=USD&limit=100"
      )
    )

    const amounts = found.map((payer) => [
      payer.payer_name,
      payer.source_amount,
    ])
    expect(amounts).toContainEqual(["Sandbox Bank USA", 98.5])
    expect(amounts).toContainEqual(["Sandbox Card", 99])
  })

  it("offers one payer per kind: the cheapest, and the best", async () => {
    const client = await aSandbox()
    const usa = "/country/USA"

    expect(await namesAt(client, `${usa}/cheapest`)).toEqual([
      "Sandbox Bank USA",
      "Sandbox Card",
      "Sandbox Check USA",
    ])
    expect(
      await namesAt(client, `${usa}/best?only_generic_payers=true`)
    ).toEqual(["Sandbox Bank USA", "Sandbox Check USA"])
    expect(
      await namesAt(client, `${usa}/best?payer_name=Sandbox%20Express%20USA`)
    ).toEqual(["Sandbox Express USA"])
    expect(
      await namesAt(client, "/country/MEX/best?destination_currency=USD")
    ).toEqual(["Sandbox Bank Mexico"])
  })

  it.each([
    ["amount=100", "source_currency is required when amount is given"],
    ["source_currency=XXX", "source_currency must be a currency with a rate"],
    ["amount=0&source_currency=USD", "amount must be greater than 0"],
    ["user_token=usr_x", "user_token is no user of this account"],
    ["only_generic_payers=1", "only_generic_payers must be true or false"],
  ])("refuses ?%s", async (query, detail) => {
    const client = await aSandbox()

    const reply = await client.api("GET", `/country/USA?${query}`)

    expect([reply.status, details(reply)]).toEqual([400, [detail]])
  })

  it("finds one destination again, and others of its kind", async () => {
    const client = await aSandbox()
    const { token } = await anOffer(client, "USA", "Sandbox Bank USA")

    const one = await client.api("GET", `/service/${token}`)
    const others = await client.api("GET", `/service/${token}/alternatives`)

    expect(one.json).toMatchObject({
      country_code: "USA",
      delivery_type: "BANK_DEPOSIT",
      payers: [{ destination_token: token, is_dynamic_token: false }],
    })
    expect(others.json).toMatchObject([
      { payers: [{ payer_name: "Sandbox Express USA" }] },
    ])
    expect((await client.api("GET", "/service/dest_x")).status).toBe(404)
  })

  it("drifts as it is told, but not within one currency", async () => {
    const client = await aSandbox()
    const rateIn = async (country: string): Promise<number | undefined> =>
      payersIn(await client.api("GET", `/country/${country}`))[0]
        ?.exchange_rate[0]?.exchange_rate

    client.sandbox.control.setFx({ drift_bps: -1_000 })
    expect([await rateIn("BRA"), await rateIn("USA")]).toEqual([4.905, 1])

    const told = await client.call("POST", "/sandbox/fx", {
      body: { drift_bps: 0, currency_code: "BRL", per_usd: "6.5" },
    })
    expect(told.json).toEqual({ overrides: { BRL: "6500000" }, drift_bps: 0 })
    expect(await rateIn("BRA")).toBe(6.5)
    client.sandbox.control.setFx({ currency_code: "BRL", per_usd: null })
    expect(await rateIn("BRA")).toBe(5.45)
  })

  it.each([
    { drift_bps: 9_001 },
    { currency_code: "USD", per_usd: 2 },
    { currency_code: "BRL", per_usd: 0 },
    { rate: 1 },
  ])("has no rate like %j", async (body) => {
    const client = await aSandbox()

    const reply = await client.call("POST", "/sandbox/fx", { body })

    expect(reply.status).toBe(400)
    expect(client.sandbox.control.fx()).toEqual({ overrides: {}, drift_bps: 0 })
  })

  it("loses a payer that goes", async () => {
    const client = await aSandbox()
    const { token } = await anOffer(client, "KEN", "Sandbox Pesa")

    const path = `/sandbox/payers/${token}/change`
    await client.call("POST", path, { body: { is_gone: true } })

    expect(await namesAt(client, "/country/KEN")).toEqual([
      "Sandbox Bank Kenya",
    ])
    expect((await client.api("GET", `/service/${token}`)).status).toBe(404)
    const unknown = await client.call("POST", "/sandbox/payers/dest_x/change")
    expect(unknown.status).toBe(404)
  })
})

describe("attributes", () => {
  async function route(
    client: Client,
    country = "MEX",
    payer = "Sandbox Bank Mexico"
  ): Promise<{ user: string; destination: string; currency: string }> {
    const user = await aPayee(client)
    const { token } = await anOffer(client, country, payer)
    const currency = country === "MEX" ? "MXN" : "NGN"
    return { user, destination: token, currency }
  }

  it("that do not fit are refused, with no value in the answer or the journal", async () => {
    const client = await aSandbox()
    const to = await route(client)

    const reply = await storeValues(client, to, { CLABE: "12345SECRET" })
    const none = await storeValues(client, to, { CLABE: "" })

    expect(details(reply)).toEqual(["Not a valid BankAccountNumber: CLABE"])
    expect(details(none)).toEqual(["CLABE is required"])
    await storeValues(client, to)
    const journal = JSON.stringify(client.sandbox.control.journal())
    expect(reply.text + journal).not.toContain("12345SECRET")
    expect(journal).not.toContain("032180000118359719")
  })

  it("make a new set when they change, and none when they do not", async () => {
    const client = await aSandbox()
    const to = await route(client)
    const store = async (clabe: string): Promise<string> =>
      field(await storeValues(client, to, { CLABE: clabe }), "attr_set_token")

    const first = await store("032180000118359719")
    const same = await store("032180000118359719")
    const other = await store("032180000118359720")

    expect(first).toMatch(/^attr_set_[0-9a-f-]{36}$/)
    expect([same, other === first]).toEqual([first, false])
    const path = `/attribute/${to.user}/${to.destination}/${to.currency}`
    expect((await client.api("GET", path)).json).toMatchObject([
      {
        label: "CLABE",
        value: "032180000118359720",
        attr_set_token: other,
        last_attr_value_used: true,
      },
      { type: "SecondLastName", is_optional: true, value: null },
    ])
    const all = await client.api("GET", `/attribute/${to.user}`)
    expect(all.json).toMatchObject([
      { destination_token: to.destination, attributes: [{}, {}] },
    ])
  })

  it("of somebody else are nobody's business", async () => {
    const client = await aSandbox()
    const to = await route(client)
    await storeValues(client, to)
    const other = await aPayee(client)

    const path = `/attribute/${other}/${to.destination}/${to.currency}`
    expect((await client.api("GET", path)).json).toMatchObject([
      { value: null },
      { value: null },
    ])
    expect((await client.api("GET", `/attribute/${other}`)).json).toEqual([])
  })

  it("say what may be chosen, and how a date is written", async () => {
    const client = await aSandbox()
    const user = await aPayee(client)
    const { token } = await anOffer(client, "USA", "Sandbox Bank USA")
    const cash = await anOffer(client, "MEX", "Sandbox Efectivo")

    const bank = rows(
      await client.api("GET", `/attribute/${user}/${token}/USD`)
    )
    const pickup = rows(
      await client.api("GET", `/attribute/${user}/${cash.token}/MXN`)
    )

    expect(bank.at(-1)).toMatchObject({
      type: "BankAccountType",
      input_type: "options",
      validation: "^(Checking|Savings)$",
    })
    expect(pickup[0]).toMatchObject({
      type: "DateOfBirth",
      input_type: "date",
      expected_value: "YYYY-MM-DD",
    })
    const to = { user, destination: cash.token, currency: "MXN" }
    const never = await storeValues(client, to, {
      "Date of birth": "1990-02-30",
    })
    expect(details(never)).toEqual(["Not a valid DateOfBirth: Date of birth"])
  })

  it("name a link where an ID is wanted, the same until it was used", async () => {
    const client = await aSandbox()
    const to = await route(client, "NGA", "Sandbox Cash Lagos")
    const path = `/attribute/${to.user}/${to.destination}/${to.currency}`

    const first = rows(await client.api("GET", path)).at(-1)
    const second = rows(await client.api("GET", path)).at(-1)

    expect(first).toMatchObject({
      type: "IDSelfieCollection",
      expected_value: like(/^https:\/\/magic\.veriff\.me\/v/),
    })
    expect(second).toEqual(first)
    const [session] = client.sandbox.control.kycSessions(to.user)
    client.sandbox.control.setKycStatus(session?.session_id ?? "", "Approved")
    const after = rows(await client.api("GET", path)).at(-1)
    expect(after).not.toHaveProperty("expected_value")
  })

  it("take a label, on the set of this user only", async () => {
    const client = await aSandbox()
    const to = await route(client)
    const set = field(await storeValues(client, to), "attr_set_token")
    const path = `/attribute/${to.user}/${to.destination}/${set}`

    const done = await client.api("PUT", path, { body: { label: "My bank" } })
    const other = await client.api(
      "PUT",
      `/attribute/${await aPayee(client)}/${to.destination}/${set}`,
      { body: { label: "Mine" } }
    )

    expect([done.status, other.status]).toEqual([200, 404])
    expect(lastRequest(client).executed).toBe(false)
  })

  it("are for a currency that the payer pays", async () => {
    const client = await aSandbox()
    const { user, destination } = await route(client)

    const reply = await client.api(
      "GET",
      `/attribute/${user}/${destination}/EUR`
    )

    expect(details(reply)).toEqual([
      "This destination does not pay EUR, only MXN, USD",
    ])
  })
})
