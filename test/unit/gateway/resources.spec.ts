import { alpha3Of } from "../../../src/modules/masspay-gateway/resources/countries"
import { createLoad } from "../../../src/modules/masspay-gateway/resources/create-load"
import type { NewUser } from "../../../src/modules/masspay-gateway/types"
import { createWire } from "../../../src/modules/masspay-gateway/wire"
import {
  type Answer,
  gatewayErrorOf,
  json,
  startServer,
  wireOptionsFor,
} from "./support"

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(answer: Answer) {
  const server = await startServer(answer)
  stops.push(server.stop)
  return { server, wire: createWire(wireOptionsFor(server.url)) }
}

async function answering(body: unknown, status = 200) {
  return (await serve(json(status, body))).wire
}

const LOOKUP = {
  internal_user_id: "shop-1",
  email: "vendor@example.com",
  first_name: "Vera",
}
const EVERYTHING = [
  "address1",
  "city",
  "state_province",
  "postal_code",
  "date_of_birth",
]
const USER = { user_token: "usr_1", internal_user_id: "shop-1" }

function aRow(overrides: Record<string, unknown> = {}) {
  return {
    load_token: "ld_1",
    time_of_load: "2026-01-02T03:04:05",
    client_load_id: "mpl1",
    source_token: "clnt_wlt_1",
    wallet_token: "usr_wlt_1",
    amount: 12.5,
    source_currency_code: "USD",
    notes: "",
    status: "COMPLETED",
    ...overrides,
  }
}

function aNewUser(overrides: Partial<NewUser> = {}): NewUser {
  return {
    internal_user_id: "shop-1",
    email: "vendor@example.com",
    first_name: "Vera",
    last_name: "Vendor",
    country_code: "DE",
    ...overrides,
  }
}

describe("createLoad", () => {
  const LOAD = {
    user_token: "usr_1",
    request_text: '{"client_load_id":"mpl1","amount":12.50}',
    idempotency_key: "mpl1-1",
  }
  const load = async (body: unknown, status = 200) =>
    createLoad((await answering(body, status)).transport, LOAD)

  it.each([
    ["null", null],
    ["an empty body", ""],
    ["an empty object", {}],
    ["a list", [{ load_token: "ld_1", status: "COMPLETED" }]],
    ["no token", { status: "COMPLETED" }],
    ["an empty token", { load_token: "", status: "COMPLETED" }],
    ["a null token", { load_token: null, status: "COMPLETED" }],
    ["a number as token", { load_token: 7, status: "COMPLETED" }],
    ["no status", { load_token: "ld_1" }],
    ["a status that is no text", { load_token: "ld_1", status: true }],
    ["an error in place of a load", { message: "no", code: 400 }],
    ["NSF in place of a token", { load_token: "NSF", status: "COMPLETED" }],
  ])(
    "is unknown, not paid and not refused, on 200 with %s",
    async (_, body) => {
      expect(await gatewayErrorOf(load(body))).toMatchObject({
        code: "masspay.outcome_unknown",
        disposition: "lookup",
        http_status: 200,
      })
    }
  )

  it("names the field that is missing, never its value", async () => {
    const error = await gatewayErrorOf(
      load({ load_token: "ld_1", status: 4711 })
    )

    expect(error.message).toContain("field status")
    expect(error.message).not.toContain("4711")
  })

  it("is looked up when a 200 says duplicate", async () => {
    const error = await gatewayErrorOf(load({ load_token: "DUPLICATE" }))

    expect(error).toMatchObject({ code: "masspay.duplicate_client_id" })
  })

  it.each(["completed", "PAID", "", "UNRECOGNISED"])(
    "does not take the status %p for a success",
    async (status) => {
      expect(await load({ load_token: "ld_1", status })).toMatchObject({
        status: "UNRECOGNISED",
      })
    }
  )

  it.each(["COMPLETED", "SCHEDULED", "CANCELLED"])(
    "returns %s as it was said, with fields it does not know left out",
    async (status) => {
      const body = { load_token: "ld_1", status, wallet_token: "w", new: 1 }

      expect(await load(body, 201)).toEqual({
        load_token: "ld_1",
        status,
        http_status: 201,
      })
    }
  )

  it("sends the stored bytes once, under the stored key", async () => {
    const { server, wire } = await serve(json(500, { message: "m", code: 500 }))

    await gatewayErrorOf(createLoad(wire.transport, LOAD))

    expect(server.seen).toHaveLength(1)
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      url: "/v1.0.0/payout/load/usr_1",
      body: LOAD.request_text,
      headers: { "idempotency-key": "mpl1-1" },
    })
  })
})

