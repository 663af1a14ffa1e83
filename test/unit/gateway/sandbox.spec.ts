import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../../sandbox"
import { createLoad } from "../../../src/modules/masspay-gateway/resources/create-load"
import { createWire } from "../../../src/modules/masspay-gateway/wire"
import { gatewayErrorOf, wireOptionsFor } from "./support"

const running: Sandbox[] = []
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop()
})

async function aSandbox(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ seed: 1, ...options })
  running.push(sandbox)
  const { url, apiKey } = sandbox
  const wire = createWire(wireOptionsFor(url, { apiKey, deadlineMs: 1_000 }))
  return { sandbox, wire }
}

const VERA = {
  internal_user_id: "mpl-shop-1",
  email: "vera@example.com",
  first_name: "Vera",
  last_name: "Vendor",
  country_code: "DE",
}

async function aSandboxWithVera(options: SandboxOptions = {}) {
  const { sandbox, wire } = await aSandbox(options)
  const { user_token } = await wire.createUser(VERA, "vera-1")
  const [wallet] = await wire.getFundingBalances()
  let keys = 0
  const load = (changes: Record<string, unknown> = {}, key?: string) => {
    keys += 1
    return createLoad(wire.transport, {
      user_token,
      request_text: JSON.stringify({
        client_load_id: "mpl1",
        source_token: wallet?.token,
        amount: 12.5,
        source_currency_code: "USD",
        notify_user: false,
        ...changes,
      }),
      idempotency_key: key ?? `key-${keys}`,
    })
  }
  return { sandbox, wire, user_token, load }
}

