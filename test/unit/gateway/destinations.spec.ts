import { inspect } from "node:util"

import { startSandbox } from "../../../sandbox"
import { createWire } from "../../../src/modules/masspay-gateway/wire"
import {
  type Answer,
  gatewayErrorOf,
  json,
  startServer,
  wireOptionsFor,
} from "./support"

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(answer: Answer) {
  const server = await startServer(answer)
  stops.push(server.stop)
  return { server, wire: createWire(wireOptionsFor(server.url)) }
}

/** Answers by the path. */
const byPath =
  (answers: Record<string, Answer>): Answer =>
  (response, request) => {
    const path = request.url.split("?")[0]?.replace("/v1.0.0/payout/", "") ?? ""
    const answer = answers[path] ?? json(404, NOT_FOUND)
    answer(response, request)
  }
const NOT_FOUND = { title: "Not found.", message: "There is none", code: 404 }

const PAYER = {
  destination_token: "dest_1",
  payer_name: "National Bank",
  fee: 2.99,
  min_limit: 10,
  max_limit: 0,
  exchange_rate: [
    { currency_symbol: "mxn", exchange_rate: 17.125 },
    { currency_symbol: "USD", exchange_rate: 1 },
  ],
  estimated_availability: "2026-03-01T12:00:00",
}
const catalogue = (...payers: unknown[]) => ({
  companies: [
    {
      company_name: "Bank",
      services: [
        { country_code: "MEX", delivery_type: "BANK_DEPOSIT", payers },
      ],
    },
  ],
})
const QUERY = {
  country_code: "MX",
  source_currency_code: "USD",
  destination_currency_code: "MXN",
  user_token: "usr_1",
}

describe("routes", () => {
  it("are MassPay's best, with fees and limits of the currency asked about", async () => {
    const { server, wire } = await serve(json(200, catalogue(PAYER)))

    expect(
      await wire.listRoutes({
        ...QUERY,
        amount: 12_345n,
        payer_name: "National Bank",
        only_generic_payers: true,
      })
    ).toEqual({
      found_by: "best",
      routes: [
        {
          destination_token: "dest_1",
          payer_name: "National Bank",
          country_code: "MEX",
          delivery_type: "BANK_DEPOSIT",
          fee: 299n,
          min_amount: 1_000n,
          max_amount: null,
          rates: [
            { currency_code: "MXN", rate: "17.125" },
            { currency_code: "USD", rate: "1" },
          ],
          estimated_availability: new Date("2026-03-01T12:00:00Z"),
          description: null,
        },
      ],
    })
    expect(server.seen).toHaveLength(1)
    const { pathname, searchParams } = new URL(
      server.seen[0]?.url ?? "",
      server.url
    )
    expect(pathname).toBe("/v1.0.0/payout/country/MEX/best")
    expect(Object.fromEntries(searchParams)).toEqual({
      amount: "123.45",
      source_currency: "USD",
      destination_currency: "MXN",
      user_token: "usr_1",
      payer_name: "National Bank",
      only_generic_payers: "true",
    })
    expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key")
  })

  it("are the cheapest where there is no best, and all of them where there is neither", async () => {
    const gone = json(404, NOT_FOUND)
    const none = json(200, { companies: [] })
    for (const best of [
      gone,
      none,
      json(400, { ...NOT_FOUND, code: 400 }),
      json(200, []),
    ]) {
      const cheapest = await serve(
        byPath({
          "country/MEX/best": best,
          "country/MEX/cheapest": json(200, catalogue(PAYER)),
        })
      )
      expect(await cheapest.wire.listRoutes(QUERY)).toMatchObject({
        found_by: "cheapest",
        routes: [{ destination_token: "dest_1" }],
      })
      const all = await serve(
        byPath({
          "country/MEX/best": best,
          "country/MEX/cheapest": best,
          "country/MEX": json(200, catalogue(PAYER)),
        })
      )
      expect(await all.wire.listRoutes(QUERY)).toMatchObject({
        found_by: "all",
        routes: [{ destination_token: "dest_1" }],
      })
    }
  })

  it("that are none at all are an empty list, and no answer is an error, not another list", async () => {
    const none = await serve(json(200, { companies: [] }))
    expect(await none.wire.listRoutes(QUERY)).toEqual({
      found_by: "all",
      routes: [],
    })
    for (const status of [401, 429, 500, 503]) {
      const down = await serve(json(status, { ...NOT_FOUND, code: status }))
      await gatewayErrorOf(down.wire.listRoutes(QUERY))
      expect(down.server.seen).toHaveLength(1)
    }
  })

  it("that cannot be read are left out, and the rest stays", async () => {
    const { wire } = await serve(
      json(
        200,
        catalogue(
          { ...PAYER, destination_token: "" },
          { ...PAYER, payer_name: 7 },
          "nothing",
          { ...PAYER, destination_token: "dest_2", exchange_rate: [{}, 7] },
          { ...PAYER, destination_token: "dest_2", payer_name: "Twice" }
        )
      )
    )
    const { routes } = await wire.listRoutes(QUERY)
    expect(routes).toMatchObject([
      { destination_token: "dest_2", payer_name: "National Bank", rates: [] },
    ])
  })

  it("never look cheaper, or wider, than they are", async () => {
    const { wire } = await serve(
      json(
        200,
        catalogue({
          ...PAYER,
          fee: 2.991,
          min_limit: 10.001,
          max_limit: 99.999,
        })
      )
    )
    const { routes } = await wire.listRoutes(QUERY)
    expect(routes).toMatchObject([
      { fee: 300n, min_amount: 1_001n, max_amount: 9_999n },
    ])
  })

  it("are offered until MassPay knows them no more", async () => {
    const service = {
      country_code: "MEX",
      delivery_type: "BANK_DEPOSIT",
      payers: [PAYER],
    }
    const { wire } = await serve(
      byPath({ "service/dest_1": json(200, service) })
    )
    expect(await wire.isRouteOffered("dest_1")).toBe(true)
    expect(await wire.isRouteOffered("dest_2")).toBe(false)
    const html = await serve(json(404, "<html>no such page</html>"))
    // Something in front of MassPay does not know the address: that says nothing of the route.
    await gatewayErrorOf(html.wire.isRouteOffered("dest_1"))
  })
})

