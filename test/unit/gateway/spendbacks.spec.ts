import { createSpendback } from "../../../src/modules/masspay-gateway/resources/create-spendback"
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

const SPENDBACK = {
  user_token: "usr_1",
  request_text: '{"client_spendback_id":"mpl1","amount":12.50}',
  idempotency_key: "mpl1-1",
}
const MADE = {
  spendback_token: "spnd_1",
  client_spendback_id: "mpl1",
  status: "success",
}

describe("createSpendback", () => {
  const create = async (body: unknown, status = 201) =>
    createSpendback((await serve(json(status, body))).wire.transport, SPENDBACK)

  it("sends the stored bytes once, under the stored key", async () => {
    const { server, wire } = await serve(json(201, MADE))

    expect(await createSpendback(wire.transport, SPENDBACK)).toEqual({
      spendback_token: "spnd_1",
      status: "COMPLETED",
      http_status: 201,
    })
    expect(server.seen).toHaveLength(1)
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      body: SPENDBACK.request_text,
    })
    expect(server.seen[0]?.headers["idempotency-key"]).toBe("mpl1-1")
  })

  it("is no success when its status says failure, with or without a token", async () => {
    for (const body of [
      { ...MADE, status: "failure" },
      { client_spendback_id: "mpl1", status: "failure" },
      { ...MADE, spendback_token: "NSF", status: "failure" },
    ]) {
      expect(await create(body, 200)).toMatchObject({ status: "CANCELLED" })
    }
  })

  it.each<[string, unknown]>([
    ["no token", { ...MADE, spendback_token: null }],
    ["a word for a token", { ...MADE, spendback_token: "NSF" }],
    ["no status", { ...MADE, status: undefined }],
    ["a status it does not know", { ...MADE, status: "pending" }],
    ["a status in capitals", { ...MADE, status: "SUCCESS" }],
    ["no id", { spendback_token: "spnd_1", status: "success" }],
    ["a list", [MADE]],
    ["nothing", "null"],
  ])("may have been executed when the answer has %s", async (_, body) => {
    expect(await gatewayErrorOf(create(body, 200))).toMatchObject({
      code: "masspay.outcome_unknown",
      disposition: "lookup",
    })
  })

  it("is looked up when MassPay calls it a duplicate", async () => {
    expect(
      await gatewayErrorOf(create({ ...MADE, spendback_token: "DUPLICATE" }))
    ).toMatchObject({
      code: "masspay.duplicate_client_id",
      disposition: "lookup",
      burns_key: true,
    })
  })

  it("never blames a funding wallet for what the payee's wallet lacks", async () => {
    const body = {
      message: "m",
      code: 400,
      error: { details: ["Insufficient funds in the user's wallet"] },
    }
    for (const status of [400, 402]) {
      expect(await gatewayErrorOf(create(body, status))).toMatchObject({
        code: "masspay.rejected",
        disposition: "stop",
        block: "limit",
        http_status: status,
        burns_key: true,
      })
    }
  })
})

