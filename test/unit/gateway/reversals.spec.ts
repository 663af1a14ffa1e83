import { reversePayout } from "../../../src/modules/masspay-gateway/resources/reverse-payout"
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

const OF = { user_token: "usr_1", payout_token: "payout_1" }
const ASKED = {
  ...OF,
  body: '{"client_transfer_id":"mpl1"}',
  idempotency_key: "mpl1-1",
}
const ROW = {
  payout_reversal_token: "payout_rev_1",
  amount: 100.5,
  currency_code: "mxn",
  status: "COMPLETED",
  time_of_reversal: "2026-03-01T12:00:00Z",
}

describe("reversePayout", () => {
  const ask = async (body: unknown, status = 201) =>
    reversePayout((await serve(json(status, body))).wire.transport, ASKED)

  it("sends the stored bytes once, under the stored key", async () => {
    const { server, wire } = await serve(json(201, ROW))

    expect(await reversePayout(wire.transport, ASKED)).toEqual({
      http_status: 201,
    })
    expect(server.seen).toHaveLength(1)
    expect(server.seen[0]).toMatchObject({ method: "POST", body: ASKED.body })
    expect(server.seen[0]?.url).toMatch(/\/usr_1\/payout_1\/reversal$/)
    expect(server.seen[0]?.headers["idempotency-key"]).toBe("mpl1-1")
  })

  it("sends nothing when it is too late", async () => {
    const { server, wire } = await serve(json(201, ROW))
    const late = { ...ASKED, is_too_late: () => true }

    expect(
      (await gatewayErrorOf(reversePayout(wire.transport, late))).disposition
    ).toBe("retry")
    expect(server.seen).toHaveLength(0)
  })

  it("is a refusal when MassPay says that it failed", async () => {
    for (const status of ["FAILED", "failed"]) {
      expect(await gatewayErrorOf(ask({ ...ROW, status }))).toMatchObject({
        disposition: "stop",
        block: "limit",
      })
    }
  })

  it.each<[string, unknown]>([
    ["no token", { ...ROW, payout_reversal_token: null }],
    ["a word for a token", { ...ROW, payout_reversal_token: "DUPLICATE" }],
    ["a status that is no word", { ...ROW, status: 3 }],
    ["nothing", "null"],
  ])("may have been executed when the answer has %s", async (_, body) => {
    expect(await gatewayErrorOf(ask(body, 200))).toMatchObject({
      code: "masspay.outcome_unknown",
      disposition: "lookup",
    })
  })

  it("takes what MassPay does not document for an answer, which proves nothing", async () => {
    const { payout_reversal_token } = ROW

    expect(await ask({ payout_reversal_token })).toEqual({ http_status: 201 })
    expect(await ask({ ...ROW, status: "BEGUN" })).toEqual({ http_status: 201 })
  })
})

describe("listReversals", () => {
  const list = async (body: unknown) =>
    (await serve(json(200, body))).wire.listReversals(OF)

  it("reads amounts in minor units, and words in any case", async () => {
    const { server, wire } = await serve(
      json(200, [ROW, { ...ROW, status: "failed", amount: 0 }])
    )

    expect(await wire.listReversals(OF)).toEqual({
      reversals: [
        {
          reversal_token: "payout_rev_1",
          status: "COMPLETED",
          currency_code: "MXN",
          amount: 100_50n,
        },
        expect.objectContaining({ status: "FAILED", amount: 0n }),
      ],
      is_complete: true,
    })
    expect(server.seen[0]).toMatchObject({ method: "GET" })
    expect(server.seen[0]?.headers["idempotency-key"]).toBeUndefined()
  })

  it("does not make something up of what it does not know", async () => {
    const { reversals } = await list([
      { ...ROW, status: "REVERSED_LATER" },
      { ...ROW, amount: 1.005 },
      { ...ROW, currency_code: "XYZ" },
    ])

    expect(reversals.map(({ status, amount }) => [status, amount])).toEqual([
      ["UNRECOGNISED", 100_50n],
      ["COMPLETED", null],
      ["COMPLETED", null],
    ])
  })

  it("is not whole when its length is one at which lists are cut", async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...ROW,
        payout_reversal_token: `payout_rev_${n}`,
      }))

    expect((await list(rows(10))).is_complete).toBe(false)
    expect((await list(rows(11))).is_complete).toBe(true)
  })

  it.each<[string, unknown]>([
    ["no list", {}],
    ["a row without a token", [{ ...ROW, payout_reversal_token: "" }]],
    ["an amount below zero", [{ ...ROW, amount: -1 }]],
    ["an amount that is text", [{ ...ROW, amount: "100.50" }]],
    ["no currency", [{ ...ROW, currency_code: undefined }]],
    ["no status", [{ ...ROW, status: undefined }]],
  ])("is refused with %s, and never taken for empty", async (_, body) => {
    expect((await gatewayErrorOf(list(body))).code).toBe("masspay.off_contract")
  })
})