describe("against the sandbox", () => {
  it("goes from a vendor to a loaded wallet", async () => {
    const { wire, user_token, load } = await aSandboxWithVera({
      currencies: { USD: "100.00" },
    })

    expect(await load()).toMatchObject({ status: "COMPLETED" })

    const { loads, is_complete } = await wire.listLoads(user_token)
    expect(is_complete).toBe(true)
    expect(loads).toEqual([
      expect.objectContaining({
        client_load_id: "mpl1",
        amount: 1250n,
        currency_code: "USD",
        status: "COMPLETED",
        time_of_load: expect.any(Date) as unknown,
      }),
    ])
    expect(await wire.listWallets(user_token)).toEqual([
      expect.objectContaining({ balance: 1250n, currency_code: "USD" }),
    ])
    expect(await wire.getFundingBalances()).toEqual([
      expect.objectContaining({ balance: 8750n, currency_code: "USD" }),
    ])
  })

  it.each(["404", "null", "empty_object", "empty_array"] as const)(
    "finds a user only when there is one (a miss is %s)",
    async (lookup_miss) => {
      const { wire } = await aSandbox({ settings: { lookup_miss } })
      const { internal_user_id, email, first_name } = VERA
      const query = { internal_user_id, email, first_name }

      expect(await wire.lookupUser(query)).toBeNull()

      const { user_token } = await wire.createUser(VERA, "vera-1")
      expect(await wire.lookupUser(query)).toEqual({
        user_token,
        internal_user_id,
      })
      expect(await wire.getUser(user_token)).toMatchObject({ status: "ACTIVE" })
      expect(await wire.getUser("usr_nobody")).toBeNull()
    }
  )

  it("looks a user up again when she exists already", async () => {
    const { wire } = await aSandboxWithVera()

    const error = await gatewayErrorOf(wire.createUser(VERA, "vera-2"))

    expect(error.code).toBe("masspay.duplicate_client_id")
  })

  it("refuses what is refused, for the right reason", async () => {
    const { wire, load, user_token } = await aSandboxWithVera()
    const nobody = {
      user_token: "usr_nobody",
      request_text: '{"client_load_id":"x","source_token":"y","amount":1}',
      idempotency_key: "n",
    }

    expect(await gatewayErrorOf(load({ amount: 99_999_999 }))).toMatchObject({
      block: "funds",
    })
    expect(await gatewayErrorOf(load({ amount: -1 }))).toMatchObject({
      block: "limit",
    })
    expect(
      await gatewayErrorOf(load({ source_token: "clnt_wlt_x" }))
    ).toMatchObject({ block: "config" })
    expect(
      await gatewayErrorOf(createLoad(wire.transport, nobody))
    ).toMatchObject({ block: "vendor", http_status: 404 })
    expect(await gatewayErrorOf(wire.listLoads("usr_nobody"))).toMatchObject({
      block: "vendor",
    })
    expect(await wire.listLoads(user_token)).toEqual({
      loads: [],
      is_complete: true,
    })
  })

  it("takes the papers a payee has to upload from what MassPay says", async () => {
    const { sandbox, load, user_token } = await aSandboxWithVera()

    for (const [lock, links] of [
      ["identity", ["identity_document"]],
      ["bank_document", ["bank_document"]],
      ["missing_id", ["identity_document"]],
      ["inactive", []],
    ] as const) {
      sandbox.control.lockUser(user_token, lock)
      const error = await gatewayErrorOf(load())

      expect(error).toMatchObject({
        code: "masspay.documentation_required",
        block: "kyc",
      })
      expect(error.upload_links.map(({ kind }) => kind)).toEqual(links)
      sandbox.control.unlockUser(user_token)
    }
    sandbox.control.deactivateUser(user_token)
    expect(await gatewayErrorOf(load())).toMatchObject({ block: "vendor" })
  })

  it("refuses everything with a wrong key", async () => {
    const { sandbox } = await aSandbox()
    const wire = createWire(wireOptionsFor(sandbox.url, { apiKey: "wrong" }))

    expect(await gatewayErrorOf(wire.getFundingBalances())).toMatchObject({
      code: "masspay.unauthorized",
      block: "auth",
    })
  })

  it("replays under the same key, and knows a changed request and a used id apart", async () => {
    const { wire, load, user_token } = await aSandboxWithVera()
    const first = await load({}, "key-a")

    expect(await load({}, "key-a")).toEqual(first)
    expect(await gatewayErrorOf(load({ amount: 13 }, "key-a"))).toMatchObject({
      code: "masspay.key_mismatch",
    })
    expect(await gatewayErrorOf(load({}, "key-b"))).toMatchObject({
      code: "masspay.duplicate_client_id",
    })
    expect((await wire.listLoads(user_token)).loads).toHaveLength(1)
  })

  it.each([400, 409, 422] as const)(
    "knows a changed request when that is a %i",
    async (status) => {
      const { load } = await aSandboxWithVera({
        settings: { idempotency_mismatch_status: status },
      })
      await load({}, "key-a")

      expect(await gatewayErrorOf(load({ amount: 13 }, "key-a"))).toMatchObject(
        { code: "masspay.key_mismatch", disposition: "lookup" }
      )
    }
  )

  it.each([
    "drop_before_execute",
    "execute_then_drop",
    "execute_then_hang",
    "timeout_before_execute",
    "502_html",
    "503_html",
    "504_html_after_execute",
    "200_html",
    "200_garbage",
    "200_wrong_schema",
    "reset_mid_body",
    "execute_then_500",
    "500_without_executing",
  ] as const)("calls a load unknown after %s", async (fault) => {
    const { sandbox, load } = await aSandboxWithVera()
    sandbox.control.armFault({ fault, method: "POST" })

    const error = await gatewayErrorOf(load())

    expect(error).toMatchObject({ code: "masspay.outcome_unknown" })
    expect(error.burns_key).toBe(fault.includes("500"))
  })

  it.each([
    ["429", "masspay.throttled"],
    ["401", "masspay.unauthorized"],
    ["403", "masspay.unauthorized"],
    ["400_reject", "masspay.rejected"],
    ["legacy_error", "masspay.rejected"],
  ] as const)("knows that nothing was done after %s", async (fault, code) => {
    const { sandbox, load } = await aSandboxWithVera()
    sandbox.control.armFault({ fault, method: "POST" })

    const error = await gatewayErrorOf(load())

    expect(error.code).toBe(code)
    expect(error.disposition).not.toBe("lookup")
  })

  it("does not take a cancelled load for a paid one", async () => {
    const { sandbox, load } = await aSandboxWithVera()
    sandbox.control.armFault({ fault: "200_cancelled" })

    expect(await load()).toMatchObject({ status: "CANCELLED" })
  })

  it("trusts a list of ten when the history shows no eleventh", async () => {
    const { wire, user_token, load } = await aSandboxWithVera()
    for (let n = 1; n <= 10; n += 1) await load({ client_load_id: `mpl${n}` })

    expect(await wire.listLoads(user_token)).toMatchObject({
      is_complete: true,
    })
  })

  it("does not trust a list that was cut, even at one page of history", async () => {
    const { sandbox, wire, user_token, load } = await aSandboxWithVera()
    for (let n = 1; n <= 101; n += 1) await load({ client_load_id: `mpl${n}` })
    sandbox.control.changeSettings({ load_list_max_rows: 100 })

    const { loads, is_complete } = await wire.listLoads(user_token)
    expect(loads).toHaveLength(100)
    expect(is_complete).toBe(false)
  })
})
