import { createWire } from "../../../src/modules/masspay-gateway/wire"
import { type Answer, json, startServer, wireOptionsFor } from "./support"

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const aPayout = (n: number, overrides = {}) => ({
  payout_token: `payout_${n}`,
  client_transfer_id: `mpl${n}q1`,
  status: "COMPLETED",
  source_currency_code: "USD",
  source_amount: 12.5,
  ...overrides,
})
const payouts = (count: number) =>
  Array.from({ length: count }, (_, n) => aPayout(n))
const aTransaction = (n: number, type = "payout") => ({
  token: `payout_${n}`,
  type,
  status: "COMPLETED",
})
const transactions = (count: number) =>
  Array.from({ length: count }, (_, n) => aTransaction(n))

/** `undefined` as history: it cannot be read. */
async function listOf(
  rows: readonly unknown[],
  history: readonly unknown[] | undefined
) {
  const answer: Answer = (response, request) => {
    const url = new URL(request.url, "http://localhost")
    const isHistory = url.pathname.endsWith("/history")
    const isFirst = url.searchParams.get("page") === "1"
    const told = history && !isFirst ? [] : history
    const body = isHistory ? told : rows
    json(body === undefined ? 502 : 200, body ?? "")(response, request)
  }
  const server = await startServer(answer)
  stops.push(server.stop)
  const wire = createWire(wireOptionsFor(server.url))
  return { list: await wire.listPayouts("usr_1"), seen: server.seen }
}

describe("a user's direct payouts", () => {
  it("are whole at a length at which lists are cut only if the history shows no other", async () => {
    for (const count of [10, 20, 25, 50, 100]) {
      const whole = await listOf(payouts(count), transactions(count))
      expect([count, whole.list.is_complete]).toEqual([count, true])
    }
    const cut = await listOf(payouts(10), transactions(11))
    expect(cut.list.is_complete).toBe(false)
    expect(cut.list.payouts).toHaveLength(10)
  })

  it("may hold quotes, which no history shows", async () => {
    const nine = transactions(9)
    const rows = [...payouts(9), aPayout(9, { status: "PENDING" })]

    expect((await listOf(rows, nine)).list.is_complete).toBe(true)
  })

  it("are not proven whole by a history that does not tell of them", async () => {
    const otherWord = payouts(10).map((_, n) => aTransaction(n, "withdrawal"))

    for (const history of [[], otherWord, transactions(9)]) {
      expect((await listOf(payouts(10), history)).list.is_complete).toBe(false)
    }
  })

  it("prove nothing by themselves when the history cannot be read", async () => {
    for (const history of [undefined, [{ token: "" }]]) {
      const { list } = await listOf(payouts(10), history)

      expect(list.is_complete).toBe(false)
      expect(list.payouts).toHaveLength(10)
    }
  })

  it("are compared with payouts alone: her loads are in another list", async () => {
    const told = [...transactions(10), aTransaction(11, "load")]

    expect((await listOf(payouts(10), told)).list.is_complete).toBe(true)
  })

  it("of any other number are believed without asking", async () => {
    const { list, seen } = await listOf(payouts(11), undefined)

    expect(list.is_complete).toBe(true)
    expect(seen).toHaveLength(1)
  })
})
