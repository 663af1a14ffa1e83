import {
  aSandbox,
  type Client,
  details,
  field,
  like,
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

const HOUR_MS = 3_600_000
const SLOW = { settings: { payout_delivery_seconds: 3_600 } }
const CASH = { country: "MEX", payer: "Sandbox Efectivo", currency: "MXN" }

function notes(client: Client): string[] {
  return client.sandbox.control
    .journal()
    .entries.flatMap((entry) => (entry.kind === "note" ? [entry.event] : []))
}

describe("a payout that comes back", () => {
  it("brings its money back once, and takes it once when it was an error", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    let turns = 0
    const to = (status: "COMPLETED" | "CANCELLED"): string => {
      turns += 1
      const status_reason = `Turn ${turns}`
      control.setPayoutStatus(token, { status, status_reason })
      return funding(client)
    }

    expect(to("CANCELLED")).toBe("USD 1000.00")
    expect(to("CANCELLED")).toBe("USD 1000.00")
    expect(to("COMPLETED")).toBe("USD 898.50")
    expect(to("COMPLETED")).toBe("USD 898.50")
    expect(to("CANCELLED")).toBe("USD 1000.00")
    expect(payoutOf(client, token)).toMatchObject({
      status: "CANCELLED",
      status_reason: "Turn 5",
      out: "0.00",
    })
  })

  it("may leave its fee behind", async () => {
    const client = await aSandbox({
      settings: { payout_fee_on_return: "keep" },
    })
    const token = await aPayout(client, await aReadyPayee(client))

    const path = `/sandbox/payouts/${token}/status`
    await client.call("POST", path, { body: { status: "CANCELLED" } })
    expect(funding(client)).toBe("USD 998.50")
    await client.call("POST", path, { body: { status: "COMPLETED" } })
    expect(funding(client)).toBe("USD 898.50")
  })

  it("cannot be completed again out of an empty wallet", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready, { source_amount: 600 })
    control.setPayoutStatus(token, { status: "CANCELLED" })
    await aPayout(client, ready, {
      source_amount: 600,
      client_transfer_id: "b",
    })

    expect(() =>
      control.setPayoutStatus(token, { status: "COMPLETED" })
    ).toThrow("does not hold the amount any more")
    control.schedulePayoutFlip({
      client_transfer_id: "debt-1",
      status: "COMPLETED",
      in_ms: 0,
    })
    expect(payoutOf(client, token).status).toBe("CANCELLED")
    expect(notes(client)).toEqual(["payout_step_failed_source_wallet_short"])
  })

  it("was committed: a quote has no status of its own", async () => {
    const client = await aSandbox()
    const token = field(
      await quote(client, await aReadyPayee(client)),
      "payout_token"
    )

    const path = `/sandbox/payouts/${token}/status`
    const reply = await client.call("POST", path, {
      body: { status: "COMPLETED" },
    })

    expect(reply.status).toBe(409)
  })
})

describe("the life of a payout", () => {
  it("takes as long as is set, on the virtual clock", async () => {
    const client = await aSandbox(SLOW)
    const token = await aPayout(client, await aReadyPayee(client))
    const { control } = client.sandbox

    control.moveClock({ advance_ms: HOUR_MS - 1 })
    expect(payoutOf(client, token).status).toBe("PROCESSING")
    control.moveClock({ advance_ms: 1 })
    expect(payoutOf(client, token)).toMatchObject({
      status: "COMPLETED",
      trace_code: like(/^\d{15}$/),
    })
  })

  it("waits with a code where cash is fetched", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client, CASH)
    const token = field(await quote(client, ready), "payout_token")

    const committed = await commit(client, ready, token)
    const code = field(committed, "pickup_code")
    const read = await client.api("GET", `/${ready.user}/${token}`)

    expect(code).toMatch(/^\d{9}$/)
    expect(read.json).toMatchObject({
      status: "READY_FOR_PICKUP",
      pickup_code: code,
      reversible_amount: 0,
    })
  })

  it("goes as it was scripted beforehand, for one client id or for one user", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    control.scriptPayouts({
      client_transfer_id: "debt-1",
      steps: [
        { status: "HOLD", in_ms: 0, status_reason: "Review" },
        { status: "ERROR", in_ms: HOUR_MS },
        { status: "CANCELLED", in_ms: 2 * HOUR_MS },
      ],
    })
    const token = await aPayout(client, ready)
    const other = await aPayout(client, ready, { client_transfer_id: "b" })

    const seen = [0, HOUR_MS, HOUR_MS].map((advance_ms) => {
      control.moveClock({ advance_ms })
      return [payoutOf(client, token).status, funding(client)]
    })

    expect(seen).toEqual([
      ["HOLD", "USD 797.00"],
      ["ERROR", "USD 797.00"],
      ["CANCELLED", "USD 898.50"],
    ])
    expect(payoutOf(client, other).status).toBe("COMPLETED")
    expect(control.payoutScripts()).toEqual([])
  })

  it("ends where somebody steps in", async () => {
    const client = await aSandbox(SLOW)
    const { control } = client.sandbox
    const token = await aPayout(client, await aReadyPayee(client))

    control.setPayoutStatus(token, { status: "HOLD" })
    control.moveClock({ advance_ms: 2 * HOUR_MS })

    expect(payoutOf(client, token).status).toBe("HOLD")
    expect(control.payoutSteps()).toEqual([])
  })

  it("flips both ways at its time", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const token = await aPayout(client, await aReadyPayee(client))
    const flip = (status: string, in_ms: number): Promise<unknown> =>
      client.call("POST", "/sandbox/payout-flips", {
        body: { payout_token: token, status, in_ms },
      })
    await flip("COMPLETED", 2 * HOUR_MS)
    await flip("CANCELLED", HOUR_MS)

    control.moveClock({ advance_ms: HOUR_MS })
    expect(payoutOf(client, token).status).toBe("CANCELLED")
    control.moveClock({ advance_ms: HOUR_MS })
    expect(payoutOf(client, token).status).toBe("COMPLETED")
    expect(funding(client)).toBe("USD 898.50")
  })
})