const OF = {
  user_token: "usr_1",
  destination_token: "dest_1",
  currency_code: "MXN",
}
const SECRET = "canary 4711 9921"

describe("attributes", () => {
  it("come without the values that MassPay has", async () => {
    const { wire } = await serve(
      json(200, [
        {
          token: "attr_1",
          label: "CLABE",
          type: "BankAccountNumber",
          input_type: "text",
          validation: "^\\d{18}$",
          is_optional: false,
          value: SECRET,
          expected_value: "18 digits",
          attr_set_token: "attr_set_1",
        },
        {
          token: "attr_2",
          label: " ",
          type: "City",
          input_type: "new",
          value: "Null",
        },
      ])
    )
    const attributes = await wire.listAttributes(OF)
    expect(attributes).toEqual([
      {
        token: "attr_1",
        label: "CLABE",
        type: "BankAccountNumber",
        input_type: "text",
        validation: "^\\d{18}$",
        is_optional: false,
        expected_value: "18 digits",
        has_value: true,
        link: null,
      },
      {
        token: "attr_2",
        label: "City",
        type: "City",
        input_type: "text",
        validation: null,
        is_optional: false,
        expected_value: null,
        has_value: false,
        link: null,
      },
    ])
    expect(inspect(attributes, { depth: null })).not.toContain("canary")
  })

  it("that a link collects come with the link, and no other text is taken for one", async () => {
    const link = "https://magic.veriff.me/vabcdefgh"
    const one = (type: string, expected_value: string) => ({
      token: "attr_1",
      label: "ID",
      type,
      expected_value,
    })
    const { wire } = await serve(
      json(200, [
        one("IDSelfieCollection", link),
        one("IDSelfieCollection", "javascript:canary"),
        one("BankName", link),
      ])
    )
    expect(await wire.listAttributes(OF)).toMatchObject([
      { link, expected_value: null },
      { link: null, expected_value: null },
      { link: null, expected_value: link },
    ])
  })

  it("of a route or a user that MassPay does not know are none", async () => {
    const { wire } = await serve(json(404, NOT_FOUND))
    expect(await wire.listAttributes(OF)).toBeNull()
  })

  const store = (wire: ReturnType<typeof createWire>) =>
    wire.storeAttributes({
      ...OF,
      values: [{ token: "attr_1", value: SECRET }],
      named: ["CLABE", "BankAccountNumber", "City"],
      idempotency_key: "attributes-1",
    })

  it("are handed through, under a key, and the set's token comes back", async () => {
    const { server, wire } = await serve(
      json(201, { attr_set_token: "attr_set_9" })
    )

    expect(await store(wire)).toBe("attr_set_9")

    expect(server.seen).toMatchObject([
      {
        method: "POST",
        url: "/v1.0.0/payout/attribute/usr_1/dest_1/MXN",
        body: JSON.stringify({ values: [{ token: "attr_1", value: SECRET }] }),
        headers: { "idempotency-key": "attributes-1" },
      },
    ])
  })

  it.each([
    [
      "refused with the value in the reasons",
      400,
      {
        message: "m",
        code: 400,
        error: {
          reason: `${SECRET} is wrong`,
          details: [`Not a valid bankaccountnumber: ${SECRET}`],
        },
      },
    ],
    [
      "refused in the older shape",
      400,
      { Exception: SECRET, Errors: [`CLABE ${SECRET}`] },
    ],
    [
      "refused as a duplicate",
      409,
      { message: `duplicate ${SECRET}`, code: 409 },
    ],
    ["broken", 500, { message: SECRET, code: 500 }],
    ["not JSON", 502, `<html>${SECRET}</html>`],
    ["of a wrong shape", 200, { attr_set_token: { value: SECRET } }],
    ["a word where the token belongs", 200, { attr_set_token: "DUPLICATE" }],
    [
      "for papers",
      400,
      {
        title: "Documentation required.",
        message: SECRET,
        code: 400,
        error: { details: [`Please upload ${SECRET}`] },
      },
    ],
  ])("are in no error where the answer is %s", async (_, status, body) => {
    const { wire } = await serve(json(status, body))
    const error = await gatewayErrorOf(store(wire))
    const shown = inspect(error, { depth: null, showHidden: true })
    expect([shown, JSON.stringify(error), error.stack].join()).not.toMatch(
      /canary|4711/
    )
  })

  it("name in an error which fields MassPay means", async () => {
    const { wire } = await serve(
      json(400, {
        message: "m",
        code: 400,
        error: { details: [`not a valid bankaccountnumber ${SECRET}`] },
      })
    )
    expect((await gatewayErrorOf(store(wire))).details).toEqual([
      "BankAccountNumber",
    ])
  })
})

