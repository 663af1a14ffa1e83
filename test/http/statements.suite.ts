import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import { STATEMENT_HTML_POLICY } from "../../src/domain/statement-html"
import type { AdminPayeeListResponse } from "../../src/types/http"
import type {
  AdminActionAnswerResponse,
  AdminBalanceAction,
  AdminLedgerResponse,
  AdminNegativeBalanceListResponse,
  StatementResponse,
} from "../../src/types/http-statements"
import type {
  VendorBalanceResponse,
  VendorLedgerResponse,
  VendorMeResponse,
  VendorPayoutListResponse,
} from "../../src/types/http-vendor"
import {
  masspayAdjustBalanceWorkflow,
  masspayWriteOffBalanceWorkflow,
} from "../../src/workflows"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { type openAdmin, restOf, runJobs } from "./support/plugin"

type Operator = ReturnType<typeof openAdmin>

const PERIOD = "currency_code=usd&from=2020-01-01&to=2100-01-01"
const FORMULA = '=HYPERLINK("http://evil.example","<b>x</b>")'
const VENDOR_PATHS = [
  "me",
  "balance",
  "ledger",
  "payouts",
  `statement?${PERIOD}`,
  `statement.csv?${PERIOD}`,
  `statement.html?${PERIOD}`,
]

let requests = 0