describe("a scripted commit", () => {
  it.each([
    ["failure", "failure"],
    ["addtl_attr_req", "addtl_attr_req"],
    ["ex_rate_expired", "ex_rate_expired"],
    ["nsf", "nsf"],
  ] as const)("%s moves nothing, and only once", async (outcome, status) => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    client.sandbox.control.scriptPayouts({
      user_token: ready.user,
      commit: outcome,
    })
    const token = field(await quote(client, ready), "payout_token")

    expect((await commit(client, ready, token)).json).toMatchObject({ status })
    expect(funding(client)).toBe("USD 1000.00")
    const second = await commit(client, ready, token)
    expect(second.json).toMatchObject({ status: "success" })
  })

  it("may say failure although the money is gone", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    await client.call("POST", "/sandbox/payout-scripts", {
      body: { user_token: ready.user, commit: "failure_after_commit" },
    })
    const token = field(await quote(client, ready), "payout_token")

    const reply = await commit(client, ready, token)

    expect(reply.json).toMatchObject({ status: "failure" })
    expect(funding(client)).toBe("USD 898.50")
    expect(client.sandbox.control.audit().payouts.executed).toEqual({
      "debt-1": 1,
    })
  })

  it("asks for more where the payer wants to know more since the quote", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")
    await client.call(
      "POST",
      `/sandbox/payers/${ready.destination}/attributes`,
      { body: { type: "BankName", label: "Bank" } }
    )

    const reply = await commit(client, ready, token)

    expect(reply.json).toMatchObject({ status: "addtl_attr_req" })
    const again = await quote(client, ready, { client_transfer_id: "b" })
    expect(details(again)).toEqual(["Bank is required"])
  })

  it("leaves a locked user unpaid", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")
    client.sandbox.control.lockUser(ready.user, "inactive")

    const reply = await commit(client, ready, token)

    expect(reply.json).toMatchObject({ status: "failure" })
    expect(funding(client)).toBe("USD 1000.00")
  })

  it("and a scripted quote say what they are told", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    client.sandbox.control.scriptPayouts({
      user_token: ready.user,
      quote: "NSF",
    })

    expect((await quote(client, ready)).json).toMatchObject({
      payout_token: "NSF",
    })
    expect((await quote(client, ready)).status).toBe(201)
  })

  it.each([
    [{ commit: "nsf" }, "Give at least one of payout_token"],
    [{ user_token: "u" }, "Give at least one of quote"],
    [{ user_token: "u", commit: "NSF" }, "commit cannot be"],
    [
      { user_token: "u", steps: [{ status: "DONE", in_ms: 0 }] },
      "status cannot be",
    ],
    [{ user_token: "u", commit: "nsf", time: 2 }, 'no field "time"'],
  ])("is not %j", async (body, problem) => {
    const client = await aSandbox()

    const reply = await client.call("POST", "/sandbox/payout-scripts", { body })

    expect(reply.status).toBe(400)
    expect(field(reply, "error")).toContain(problem)
  })
})