const PDF = Buffer.from("%PDF-1.7\ncanary of a payout\n%%EOF")

describe("a confirmation", () => {
  const ask = (wire: ReturnType<typeof createWire>) =>
    wire.getConfirmation({ user_token: "usr_1", payout_token: "payout_1" })

  it("is read by a PATCH without a key and without a body", async () => {
    const { server, wire } = await serve(
      json(200, { content: PDF.toString("base64") })
    )
    expect(await ask(wire)).toEqual(PDF)
    expect(server.seen).toMatchObject([
      { method: "PATCH", url: "/v1.0.0/payout/usr_1/payout_1", body: "" },
    ])
    expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key")
  })

  it("that MassPay does not have is none", async () => {
    for (const answer of [
      json(200, {}),
      json(200, { content: null }),
      json(404, NOT_FOUND),
    ]) {
      const { wire } = await serve(answer)
      expect(await ask(wire)).toBeNull()
    }
  })

  it("that is no PDF, or a huge one, is refused", async () => {
    const huge = Buffer.concat([PDF, Buffer.alloc(6 * 1024 * 1024)])
    for (const file of [Buffer.from("<script>"), huge]) {
      const { wire } = await serve(
        json(200, { content: file.toString("base64") })
      )
      const error = await gatewayErrorOf(ask(wire))
      expect(error).toMatchObject({
        code: "masspay.off_contract",
        disposition: "retry",
      })
    }
  })

  it("that does not come changes nothing, so it may be asked for again", async () => {
    const { wire } = await serve(json(503, ""))
    expect(await gatewayErrorOf(ask(wire))).toMatchObject({
      disposition: "retry",
    })
  })
})