export const statements: HostSuite = ({
  shop,
  getContainer,
  admin,
  program,
  http,
}) => {
  const market = openMarketplace(getContainer)

  /** Ada sold for 12.50 and Bob for 25.00, and both were paid. */
  async function aPaidOrder() {
    const order = await market.family(shop, {
      vendors: { ada: ["12.50"], bob: ["20.00", "5.00"] },
      platform: [],
    })
    await shop.pay(order.parent)
    await shop.complete(order.parent)
    await restOf(getContainer())
    await runJobs(getContainer())
    return order
  }

  async function payeeOf(
    operator: Operator,
    vendor_id: string | undefined
  ): Promise<string> {
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendor_id}`
    )
    const [payee] = payees
    if (!payee) throw new Error(`There is no payee of ${vendor_id}`)
    return payee.id
  }

  async function raw(
    path: string,
    headers: object = {}
  ): Promise<{
    status: number
    data: unknown
    headers: Record<string, string>
  }> {
    const {
      status,
      data,
      headers: answered,
    } = await http.get(path, {
      ...headers,
      validateStatus: () => true,
    })
    return { status, data, headers: { ...(answered as object) } }
  }

  async function ask(
    operator: Operator,
    path: string,
    body: object
  ): Promise<{ status: number; code?: string; action: AdminBalanceAction }> {
    requests += 1
    const { status, data } = await operator.post(path, {
      request_id: `statement-${requests}`,
      reason: "agreed by telephone",
      ...body,
    })
    return { status, ...(data as { action: AdminBalanceAction }) }
  }

  /** As her admin, who has the vendor's handle in her e-mail address. */
  async function signedIn(handle: string) {
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    const [member] = await marketplace.listVendorAdmins({
      email: `${handle}@example.com`,
    })
    const headers = shop.actorHeaders({
      actor_type: "vendor",
      actor_id: member?.id ?? "",
    })
    return async <Answer>(path: string): Promise<Answer> => {
      const { status, data } = await raw(`/vendor/masspay/${path}`, headers)
      expect({ path, status, ...(status !== 200 && { data }) }).toEqual({
        path,
        status: 200,
      })
      return data as Answer
    }
  }

  it("shows operators a vendor's ledger and her statement, on screen, for a spreadsheet and on paper", async () => {
    const { children, vendors } = await aPaidOrder()
    const operator = await admin()
    const payee = await payeeOf(operator, vendors.ada)
    await ask(operator, `payees/${payee}/adjustments`, {
      reason: FORMULA,
      amount: "-2.50",
      currency_code: "usd",
    })

    const ledger = await operator.get<AdminLedgerResponse>(
      `payees/${payee}/ledger?limit=1&offset=1&currency_code=usd&created_at[$gte]=2020-01-01`
    )
    expect(ledger).toMatchObject({ count: 2, limit: 1, offset: 1 })
    expect(ledger.entries).toMatchObject([
      {
        kind: "earning",
        amount: "12.50",
        order_id: children.ada,
        state: "paid",
        payout: { status: "completed" },
      },
    ])
    const { entries } = await operator.get<AdminLedgerResponse>(
      `payees/${payee}/ledger?kind=adjustment`
    )
    expect(entries).toMatchObject([
      { kind: "adjustment", amount: "-2.50", state: "open", payout: null },
    ])
    expect(entries[0]?.actor).toMatch(/^user_/)

    const { statement } = await operator.get<StatementResponse>(
      `payees/${payee}/statement?${PERIOD}`
    )
    expect(statement).toMatchObject({
      vendor_id: vendors.ada,
      vendor_name: "ada",
      opening_balance: "0.00",
      closing_balance: "-2.50",
      is_final: false,
      lines: [
        { kind: "earning", amount: "12.50", order_id: children.ada },
        { kind: "payout", amount: "-12.50", balance: "0.00" },
        { kind: "adjustment", amount: "-2.50", reason: FORMULA },
      ],
    })

    const headers = await shop.adminHeaders("printer@example.com")
    const csv = await raw(
      `/admin/masspay/payees/${payee}/statement.csv?${PERIOD}`,
      { ...headers, responseType: "arraybuffer" }
    )
    const bytes = csv.data as Buffer
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.toString("utf8")).toContain(
      `,Adjustment,"'=HYPERLINK(""http://evil.example"",""<b>x</b>"")",`
    )
    expect(csv.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="statement-${vendors.ada}-USD-2020-01-01-2100-01-01.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    })
    const html = await raw(
      `/admin/masspay/payees/${payee}/statement.html?${PERIOD}`,
      headers
    )
    expect(html.data).toContain("<h1>Statement of ada</h1>")
    expect(html.data).not.toContain("<b>x</b>")
    expect(html.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": STATEMENT_HTML_POLICY,
      "content-disposition": expect.stringMatching(/^inline; /) as string,
    })

    for (const [path, status] of [
      [`payees/mspye_none/statement?${PERIOD}`, 404],
      ["payees/mspye_none/ledger", 404],
      [`payees/${payee}/statement?currency_code=usd&from=2026-01-01`, 400],
      [`payees/${payee}/statement?from=2026-01-01&to=2026-02-01`, 400],
      [
        `payees/${payee}/statement?currency_code=usd&from=2026-01-01&to=2026-01-01`,
        400,
      ],
      [
        `payees/${payee}/statement?currency_code=usd&from=2026-02-31&to=2026-04-01`,
        400,
      ],
      [`payees/${payee}/ledger?kind=gift`, 400],
    ] as const) {
      expect({ path, status: (await operator.refusal(path)).status }).toEqual({
        path,
        status,
      })
    }
    expect(
      (await operator.refusal(`payees/${payee}/statement?${PERIOD}`, {})).status
    ).toBe(401)
  })

  it("lets operators adjust and write off, two of them above the limit, and lists who owes", async () => {
    const { vendors } = await aPaidOrder()
    const [ada, bob] = [
      await admin("a@example.com"),
      await admin("b@example.com"),
    ]
    const payee = await payeeOf(ada, vendors.ada)
    const adjustments = `payees/${payee}/adjustments`
    const charge = { amount: "-150.00", currency_code: "usd" }

    expect(await ask(ada, `${adjustments}?dry_run=true`, charge)).toMatchObject(
      { status: 200, action: { state: "preview" } }
    )
    for (const body of [
      { ...charge, amount: "0" },
      { ...charge, amount: "1e3" },
      { ...charge, amount: "1.001" },
      { ...charge, amount: 5 },
      { ...charge, currency_code: "xxq" },
      { ...charge, reason: " " },
      { ...charge, request_id: "" },
      { ...charge, gift: true },
    ]) {
      expect({
        body,
        status: (await ask(ada, adjustments, body)).status,
      }).toEqual({ body, status: 400 })
    }
    expect(await ask(await program(), adjustments, charge)).toMatchObject({
      status: 400,
      code: "not_a_person",
    })
    expect(
      await ask(ada, "payees/mspye_none/adjustments", charge)
    ).toMatchObject({ status: 404 })

    const proposed = await ask(ada, adjustments, charge)
    expect(proposed).toMatchObject({
      status: 200,
      action: { state: "proposed", amount: "-150.00", entry_id: null },
    })
    const confirm = `action-requests/${proposed.action.id}/confirm`
    expect(await ada.post(confirm, { reason: "me too" })).toMatchObject({
      status: 400,
      data: { code: "own_proposal" },
    })
    const { data } = await bob.post(confirm, { reason: "I looked" })
    const { action } = data as AdminActionAnswerResponse
    expect(action).toMatchObject({ state: "done", payee_id: payee })

    const owing = await ada.get<AdminNegativeBalanceListResponse>(
      "negative-balances?currency_code=usd"
    )
    expect(owing).toMatchObject({
      count: 1,
      negative_balances: [
        {
          payee_id: payee,
          balance: "-150.00",
          days: 0,
          oldest_entry: { amount: "-150.00", reason: "agreed by telephone" },
        },
      ],
    })
    await ask(ada, adjustments, { ...charge, amount: "100.00" })
    expect(
      await ask(bob, `payees/${payee}/write-offs`, { currency_code: "usd" })
    ).toMatchObject({
      status: 200,
      action: { state: "done", amount: "50.00" },
    })
    expect(
      await ask(bob, `payees/${payee}/write-offs`, { currency_code: "usd" })
    ).toMatchObject({ status: 400, code: "no_deficit" })
    expect(await ada.get("negative-balances")).toMatchObject({ count: 0 })

    // A host's own code does the same, in its own name.
    const asked = {
      payee_id: payee,
      reason: "a penalty",
      actor: "penalties",
      currency_code: "usd",
    }
    const container = getContainer()
    const { result } = await masspayAdjustBalanceWorkflow(container).run({
      input: { ...asked, request_id: "penalty-1", amount: "-3.00" },
    })
    expect(result).toMatchObject({ state: "done", amount: "-3.00" })
    const written = await masspayWriteOffBalanceWorkflow(container).run({
      input: { ...asked, request_id: "penalty-2" },
    })
    expect(written.result).toMatchObject({ state: "done", amount: "3.00" })
    await expect(
      masspayAdjustBalanceWorkflow(container).run({
        input: { ...asked, request_id: "penalty-3", amount: "much" },
      })
    ).rejects.toMatchObject({ message: "Not an amount in major units" })
  })

  it("shows a vendor what is hers, and nothing of anybody else's", async () => {
    const { children, vendors } = await aPaidOrder()
    const operator = await admin()
    await ask(
      operator,
      `payees/${await payeeOf(operator, vendors.bob)}/adjustments`,
      { amount: "7.00", currency_code: "usd" }
    )
    const [ada, bob] = [await signedIn("ada"), await signedIn("bob")]

    expect(await ada<VendorMeResponse>("me")).toEqual({
      vendor: {
        vendor_id: vendors.ada,
        name: "ada",
        status: "active",
        is_paused: false,
        detail: null,
        email: "ada@example.com",
        country_code: "US",
        missing: [],
        kyc: {
          status: "not_required",
          detail: "MassPay has paid you and asks for no papers.",
        },
      },
    })
    expect(await ada<VendorBalanceResponse>("balance")).toMatchObject({
      balances: [{ currency_code: "USD", balance: "0.00", paid: "12.50" }],
    })
    expect(await bob<VendorBalanceResponse>("balance")).toMatchObject({
      balances: [{ balance: "7.00", payable: "7.00", paid: "25.00" }],
    })
    const { entries } = await bob<VendorLedgerResponse>("ledger")
    expect(
      entries.map(({ kind, amount, state }) => `${kind} ${amount} ${state}`)
    ).toEqual(["adjustment 7.00 open", "earning 25.00 paid"])
    expect(JSON.stringify(entries)).not.toMatch(/user_|actor/)
    const { payouts } =
      await ada<VendorPayoutListResponse>("payouts?state=paid")
    expect(payouts).toMatchObject([{ state: "paid", amount: "12.50" }])
    expect(
      await ada<VendorPayoutListResponse>("payouts?state=waiting")
    ).toMatchObject({ count: 0 })
    const { statement } = await ada<StatementResponse>(`statement?${PERIOD}`)
    expect(statement.lines).toMatchObject([
      { order_id: children.ada, amount: "12.50" },
      { kind: "payout", amount: "-12.50" },
    ])
    for (const path of VENDOR_PATHS) {
      const text = JSON.stringify(await ada<unknown>(path))
      for (const foreign of [vendors.bob, children.bob, "25.00", "7.00"]) {
        expect(text).not.toContain(foreign)
      }
    }
  })

  it("shows nothing to anybody who is not signed in as a vendor, and takes nobody's word for whose she is", async () => {
    const { vendors } = await aPaidOrder()
    const as = (actor_type: string, actor_id: string) =>
      shop.actorHeaders({ actor_type, actor_id })
    const ada = await signedIn("ada")
    const statuses = (headers: object) =>
      Promise.all(
        VENDOR_PATHS.map(async (path) => {
          const { status, data } = await raw(`/vendor/masspay/${path}`, headers)
          expect(JSON.stringify(data)).not.toContain("12.50")
          return status
        })
      )

    const all = (status: number) => VENDOR_PATHS.map(() => status)
    expect(await statuses({})).toEqual(all(401))
    expect(
      await statuses({ headers: { authorization: "Bearer nonsense" } })
    ).toEqual(all(401))
    expect(await statuses(as("customer", "cus_1"))).toEqual(all(403))
    expect(await statuses(await shop.adminHeaders())).toEqual(all(403))
    // A vendor's id is no member's id.
    expect(await statuses(as("vendor", vendors.ada ?? ""))).toEqual(all(403))
    expect(await statuses(as("vendor", "venadm_none"))).toEqual(all(403))
    const refused = await raw("/vendor/masspay/me", as("customer", "cus_1"))
    expect(refused.data).toMatchObject({
      code: "not_a_vendor",
      message: expect.stringContaining("vendor, seller") as string,
    })

    expect(await ada("me")).toBeTruthy()
    for (const path of ["me", "balance", "ledger", "payouts"]) {
      expect(
        (
          await raw(
            `/vendor/masspay/${path}?vendor_id=${vendors.bob}`,
            await adaHeaders()
          )
        ).status
      ).toBe(400)
    }

    async function adaHeaders() {
      const marketplace =
        getContainer().resolve<MarketplaceModuleService>("marketplace")
      const [member] = await marketplace.listVendorAdmins({
        email: "ada@example.com",
      })
      return as("vendor", member?.id ?? "")
    }
  })
}
