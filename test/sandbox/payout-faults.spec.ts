import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { DEFAULT_PLAN_KINDS } from "../../sandbox"
import {
  aSandbox,
  field,
  lastRequest,
  requests,
  rows,
  stopSandboxes,
} from "./support/harness"
import { aPayout, aReadyPayee, commit, funding, quote } from "./support/payouts"

afterEach(stopSandboxes)

const DAY_MS = 86_400_000

describe("a key", () => {
  it("quotes once and commits once, and lapses after a day", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)

    const first = await quote(client, ready, { key: "q" })
    const again = await quote(client, ready, { key: "q" })
    const token = field(first, "payout_token")
    const paid = await commit(client, ready, token, "c")
    const replay = await commit(client, ready, token, "c")

    expect(again).toMatchObject({ status: first.status, text: first.text })
    expect(replay.text).toBe(paid.text)
    expect(lastRequest(client)).toMatchObject({ replayed: true })
    expect(funding(client)).toBe("USD 898.50")
    expect(client.sandbox.control.audit().payouts.committed_again).toEqual([])
    client.sandbox.control.moveClock({ advance_ms: DAY_MS })
    const anew = await commit(client, ready, token, "c")
    expect(anew.json).toMatchObject({ errors: "Duplicate transfer" })
    expect(funding(client)).toBe("USD 898.50")
  })

  it("keeps a 500, whether the money moved or not", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    const token = field(await quote(client, ready), "payout_token")

    control.armFault({ fault: "execute_then_500", method: "PUT" })
    const first = await commit(client, ready, token, "c")
    const second = await commit(client, ready, token, "c")
    expect([first.status, second.status]).toEqual([500, 500])
    expect(funding(client)).toBe("USD 898.50")

    control.armFault({ fault: "500_without_executing", method: "POST" })
    const other = { key: "q", client_transfer_id: "b" }
    expect((await quote(client, ready, other)).status).toBe(500)
    expect((await quote(client, ready, other)).status).toBe(500)
    expect(control.payouts().payout_count).toBe(1)
  })
})

describe("faults", () => {
  it.each([
    ["drop_before_execute", 0],
    ["execute_then_drop", 1],
    ["504_html", 0],
    ["504_html_after_execute", 1],
    ["truncated_json", 1],
    ["reset_mid_body", 1],
    ["200_cancelled", 0],
  ] as const)(
    "%s moves the money of a commit %d times",
    async (fault, times) => {
      const client = await aSandbox()
      const ready = await aReadyPayee(client)
      const token = field(await quote(client, ready), "payout_token")

      client.sandbox.control.armFault({ fault, method: "PUT" })
      await commit(client, ready, token, "c").catch(() => null)
      expect(client.sandbox.control.audit().payouts.commits).toHaveLength(times)

      const next = fault === "200_cancelled" ? "another" : "c"
      await commit(client, ready, token, next)
      expect(funding(client)).toBe("USD 898.50")
      expect(client.sandbox.control.audit().payouts.commits).toHaveLength(1)
    }
  )

  it("make the list lag, and cap it", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    const ready = await aReadyPayee(client)
    await aPayout(client, ready)
    control.moveClock({ advance_ms: 60_000 })
    await quote(client, ready, { client_transfer_id: "young" })
    const ids = async (): Promise<unknown[]> =>
      rows(await client.api("GET", `/${ready.user}`)).map(
        (row) => row.client_transfer_id
      )

    control.armFault({ fault: "list_lag", lag_ms: 60_000 })
    expect(await ids()).toEqual(["debt-1"])
    control.armFault({ fault: "list_cap", max_rows: 1 })
    expect(await ids()).toEqual(["young"])
    expect(await ids()).toEqual(["debt-1", "young"])
    control.changeSettings({ payout_list_max_rows: 1 })
    expect(await ids()).toEqual(["young"])
  })

  it("of a plan reach every call of a direct payout", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    const token = await aPayout(client, ready)
    const calls = [
      ["POST", `/${ready.user}`, "payouts.quote"],
      ["PUT", `/${ready.user}/${token}`, "payouts.commit"],
      ["GET", `/${ready.user}/${token}`, "payouts.get"],
      ["GET", `/${ready.user}`, "payouts.list"],
    ] as const
    const onLists = ["list_lag", "list_cap"]
    for (const [method, path, operation] of calls) {
      for (const kind of DEFAULT_PLAN_KINDS) {
        if (onLists.includes(kind) && operation !== "payouts.list") continue
        client.sandbox.control.planFaults({
          seed: 1,
          rate: 1,
          kinds: [kind],
          delay_ms: 1,
        })
        const body = method === "POST" ? { body: {} } : {}
        await client.api(method, path, body).catch(() => null)
        expect(requests(client).at(-1)).toMatchObject({ faults: [kind] })
      }
    }
    expect(funding(client)).toBe("USD 898.50")
  })
})