describe("lookupUser", () => {
  it.each([
    ["404", { message: "m", code: 404 }, 404],
    ["an empty 404", "", 404],
    ["null", "null", 200],
    ["an empty body", "", 200],
    ["an empty object", {}, 200],
    ["an empty list", [], 200],
    ["a list of an empty object", [{}], 200],
    ["a list of nothing", "[null]", 200],
  ])("finds nobody in %s", async (_, body, status) => {
    expect(await (await answering(body, status)).lookupUser(LOOKUP)).toBeNull()
  })

  it("does not take a wrong address for nobody", async () => {
    const wire = await answering("<html>404</html>", 404)

    expect((await gatewayErrorOf(wire.lookupUser(LOOKUP))).code).toBe(
      "masspay.misconfigured"
    )
  })

  it.each([
    ["several users", [USER, { ...USER, user_token: "usr_2" }]],
    ["a user without a token", { internal_user_id: "shop-1" }],
    ["a text", '"usr_1"'],
    ["false", "false"],
  ])("breaks off at %s rather than choosing", async (_, body) => {
    const wire = await answering(body)

    expect((await gatewayErrorOf(wire.lookupUser(LOOKUP))).code).toBe(
      "masspay.off_contract"
    )
  })

  it("returns the one it found, alone or as a list of one", async () => {
    for (const body of [USER, [USER]]) {
      const wire = await answering(body)

      expect(await wire.lookupUser(LOOKUP)).toEqual(USER)
    }
  })

  it("asks by all three", async () => {
    const { server, wire } = await serve(json(200, USER))

    await wire.lookupUser({ ...LOOKUP, first_name: "Vera & Söhne" })

    const { searchParams } = new URL(server.seen[0]?.url ?? "", "http://x")
    expect(Object.fromEntries(searchParams)).toEqual({
      ...LOOKUP,
      first_name: "Vera & Söhne",
    })
  })
})

describe("getUser", () => {
  it("knows nobody on 404, and keeps a status it does not know apart", async () => {
    const gone = await answering({ message: "m", code: 404 }, 404)
    const strange = await answering({ ...USER, status: "FROZEN" })

    expect(await gone.getUser("usr_1")).toBeNull()
    expect(await strange.getUser("usr_1")).toEqual({
      ...USER,
      status: "UNRECOGNISED",
      profile_missing: EVERYTHING,
    })
  })

  it("breaks off when the status is missing", async () => {
    const wire = await answering(USER)

    expect(await gatewayErrorOf(wire.getUser("usr_1"))).toMatchObject({
      code: "masspay.off_contract",
      message: expect.stringContaining("field status") as unknown,
    })
  })
})

describe("createUser", () => {
  it("sends no mail, the country in three letters, and a key", async () => {
    const created = { ...USER, status: "ACTIVE", timezone: "UTC" }
    const { server, wire } = await serve(json(201, created))

    const user = await wire.createUser(
      aNewUser({ business_name: "Vera GmbH", country_code: "de" }),
      "key-1"
    )

    expect(user).toEqual({
      ...USER,
      status: "ACTIVE",
      profile_missing: EVERYTHING,
    })
    expect(server.seen[0]?.headers["idempotency-key"]).toBe("key-1")
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      internal_user_id: "shop-1",
      country: "DEU",
      first_name: "Vera",
      last_name: "Vendor",
      email: "vendor@example.com",
      business_name: "Vera GmbH",
      notify_user: false,
    })
  })

  it("sends nothing for a country that does not exist", async () => {
    const { server, wire } = await serve(json(201, {}))

    const error = await gatewayErrorOf(
      wire.createUser(aNewUser({ country_code: "ZZ" }), "key-1")
    )

    expect(error).toMatchObject({ code: "masspay.rejected", block: "config" })
    expect(server.seen).toHaveLength(0)
  })

  it("is looked up after a conflict, a lost answer and an unreadable one", async () => {
    for (const [status, body] of [
      [
        400,
        {
          message: "m",
          code: 400,
          error: { details: ["email is already used"] },
        },
      ],
      [502, "<html>"],
      [201, { user_token: "usr_1" }],
    ] as const) {
      const wire = await answering(body, status)

      expect(
        (await gatewayErrorOf(wire.createUser(aNewUser(), "key-1"))).disposition
      ).toBe("lookup")
    }
  })
})