describe("a request to stop a payout", () => {
  const stop = async (
    client: Client,
    user: string,
    token: string
  ): Promise<Record<string, unknown>> => {
    const path = `/${user}/${token}?cancellation_reason=Wrong%20amount`
    return (await client.api("DELETE", path)).json as Record<string, unknown>
  }

  it("comes too late for one that is over", async () => {
    const client = await aSandbox()
    const { user, ...rest } = await aReadyPayee(client)
    const token = await aPayout(client, { user, ...rest })

    expect(await stop(client, user, token)).toEqual({
      payout_token: token,
      cancellation_status: "CANCELLATION_FAILED",
      cancellation_status_reason: "The payout can no longer be stopped",
    })
    expect(funding(client)).toBe("USD 898.50")
  })

  it("stops one that is under way, and its money comes back", async () => {
    const client = await aSandbox(SLOW)
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)

    expect(await stop(client, ready.user, token)).toMatchObject({
      cancellation_status: "CANCELLED",
      confirmation_code: like(/^[0-9a-f-]{36}$/),
    })
    client.sandbox.control.moveClock({ advance_ms: 2 * HOUR_MS })
    expect(payoutOf(client, token)).toMatchObject({
      status: "CANCELLED",
      status_reason: "Wrong amount",
    })
    expect(funding(client)).toBe("USD 1000.00")
  })

  it("may be decided later, and loses against what was faster", async () => {
    const client = await aSandbox(SLOW)
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    control.scriptPayouts({
      user_token: ready.user,
      times: 2,
      cancellation: "CANCELLATION_REQUESTED",
    })
    const won = await aPayout(client, ready)
    const lost = await aPayout(client, ready, { client_transfer_id: "b" })

    const asked = await stop(client, ready.user, won)
    await stop(client, ready.user, lost)
    control.setPayoutStatus(lost, { status: "COMPLETED" })
    expect(asked.cancellation_status).toBe("CANCELLATION_REQUESTED")
    expect(funding(client)).toBe("USD 797.00")
    control.moveClock({ advance_ms: 60_000 })

    expect(payoutOf(client, won).status).toBe("CANCELLED")
    expect(payoutOf(client, lost).status).toBe("COMPLETED")
    expect(funding(client)).toBe("USD 898.50")
  })

  it("may use the other spelling", async () => {
    const client = await aSandbox({
      settings: { cancellation_spelling: "one_l" },
    })
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)

    expect(await stop(client, ready.user, token)).toMatchObject({
      cancelation_status: "CANCELLATION_FAILED",
    })
  })

  it("makes no sense for a quote", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")

    const reply = await client.api("DELETE", `/${ready.user}/${token}`)

    expect(details(reply)).toEqual(["This payout was never committed"])
  })
})