describe("the referee", () => {
  it("sees one debt paid under two ids, with what each quote promised", async () => {
    const client = await aSandbox()
    const ready = await aReadyPayee(client)
    await aPayout(client, ready)
    await aPayout(client, ready, { client_transfer_id: "debt-1-2" })

    const { payouts, repeats } = client.sandbox.control.audit()

    expect(repeats).toEqual([])
    expect(payouts.commits).toMatchObject([
      {
        client_transfer_id: "debt-1",
        source_amount: "100.00",
        fee: "1.50",
        min_limit: "1.00",
        committed_at: "2026-03-02T12:00:00.000Z",
        expiration: "2026-03-02T12:02:00.000Z",
      },
      { client_transfer_id: "debt-1-2" },
    ])
    expect(payouts.wallets).toEqual({
      [ready.source]: { drawn: "20300", back: "0", out: "20300" },
    })
  })

  it("names a repeat where the sandbox lets an id pay twice", async () => {
    const client = await aSandbox({
      settings: { duplicate_client_transfer_id: "allow" },
    })
    const ready = await aReadyPayee(client)
    await aPayout(client, ready)
    await aPayout(client, ready)

    expect(client.sandbox.control.audit().repeats).toEqual([
      'client_transfer_id "debt-1" moved money 2 times',
    ])
  })

  it("names what was paid below a minimum", async () => {
    const client = await aSandbox({ settings: { below_minimum: "allow" } })
    const ready = await aReadyPayee(client)
    client.sandbox.control.changePayer(ready.destination, { min_limit: "50" })
    const token = await aPayout(client, ready, { source_amount: 49.99 })
    await aPayout(client, ready, { source_amount: 50, client_transfer_id: "b" })

    expect(client.sandbox.control.audit().payouts.below_minimum).toEqual([
      token,
    ])
  })

  it("has no word of what a payee told of herself", async () => {
    const client = await aSandbox({ webhooks: {} })
    const ready = await aReadyPayee(client)
    await aPayout(client, ready)

    const seen = JSON.stringify([
      client.sandbox.control.journal(),
      client.sandbox.control.state(),
      client.sandbox.control.audit(),
      client.sandbox.webhooks.take(),
    ])
    expect(seen).not.toContain("021000021")
  })
})

describe("a data file", () => {
  it("brings payouts, sets, rules, scripts and rates back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "masspay-sandbox-"))
    const dataFile = join(folder, "world.json")
    const first = await aSandbox({
      dataFile,
      settings: { payout_delivery_seconds: 3_600 },
    })
    const { control } = first.sandbox
    const ready = await aReadyPayee(first)
    const token = await aPayout(first, ready)
    control.setFx({ drift_bps: 50 })
    control.scriptPayouts({ user_token: ready.user, commit: "nsf" })
    const before = [control.state(), control.audit(), control.payoutSteps()]
    await first.sandbox.stop()
    expect(await readFile(dataFile, "utf8")).toContain(token)

    const second = await aSandbox({ dataFile })
    const restored = second.sandbox.control

    expect([
      restored.state(),
      restored.audit(),
      restored.payoutSteps(),
    ]).toEqual(before)
    expect([restored.fx(), restored.payoutScripts()]).toMatchObject([
      { drift_bps: 50 },
      [{ commit: "nsf" }],
    ])
    expect((await quote(second, ready)).json).toMatchObject({
      payout_token: "DUPLICATE",
    })
    restored.moveClock({ advance_ms: 3_600_000 })
    const history = await second.api("GET", "/user/history?type=payout")
    expect(history.json).toMatchObject([{ token, status: "COMPLETED" }])
    await stopSandboxes()
    await rm(folder, { recursive: true })
  })
})
