import { kernelFrom } from "../../src/kernel"
import { OffContractError } from "../../src/modules/masspay-gateway/errors"
import type { AdminPayeeListResponse } from "../../src/types/http"
import type { AdminPayeeResponse } from "../../src/types/http-collect"
import type {
  AdminAutopayoutListResponse,
  AdminFundingMovementListResponse,
  AdminFundingResponse,
  WithdrawalListResponse,
} from "../../src/types/http-mirrors"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs } from "./support/plugin"

const JOB = "masspay-mirror-balances"
type MirrorJob = { default: (container: object) => Promise<void> }

const TOP_UP = {
  currency_code: "usd",
  amount: "500.00",
  occurred_at: "2026-01-31T12:00:00Z",
  reference: "WIRE-77",
  reason: "the bank's transfer",
  request_id: "top-up-1",
}

export const mirrors: HostSuite = ({
  shop,
  getContainer,
  admin,
  program,
  sandbox,
  http,
}) => {
  const market = openMarketplace(getContainer)

  async function aPaidVendor(): Promise<string> {
    const order = await market.family(shop, {
      vendors: { ada: ["12.50"] },
      platform: [],
    })
    await shop.pay(order.parent)
    await shop.complete(order.parent)
    await restOf(getContainer())
    await runJobs(getContainer())
    const operator = await admin()
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${order.vendors.ada}`
    )
    return payees[0]?.id ?? ""
  }

  async function runMirrors(): Promise<void> {
    // Only now: a job file reads the shop's configuration when it is imported.
    const job = (await import(`../../src/jobs/${JOB}`)) as MirrorJob
    await job.default(getContainer())
  }

  it("shows operators what is in a vendor's wallet, what she took out, and the rules on it", async () => {
    const payee = await aPaidVendor()
    const operator = await admin("ops@example.com")
    const before = await operator.get<AdminPayeeResponse>(`payees/${payee}`)
    expect(before.payee.wallet).toBeNull()
    await runMirrors()
    const after = await operator.get<AdminPayeeResponse>(`payees/${payee}`)
    expect(after.payee.wallet).toMatchObject({
      as_of: expect.stringMatching(/Z$/) as string,
      balances: [{ currency_code: "USD", balance: "12.50" }],
    })

    const rules = `payees/${payee}/autopayouts`
    expect(await operator.get<AdminAutopayoutListResponse>(rules)).toEqual({
      autopayouts: [],
    })
    sandbox().control.changeSettings({ autopayout_percentage: 40 })
    expect(await operator.get<AdminAutopayoutListResponse>(rules)).toEqual({
      autopayouts: [
        {
          id: expect.stringMatching(/^autopayout_/) as string,
          currency_code: "USD",
          percentage: 40,
          // It goes nowhere that this shop knows.
          label: null,
          destination: expect.stringMatching(/^….{4}$/) as string,
        },
      ],
    })
    expect(
      await operator.get<WithdrawalListResponse>(
        `payees/${payee}/withdrawals?currency_code=usd&limit=5`
      )
    ).toEqual({
      withdrawals: [],
      as_of: null,
      count: 0,
      limit: 5,
      offset: 0,
    })
    for (const [path, status] of [
      ["payees/mspye_none/withdrawals", 404],
      ["payees/mspye_none/autopayouts", 404],
      [`payees/${payee}/withdrawals?limit=0`, 400],
      [`payees/${payee}/withdrawals?user_token=usr_1`, 400],
      [`payees/${payee}/autopayouts?user_token=usr_1`, 400],
    ] as const) {
      const refused = await operator.refusal(path)
      expect({ path, status: refused.status }).toEqual({ path, status })
    }
  })

  it("shows the funding wallets, and takes down what an operator knows of them", async () => {
    const operator = await admin()
    expect(await operator.get<AdminFundingResponse>("funding")).toEqual({
      funding: [],
    })
    await runMirrors()
    const { funding } = await operator.get<AdminFundingResponse>("funding")
    expect(funding[0]).toMatchObject({
      moved: "0.00",
      unexplained: { from: "0.00", to: "0.00" },
      verdict: "first",
      discrepancy_id: null,
    })

    const movements = "funding/movements"
    for (const body of [
      { ...TOP_UP, amount: "0" },
      { ...TOP_UP, amount: "1e3" },
      { ...TOP_UP, amount: "1.001" },
      { ...TOP_UP, amount: 5 },
      { ...TOP_UP, currency_code: "xxq" },
      { ...TOP_UP, occurred_at: "2026-02-31" },
      { ...TOP_UP, occurred_at: "2100-01-01" },
      { ...TOP_UP, reference: "" },
      { ...TOP_UP, reason: " " },
      { ...TOP_UP, request_id: "" },
      { ...TOP_UP, wallet: "clnt_wlt_1" },
    ]) {
      const { status } = await operator.post(movements, body)
      expect({ body, status }).toEqual({ body, status: 400 })
    }
    expect(await (await program()).post(movements, TOP_UP)).toMatchObject({
      status: 400,
      data: { code: "not_a_person" },
    })
    const first = await operator.post(movements, TOP_UP)
    expect(first).toMatchObject({
      status: 200,
      data: {
        movement: {
          amount: "500.00",
          currency_code: "USD",
          reference: "WIRE-77",
          actor: expect.stringMatching(/^user_/) as string,
        },
      },
    })
    expect(await operator.post(movements, TOP_UP)).toEqual(first)
    expect(
      await operator.post(movements, { ...TOP_UP, amount: "501.00" })
    ).toMatchObject({ status: 400, data: { code: "request_id_used" } })
    const listed =
      await operator.get<AdminFundingMovementListResponse>(movements)
    expect(listed).toMatchObject({ count: 1, limit: 20, offset: 0 })
    expect(await operator.get(`${movements}?currency_code=eur`)).toMatchObject({
      count: 0,
    })
    expect((await operator.refusal(movements, {})).status).toBe(401)
    expect((await operator.refusal("funding?x=1")).status).toBe(400)
  })

  it("passes MassPay's account statement on as a file, and nothing that is none", async () => {
    const headers = await shop.adminHeaders("printer@example.com")
    const get = async (query: string) => {
      const {
        status,
        data,
        headers: answered,
      } = await http.get(`/admin/masspay/funding/statement.pdf?${query}`, {
        ...headers,
        responseType: "arraybuffer",
        validateStatus: () => true,
      })
      return {
        status,
        text: Buffer.from(data as Buffer).toString("latin1"),
        headers: { ...(answered as object) },
      }
    }
    const today = new Date().toISOString().slice(0, 10)
    const file = await get(`from=${today}&to=${today}`)
    expect(file).toMatchObject({
      status: 200,
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="masspay-account-${today}-${today}.pdf"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    })
    expect(file.text.startsWith("%PDF-")).toBe(true)

    for (const query of [
      "",
      "from=2026-01-01",
      "from=2026-01-02&to=2026-01-01",
      "from=2026-01-01&to=2026-02-01",
      "from=2026-02-30&to=2026-03-01",
      "from=2026-01-01T00:00:00Z&to=2026-01-02",
      "from=2026-01-01&to=2026-01-02&user_token=usr_1",
    ]) {
      expect({ query, status: (await get(query)).status }).toEqual({
        query,
        status: 400,
      })
    }
    expect(
      (
        await http.get(
          `/admin/masspay/funding/statement.pdf?from=${today}&to=${today}`,
          { validateStatus: () => true }
        )
      ).status
    ).toBe(401)

    const { wire } = await kernelFrom(getContainer())
    const spy = jest
      .spyOn(wire, "getAccountStatement")
      .mockRejectedValue(new OffContractError("canary", { http_status: 200 }))
    const refused = await get(`from=${today}&to=${today}`)
    spy.mockRestore()
    expect(refused.status).toBe(500)
    expect(refused.text).not.toContain("canary")
  })
}