describe("a reversal", () => {
  it("never brings back more than was sent", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    const path = `/${ready.user}/${token}/reversal`
    const reverse = async (body?: object): Promise<unknown> =>
      (await client.api("POST", path, { body })).json
    await client.api("GET", `/${ready.user}/${token}`)

    expect(await reverse({ amount: 30.01 })).toMatchObject({
      amount: 30.01,
      remaining_reversible_amount: 69.99,
      status: "PARTIAL",
    })
    const over = await client.api("POST", path, { body: { amount: 70 } })
    expect(details(over)[0]).toContain("more than can still be reversed")
    expect(await reverse()).toMatchObject({ amount: 69.99 })
    const none = await client.api("POST", path, { body: {} })
    expect(details(none)).toEqual(["This payout cannot be reversed"])

    expect(funding(client)).toBe("USD 998.50")
    const listed = rows(await client.api("GET", path))
    expect(listed).toHaveLength(2)
    const one = await client.api(
      "GET",
      `${path}/${String(listed[0]?.payout_reversal_token)}`
    )
    expect(one.json).toEqual(listed[0])
  })

  it.each([
    ["failed", "FAILED", 201, "USD 898.50"],
    ["half", "PARTIAL", 201, "USD 948.50"],
    ["refuse", undefined, 400, "USD 898.50"],
  ] as const)(
    "may bring back less than was asked: %s",
    async (payout_reversal, status, answer, left) => {
      const client = await aSandbox({ settings: { payout_reversal } })
      const ready = await aReadyPayee(client)
      const token = await aPayout(client, ready)
      await client.api("GET", `/${ready.user}/${token}`)
      const path = `/${ready.user}/${token}/reversal`

      const reply = await client.api("POST", path, {
        body: { client_transfer_id: "r" },
      })

      expect(reply.status).toBe(answer)
      const listed = rows(await client.api("GET", path))
      expect(listed.map((row) => row.status)).toEqual(
        status === undefined ? [] : [status]
      )
      expect(funding(client)).toBe(left)
      expect(client.sandbox.control.audit().problems).toEqual([])
    }
  )

  it.each(["refuse", "allow"] as const)(
    "under an id that was used before: %s",
    async (duplicate_client_transfer_id) => {
      const client = await aSandbox({
        settings: { duplicate_client_transfer_id },
      })
      const ready = await aReadyPayee(client)
      const token = await aPayout(client, ready)
      await client.api("GET", `/${ready.user}/${token}`)
      const reverse = async (amount: number) =>
        client.api("POST", `/${ready.user}/${token}/reversal`, {
          body: { amount, client_transfer_id: "r" },
        })

      await reverse(40)
      const second = await reverse(60)

      const { reversed_again } = client.sandbox.control.audit().payouts
      if (duplicate_client_transfer_id === "refuse") {
        expect(details(second)).toEqual([
          "A reversal with this client_transfer_id exists",
        ])
        expect([reversed_again, funding(client)]).toEqual([[], "USD 938.50"])
      } else {
        expect(second.status).toBe(201)
        expect([reversed_again, funding(client)]).toEqual([
          [token],
          "USD 998.50",
        ])
      }
    }
  )

  it("shows late or not at all under the faults of lists, and fails under the one of creations", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    await client.api("GET", `/${ready.user}/${token}`)
    const path = `/${ready.user}/${token}/reversal`
    const statuses = async () =>
      rows(await client.api("GET", path)).map((row) => row.status)

    control.armFault({ fault: "200_cancelled", method: "POST" })
    await client.api("POST", path, { body: { amount: 1 } })
    expect([await statuses(), funding(client)]).toEqual([
      ["FAILED"],
      "USD 898.50",
    ])
    control.moveClock({ advance_ms: HOUR_MS })
    await client.api("POST", path, { body: { amount: 2 } })
    control.armFault({ fault: "list_lag", lag_ms: HOUR_MS / 2 })
    expect(await statuses()).toEqual(["FAILED"])
    control.armFault({ fault: "list_cap", max_rows: 1 })
    expect(await statuses()).toEqual(["PARTIAL"])
    expect(await statuses()).toEqual(["FAILED", "PARTIAL"])
  })

  it("and a return together bring back what was sent, and no more", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    await client.api("GET", `/${ready.user}/${token}`)
    await client.api("POST", `/${ready.user}/${token}/reversal`, {
      body: { amount: 40 },
    })

    client.sandbox.control.setPayoutStatus(token, { status: "CANCELLED" })

    expect(funding(client)).toBe("USD 1000.00")
  })
})

describe("a confirmation", () => {
  it("is a PDF with no account on it", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)

    const reply = await client.api("PATCH", `/${ready.user}/${token}`)

    const pdf = Buffer.from(field(reply, "content"), "base64").toString(
      "latin1"
    )
    expect(pdf.slice(0, 8)).toBe("%PDF-1.4")
    expect(pdf).toContain(token)
    expect(pdf).not.toContain("021000021")
    const other = await quote(client, ready, { client_transfer_id: "b" })
    const none = await client.api(
      "PATCH",
      `/${ready.user}/${field(other, "payout_token")}`
    )
    expect(none.status).toBe(400)
  })
})

describe("webhooks of a payout", () => {
  it.each([
    ["dotted" as const, "payout.created", "payout.status"],
    ["payout" as const, "payout", "payout"],
  ])(
    "%s: one for each status, none for a replay",
    async (name, made, moved) => {
      const client = await aSandbox({
        webhooks: {},
        settings: { payout_event_type: name },
      })
      const ready = await aReadyPayee(client)
      const token = field(
        await quote(client, ready, { key: "q" }),
        "payout_token"
      )
      await quote(client, ready, { key: "q" })
      await commit(client, ready, token, "c")
      await commit(client, ready, token, "c")
      client.sandbox.control.setPayoutStatus(token, { status: "CANCELLED" })

      const told = client.sandbox.webhooks
        .take()
        .map(({ body }) => JSON.parse(body) as Record<string, unknown>)

      expect(
        told.map(({ event_type, status }) => [event_type, status])
      ).toEqual([
        [made, "PENDING"],
        [moved, "PROCESSING"],
        [moved, "COMPLETED"],
        [moved, "CANCELLED"],
      ])
      expect(told[0]).toMatchObject({
        payout_token: token,
        client_transfer_id: "debt-1",
        country_code: "USA",
        fee: 1.5,
      })
    }
  )
})
