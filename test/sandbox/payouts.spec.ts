import {
  aSandbox,
  field,
  lastRequest,
  rows,
  stopSandboxes,
} from "./support/harness"
import {
  aPayout,
  aReadyPayee,
  commit,
  funding,
  payoutOf,
  quote,
} from "./support/payouts"

afterEach(stopSandboxes)

const QUOTE_MS = 120_000

describe("a commit", () => {
  it("debits once, however often it is sent", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)

    const again = await commit(client, ready, token, "another key")

    expect(again.json).toEqual({
      payout_token: token,
      status: "failure",
      pickup_code: "",
      errors: "Duplicate transfer",
    })
    expect(funding(client)).toBe("USD 898.50")
    expect(client.sandbox.control.audit().payouts).toMatchObject({
      executed: { "debt-1": 1 },
      committed_again: [token],
    })
  })

  it("of a dead quote moves nothing, and the referee saw it", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")

    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS })
    const late = await commit(client, ready, token)

    expect(late.json).toMatchObject({ status: "ex_rate_expired" })
    expect(funding(client)).toBe("USD 1000.00")
    expect(client.sandbox.control.audit().payouts).toMatchObject({
      executed: {},
      commits: [],
      committed_late: [token],
    })
  })

  it("is in time up to the last millisecond", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")

    client.sandbox.control.moveClock({ advance_ms: QUOTE_MS - 1 })

    const reply = await commit(client, ready, token)
    expect(reply.json).toMatchObject({ status: "success" })
  })

  it("does not overdraw: what was quoted may be gone", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const first = await quote(client, ready, { source_amount: 600 })
    const second = await quote(client, ready, {
      source_amount: 600,
      client_transfer_id: "debt-2",
    })
    await commit(client, ready, field(first, "payout_token"))

    const reply = await commit(client, ready, field(second, "payout_token"))

    expect(reply.json).toMatchObject({ status: "nsf" })
    expect(funding(client)).toBe("USD 398.50")
  })

  it("goes on to COMPLETED by itself, at the next look", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)

    const reply = await client.api("GET", `/${ready.user}/${token}`)

    expect(reply.json).toMatchObject({
      status: "COMPLETED",
      source_amount: 100,
      fee: 1.5,
      reversible_amount: 100,
    })
    expect(payoutOf(client, token)).toMatchObject({ out: "101.50" })
    expect(lastRequest(client)).toMatchObject({ payout_token: token })
  })

  it("shows in the histories and in the list", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    await quote(client, ready, { client_transfer_id: "only quoted" })

    for (const path of [`/user/${ready.user}/history`, "/user/history"]) {
      const found = rows(await client.api("GET", `${path}?type=payout`))
      expect(found).toMatchObject([
        { token, type: "payout", client_transfer_id: "debt-1", fee: 1.5 },
      ])
    }
    const listed = rows(await client.api("GET", `/${ready.user}`))
    expect(listed).toMatchObject([
      { payout_token: token, status: "COMPLETED" },
      { client_transfer_id: "only quoted", status: "PENDING" },
    ])
  })
})