describe("listSpendbacks", () => {
  const aRow = (n: number, changes: Record<string, unknown> = {}) => ({
    spendback_token: `spnd_${n}`,
    time_of_spendback: "2026-01-02T03:04:05",
    client_spendback_id: `mpl${n}`,
    source_token: "usr_wlt_1",
    wallet_token: "clnt_wlt_1",
    amount: 12.5,
    source_currency_code: "USD",
    notes: "",
    ...changes,
  })
  const aTransaction = (n: number, status: unknown, type = "spend back") => ({
    token: `spnd_${n}`,
    type,
    status,
  })
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => aRow(n))

  /** Pages of the history by number; anything else is the list. */
  async function wireOver(list: unknown, history: (page: number) => unknown) {
    const { server, wire } = await serve((response, request) => {
      const url = new URL(request.url, "http://localhost")
      const body = url.pathname.endsWith("/history")
        ? history(Number(url.searchParams.get("page")))
        : list
      json(body === undefined ? 502 : 200, body ?? "")(response, request)
    })
    return { server, list: () => wire.listSpendbacks("usr_1") }
  }
  const statusesOf = async (list: () => Promise<{ spendbacks: unknown[] }>) =>
    (await list()).spendbacks

  it("takes the statuses from the history, and amounts and times as they are", async () => {
    const { server, list } = await wireOver([aRow(1), aRow(2)], () => [
      aTransaction(1, "COMPLETED"),
      aTransaction(2, "CANCELLED", "spendback"),
    ])

    expect(await list()).toEqual({
      is_complete: true,
      spendbacks: [
        {
          spendback_token: "spnd_1",
          client_spendback_id: "mpl1",
          status: "COMPLETED",
          currency_code: "USD",
          amount: 1250n,
          time_of_spendback: new Date("2026-01-02T03:04:05Z"),
        },
        expect.objectContaining({ status: "CANCELLED" }),
      ],
    })
    for (const { headers } of server.seen) {
      expect(headers["idempotency-key"]).toBeUndefined()
    }
  })

  it("asks for no history of nothing", async () => {
    const { server, list } = await wireOver([], () => undefined)

    expect(await list()).toEqual({ spendbacks: [], is_complete: true })
    expect(server.seen).toHaveLength(1)
  })

  it.each<[string, unknown]>([
    ["does not show it", []],
    ["has a word for it that we do not know", [aTransaction(1, "ERROR")]],
    ["has no status for it", [aTransaction(1, undefined)]],
    ["shows a load of that token", [aTransaction(1, "COMPLETED", "load")]],
    [
      "changed its mind while it was read",
      [aTransaction(1, "COMPLETED"), aTransaction(1, "CANCELLED")],
    ],
  ])(
    "knows that it exists and no more when the history %s",
    async (_, page) => {
      const { list } = await wireOver([aRow(1)], () => page)

      expect(await statusesOf(list)).toMatchObject([{ status: "UNRECOGNISED" }])
    }
  )

  it("knows that they exist, and proves nothing, when the history cannot be read", async () => {
    for (const history of [undefined, { token: "x" }, [{ token: "" }]]) {
      const { list } = await wireOver([aRow(1)], () => history)

      expect(await list()).toMatchObject({
        is_complete: false,
        spendbacks: [{ status: "UNRECOGNISED" }],
      })
    }
  })

  it("reads the history to its end", async () => {
    const filler = Array.from({ length: 100 }, (_, n) =>
      aTransaction(1_000 + n, "COMPLETED")
    )
    const { list } = await wireOver([aRow(1)], (page) =>
      page < 3 ? filler : [aTransaction(1, "COMPLETED")]
    )

    expect(await statusesOf(list)).toMatchObject([{ status: "COMPLETED" }])
  })

  it("is complete at a length at which lists are cut only if the history shows no other", async () => {
    const told = rows(10).map((_, n) => aTransaction(n, "COMPLETED"))
    const whole = await wireOver(rows(10), () => told)
    expect((await whole.list()).is_complete).toBe(true)

    const cut = await wireOver(rows(10), () => [
      ...told,
      aTransaction(99, "COMPLETED"),
    ])
    expect((await cut.list()).is_complete).toBe(false)
  })

  it("is not complete when an amount cannot be told exactly", async () => {
    const { list } = await wireOver(
      [aRow(1), aRow(2, { amount: 12.345 })],
      () => []
    )

    expect(await list()).toMatchObject({
      is_complete: false,
      spendbacks: [{ client_spendback_id: "mpl1" }],
    })
  })

  it.each<[string, unknown]>([
    ["null", "null"],
    ["an object", {}],
    ["a row without an id", [aRow(1, { client_spendback_id: null })]],
    ["an amount in a text", [aRow(1, { amount: "12.50" })]],
  ])("never makes an empty list of %s", async (_, body) => {
    const { list } = await wireOver(body, () => [])

    expect((await gatewayErrorOf(list())).code).toBe("masspay.off_contract")
  })
})