describe("listLoads", () => {
  const list = async (rows: unknown, status = 200) =>
    (await answering(rows, status)).listLoads("usr_1")
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => aRow({ client_load_id: `mpl${n}` }))

  it.each([
    ["404", { message: "m", code: 404 }, 404, "masspay.payee_unusable"],
    ["an empty 404", "", 404, "masspay.payee_unusable"],
    ["null", "null", 200, "masspay.off_contract"],
    ["an empty body", "", 200, "masspay.off_contract"],
    ["an object", {}, 200, "masspay.off_contract"],
    [
      "an error with 200",
      { message: "m", code: 500 },
      200,
      "masspay.off_contract",
    ],
    [
      "a row without an id",
      [{ ...aRow(), client_load_id: null }],
      200,
      "masspay.off_contract",
    ],
    [
      "a row without a status",
      [{ ...aRow(), status: undefined }],
      200,
      "masspay.off_contract",
    ],
    [
      "an amount in a text",
      [aRow({ amount: "12.50" })],
      200,
      "masspay.off_contract",
    ],
  ])("never makes an empty list of %s", async (_, body, status, code) => {
    expect((await gatewayErrorOf(list(body, status))).code).toBe(code)
  })

  it.each([
    ["a currency it does not know", { source_currency_code: "PNTS" }],
    ["more decimals than the currency has", { amount: 12.345 }],
    [
      "an amount beyond what JSON carries exactly",
      { amount: 9007199254740993 },
    ],
  ])("is not complete when a row has %s", async (_, strange) => {
    const { loads, is_complete } = await list([aRow(), aRow(strange)])

    expect(is_complete).toBe(false)
    expect(loads).toHaveLength(1)
  })

  it("is not complete at a length at which lists are cut while the history cannot be read", async () => {
    for (const count of [10, 25, 50, 100, 250, 500, 1000, 1500, 2000, 5000]) {
      expect((await list(rows(count))).is_complete).toBe(false)
    }
    for (const count of [0, 1, 9, 11, 26, 99, 101, 251, 501, 999, 1001]) {
      expect(await list(rows(count))).toMatchObject({ is_complete: true })
    }
  })

  it("reads amounts exactly, times as UTC, and currencies in any case", async () => {
    const { loads } = await list([
      aRow({ amount: 0.1, source_currency_code: "usd", extra: {} }),
      aRow({
        amount: 1999,
        source_currency_code: "JPY",
        time_of_load: "2026-01-02T03:04:05.678+02:00",
      }),
      aRow({
        amount: 1.234,
        source_currency_code: "KWD",
        wallet_token: null,
        time_of_load: null,
        status: "REVERSED",
      }),
    ])

    expect(loads).toEqual([
      expect.objectContaining({
        amount: 10n,
        currency_code: "USD",
        time_of_load: new Date("2026-01-02T03:04:05Z"),
      }),
      expect.objectContaining({
        amount: 1999n,
        currency_code: "JPY",
        time_of_load: new Date("2026-01-02T01:04:05.678Z"),
      }),
      {
        load_token: "ld_1",
        client_load_id: "mpl1",
        status: "UNRECOGNISED",
        currency_code: "KWD",
        amount: 1234n,
        wallet_token: null,
        time_of_load: null,
      },
    ])
  })
})

describe("balances", () => {
  it("are in minor units, never rounded up, without currencies we do not know", async () => {
    const body = [
      { token: "a", balance: 100.5, currency_code: "USD" },
      { token: "b", balance: 1.239, currency_code: "EUR" },
      { token: "c", balance: -1.231, currency_code: "GBP" },
      { token: "d", balance: 5, currency_code: "PNTS" },
      { token: "e", balance: 1e-7, currency_code: "USD" },
      { token: "f", balance: 12, currency_code: "JPY" },
    ]
    const expected = [
      { token: "a", balance: 10050n, currency_code: "USD" },
      { token: "b", balance: 123n, currency_code: "EUR" },
      { token: "c", balance: -124n, currency_code: "GBP" },
      { token: "e", balance: 0n, currency_code: "USD" },
      { token: "f", balance: 12n, currency_code: "JPY" },
    ]
    const wire = await answering(body)

    expect(await wire.getFundingBalances()).toEqual(expected)
    expect(await wire.listWallets("usr_1")).toEqual(expected)
  })

  it.each([
    [
      "a text for a number",
      [{ token: "a", balance: "5", currency_code: "USD" }],
    ],
    ["no currency", [{ token: "a", balance: 5 }]],
    ["no list", { token: "a", balance: 5, currency_code: "USD" }],
  ])("break off at %s", async (_, body) => {
    const wire = await answering(body)

    expect((await gatewayErrorOf(wire.getFundingBalances())).code).toBe(
      "masspay.off_contract"
    )
  })
})

describe("alpha3Of", () => {
  it("knows every country once", () => {
    const letters = Array.from({ length: 26 }, (_, n) =>
      String.fromCharCode(65 + n)
    )
    const codes = letters
      .flatMap((a) => letters.map((b) => alpha3Of(a + b)))
      .filter((code) => code !== null)

    // The 249 of ISO 3166-1, and Kosovo.
    expect(codes).toHaveLength(250)
    expect(new Set(codes).size).toBe(250)
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true)
  })

  it.each([
    ["US", "USA"],
    ["de", "DEU"],
    ["CH", "CHE"],
    ["AT", "AUT"],
    ["AU", "AUS"],
    ["SI", "SVN"],
    ["SK", "SVK"],
    ["XK", "XKX"],
    ["UK", null],
    ["", null],
    ["USA", null],
  ])("turns %p into %p", (alpha2, alpha3) => {
    expect(alpha3Of(alpha2)).toBe(alpha3)
  })
})