describe("autopayout rules", () => {
  const WALLET = { user_token: "usr_1", wallet_token: "usr_wlt_1" }

  it("are made and ended under a key", async () => {
    const { server, wire } = await serve((response, request) => {
      const rule = {
        token: "auto_1",
        destination_token: "dest_1",
        percentage: 40,
      }
      json(200, request.method === "POST" ? rule : { message: "ok" })(
        response,
        request
      )
    })
    expect(
      await wire.addAutopayout({
        ...WALLET,
        destination_token: "dest_1",
        attr_set_token: "attr_set_1",
        percentage: 40,
        idempotency_key: "key-1",
      })
    ).toEqual({ token: "auto_1", destination_token: "dest_1", percentage: 40 })
    await wire.deleteAutopayout({
      ...WALLET,
      token: "auto_1",
      idempotency_key: "key-2",
    })
    const path = "/v1.0.0/payout/wallet/usr_1/usr_wlt_1/autopayout"
    expect(server.seen).toMatchObject([
      { method: "POST", url: path, headers: { "idempotency-key": "key-1" } },
      {
        method: "DELETE",
        url: `${path}?token=auto_1`,
        headers: { "idempotency-key": "key-2" },
      },
    ])
  })

  it("that are gone already are ended", async () => {
    const { wire } = await serve(json(404, NOT_FOUND))
    await wire.deleteAutopayout({
      ...WALLET,
      token: "auto_1",
      idempotency_key: "key-2",
    })
  })
})

it("goes from a route to a set, and to another set where a value changed, with the sandbox", async () => {
  const sandbox = await startSandbox({ seed: 1 })
  stops.push(() => sandbox.stop())
  const { url, apiKey } = sandbox
  const wire = createWire(wireOptionsFor(url, { apiKey }))
  const { user_token } = await wire.createUser(
    {
      internal_user_id: "mpl-shop-1",
      email: "vera@example.com",
      first_name: "Vera",
      last_name: "Vendor",
      country_code: "DE",
    },
    "vera-1"
  )
  const { found_by, routes } = await wire.listRoutes({
    country_code: "DE",
    source_currency_code: "USD",
    destination_currency_code: "EUR",
    user_token,
    amount: 20_000n,
  })
  expect(found_by).toBe("best")
  const route = routes.find((one) => one.delivery_type === "BANK_DEPOSIT")
  if (!route) throw new Error("No bank in Germany")
  expect(await wire.isRouteOffered(route.destination_token)).toBe(true)
  const of = {
    user_token,
    destination_token: route.destination_token,
    currency_code: "EUR",
  }
  const attributes = (await wire.listAttributes(of)) ?? []
  const iban = attributes.find(({ label }) => label === "IBAN")
  if (!iban) throw new Error("No IBAN is asked for")
  const store = (value: string) =>
    wire.storeAttributes({
      ...of,
      values: attributes
        .filter(({ is_optional }) => !is_optional)
        .map(({ token }) => ({ token, value })),
      named: ["IBAN"],
      idempotency_key: `key-${value}`,
    })

  const first = await store("DE89370400440532013000")
  expect(await store("DE89370400440532013000")).toBe(first)
  expect(await store("DE02120300000000202051")).not.toBe(first)
  const refused = await gatewayErrorOf(store("canary"))
  expect(refused).toMatchObject({ disposition: "stop", details: ["IBAN"] })
  expect(
    await wire.listAttributes({ ...of, destination_token: "dest_none" })
  ).toBeNull()
})
