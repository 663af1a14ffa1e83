import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import { kernelFrom } from "../../src/kernel"
import { markReturned } from "../../src/modules/masspay/queries/destinations"
import type {
  AdminPayeeListResponse,
  AdminPayoutActionsResponse,
  AdminPayoutResponse,
} from "../../src/types/http"
import type { AdminPayeeResponse } from "../../src/types/http-collect"
import type {
  AdminDestinationListResponse,
  AutopayoutChangeResponse,
  DestinationFormResponse,
  DestinationRouteListResponse,
  VendorDestinationListResponse,
  VendorDestinationResponse,
} from "../../src/types/http-destinations"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs, until } from "./support/plugin"

const ACCOUNT = "471108150001"
const OTHER_ACCOUNT = "471108150002"
const GIVEN: Record<string, string> = {
  "Routing number": "021000021",
  "Account number": ACCOUNT,
  "Account type": "Checking",
}

type Got<Answer> = { status: number; data: Answer; headers: unknown }
type Done<Answer> = { status: number; data: Answer & { message?: string } }

export const destinations: HostSuite = ({
  shop,
  getContainer,
  admin,
  program,
  sandbox,
  http,
}) => {
  const market = openMarketplace(getContainer)

  /** Ada sells for so much, and is paid as far as she can be. */
  async function aSale(price: string): Promise<string> {
    const order = await market.family(shop, {
      vendors: { ada: [price] },
      platform: [],
    })
    await shop.pay(order.parent)
    await shop.complete(order.parent)
    await restOf(getContainer())
    await runJobs(getContainer())
    return order.vendors.ada ?? ""
  }

  /** A vendor who was paid into her wallet once, and what she may call. */
  async function ada() {
    // Profiles are another matter.
    sandbox().control.changeSettings({ payout_profile: "any" })
    const vendor_id = await aSale("12.50")
    const operator = await admin("ops@example.com")
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendor_id}`
    )
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    const [member] = await marketplace.listVendorAdmins({
      email: "ada@example.com",
    })
    const headers = shop.actorHeaders({
      actor_type: "vendor",
      actor_id: member?.id ?? "",
    })
    const config = { ...headers, validateStatus: () => true }
    const at = (path: string) => `/vendor/masspay/${path}`
    return {
      payee_id: payees[0]?.id ?? "",
      vendor_id,
      operator,
      get: async <Answer>(path: string): Promise<Got<Answer>> => {
        const { status, data, headers } = await http.get(at(path), config)
        return { status, data: data as Answer, headers }
      },
      post: async <Answer>(
        path: string,
        body: object
      ): Promise<Done<Answer>> => {
        const { status, data } = await http.post(at(path), body, config)
        return { status, data: data as Done<Answer>["data"] }
      },
      end: async (path: string) => http.delete(at(path), config),
    }
  }
  type Ada = Awaited<ReturnType<typeof ada>>

  const ROUTES =
    "destinations/routes?currency_code=usd&country_code=us&amount=20.00"

  async function aBank({ get }: Ada) {
    const { data } = await get<DestinationRouteListResponse>(ROUTES)
    const bank = data.routes.find(
      (route) => route.delivery_type === "BANK_DEPOSIT"
    )
    if (!bank) throw new Error("There is no bank in the US")
    return bank
  }

  async function choiceOf(vendor: Ada, request_id: string) {
    const bank = await aBank(vendor)
    const { fee, exchange_rate, destination_currency_code } = bank
    return {
      request_id,
      currency_code: "usd",
      country_code: "us",
      amount: "20.00",
      destination_token: bank.destination_token,
      destination_currency_code,
      shown: { fee, exchange_rate, destination_currency_code },
    }
  }

  async function detailsFor({ get }: Ada, change: object = {}) {
    const { data } = await get<DestinationFormResponse>(
      "destinations/attributes?currency_code=usd"
    )
    const given = { ...GIVEN, ...change } as Record<string, string>
    return {
      destination_id: data.destination_id,
      values: Object.fromEntries(
        data.fields.map(({ token, label }) => [token, given[label] ?? ""])
      ),
    }
  }

  async function aReadyDestination(vendor: Ada): Promise<string> {
    const choice = await choiceOf(vendor, "choose-1")
    expect(await vendor.post("destinations", choice)).toMatchObject({
      status: 200,
    })
    const { values } = await detailsFor(vendor)
    const stored = await vendor.post<VendorDestinationResponse>(
      "destinations/attributes",
      { request_id: "details-1", currency_code: "usd", values, label: "Main" }
    )
    expect(stored.status).toBe(200)
    return stored.data.destination?.id ?? ""
  }

  it("takes a vendor from no destination to money in her bank account", async () => {
    const vendor = await ada()
    const { operator, payee_id, get, post } = vendor
    const list = async () =>
      (await get<VendorDestinationListResponse>("destinations")).data
    expect(await list()).toEqual({ method: "wallet", destinations: [] })

    const choice = await choiceOf(vendor, "choose-1")
    const previewed = await post<VendorDestinationResponse>(
      "destinations?dry_run=true",
      { ...choice, shown: undefined }
    )
    expect(previewed).toMatchObject({
      status: 200,
      data: { destination: null, terms: choice.shown },
    })
    expect((await list()).destinations).toEqual([])
    for (const _ of ["once", "again"]) {
      const chosen = await post<VendorDestinationResponse>(
        "destinations",
        choice
      )
      expect(chosen).toMatchObject({
        status: 200,
        data: { destination: { status: "incomplete", account: null } },
      })
    }

    const { values } = await detailsFor(vendor)
    const details = { currency_code: "usd", values, label: "Main" }
    for (const _ of ["once", "again"]) {
      const stored = await post<VendorDestinationResponse>(
        "destinations/attributes",
        { ...details, request_id: "details-1" }
      )
      expect(stored).toMatchObject({
        status: 200,
        data: {
          destination: {
            status: "ready",
            label: "Main",
            account: "…0001",
            reason: null,
          },
        },
      })
    }
    expect((await list()).destinations).toHaveLength(1)

    await operator.post(`payees/${payee_id}`, {
      method: "direct",
      request_id: "method-1",
      reason: "she asked for it",
    })
    expect(
      await operator.get<AdminPayeeResponse>(`payees/${payee_id}`)
    ).toMatchObject({
      payee: { method: "direct", effective: { method: "direct" } },
    })
    expect((await list()).method).toBe("direct")
    await operator.post(`payees/${payee_id}/adjustments`, {
      amount: "40.00",
      currency_code: "usd",
      reason: "a bonus",
      request_id: "bonus-1",
    })
    const { books } = await kernelFrom(getContainer())
    const payout = await until(
      "a direct payout to be with MassPay",
      async () => {
        await runJobs(getContainer())
        const [row] = await books.rows<{ id: string }>(
          `select id from masspay_payout
            where method = 'direct' and status in ('accepted', 'completed')`
        )
        return row
      }
    )

    const { payout: detail } = await operator.get<AdminPayoutResponse>(
      `payouts/${payout.id}`
    )
    expect(detail).toMatchObject({
      payee_id,
      direct: {
        destination: {
          label: "Main",
          account: "…0001",
          is_returned: false,
          is_replaced: false,
        },
        quote: {
          source_amount: detail.amount,
          fee: choice.shown.fee,
          fee_borne_by: "platform",
          is_committed: true,
        },
        has_confirmation: true,
      },
    })
    // Neither its code nor its details are for operators.
    expect(JSON.stringify(detail.direct)).not.toMatch(/pickup|47110815/)

    for (const path of [`/vendor/masspay`, "/admin/masspay"]) {
      const headers =
        path === "/admin/masspay" ? await shop.adminHeaders() : undefined
      const file = headers
        ? await http.get(`${path}/payouts/${payout.id}/confirmation`, headers)
        : await get<string>(`payouts/${payout.id}/confirmation`)
      expect(String(file.data).slice(0, 5)).toBe("%PDF-")
      expect(file.headers).toMatchObject({
        "content-type": expect.stringContaining("application/pdf") as string,
        "cache-control": "private, no-store",
      })
    }
    expect(await get(`payouts/${payout.id}/pickup-code`)).toMatchObject({
      status: 200,
      data: { pickup_code: null },
      headers: { "cache-control": "no-store" },
    })
  })

  it("lets an operator have a direct payout reversed, once it has arrived, once", async () => {
    const vendor = await ada()
    const { operator, payee_id } = vendor
    await aReadyDestination(vendor)
    await operator.post(`payees/${payee_id}`, {
      method: "direct",
      request_id: "method-1",
      reason: "she asked for it",
    })
    await operator.post(`payees/${payee_id}/adjustments`, {
      amount: "40.00",
      currency_code: "usd",
      reason: "a bonus",
      request_id: "bonus-1",
    })
    const { books } = await kernelFrom(getContainer())
    const direct = () =>
      books.rows<{ id: string; status: string }>(
        `select id, status from masspay_payout where method = 'direct'
            order by created_at`
      )
    const untilFirstIs = (wanted: string) =>
      until(`the direct payout to be ${wanted}`, async () => {
        await runJobs(getContainer())
        const [first] = await direct()
        return first?.status === wanted ? first : undefined
      })
    const { id } = await untilFirstIs("accepted")
    const reversal = async () => {
      const { actions } = await operator.get<AdminPayoutActionsResponse>(
        `payouts/${id}/actions`
      )
      return actions.find(({ action }) => action === "reverse")
    }
    expect(await reversal()).toMatchObject({
      allowed: false,
      why_not: { code: "wrong_status" },
    })
    const asked = { request_id: "reverse-1", reason: "it was a mistake" }
    const early = await operator.post(`payouts/${id}/reverse`, asked)
    expect(early.status).toBe(400)

    await operator.post(`payouts/${id}/resolve`, {
      ...asked,
      request_id: "resolve-1",
    })
    expect(await direct()).toMatchObject([{ id, status: "completed" }])
    expect(await reversal()).toMatchObject({ allowed: true })
    // What it paid must not go out again while it is looked at.
    await operator.post(`payees/${payee_id}/pause`, {
      ...asked,
      request_id: "pause-1",
    })
    const dry = await operator.post(`payouts/${id}/reverse?dry_run=true`, {
      ...asked,
      request_id: "reverse-2",
    })
    expect(dry).toMatchObject({
      status: 200,
      data: {
        action: { effect: expect.stringMatching(/fee stays paid/) as string },
      },
    })
    expect(await direct()).toMatchObject([{ id, status: "completed" }])
    for (const _ of ["once", "again"]) {
      expect(
        await operator.post(`payouts/${id}/reverse`, {
          ...asked,
          request_id: "reverse-3",
        })
      ).toMatchObject({ status: 200 })
    }
    await untilFirstIs("reversed")
    expect(await direct()).toHaveLength(1)
    const [remote] = sandbox()
      .control.payouts()
      .payouts.filter(({ committed_at }) => committed_at !== null)
    expect(remote?.reversed_amount).toBe(remote?.destination_amount)
    expect(await reversal()).toMatchObject({ allowed: false })
  })

  it("writes nothing on terms that she was not shown, and says what hold now", async () => {
    const vendor = await ada()
    const choice = await choiceOf(vendor, "choose-1")
    const { shown } = choice
    for (const change of [
      { shown: { ...shown, fee: "0.01" } },
      { shown: { ...shown, exchange_rate: "2" } },
      { shown: { ...shown, destination_currency_code: "MXN" } },
    ]) {
      const { status, data } = await vendor.post<object>("destinations", {
        ...choice,
        ...change,
      })
      expect(status).toBe(400)
      expect(data.message).toContain(`Now: fee ${shown.fee} USD`)
    }
    const { data } =
      await vendor.get<VendorDestinationListResponse>("destinations")
    expect(data.destinations).toEqual([])
  })

  it("says what is allowed where something is wrong, and repeats no account", async () => {
    const vendor = await ada()
    const choice = await choiceOf(vendor, "choose-1")
    const wrong: [object, RegExp][] = [
      [{ shown: undefined }, /'shown' is required.*dry_run/],
      [{ country_code: "XX" }, /'country_code'.*DE or DEU/],
      [{ currency_code: "dollar" }, /'currency_code'.*ISO 4217/],
      [{ destination_currency_code: "?" }, /3 to 5 letters/],
      [{ destination_token: "dest none" }, /'destination_token'.*routes/],
      [{ destination_token: "dest_none" }, /List the routes again/],
      [{ amount: "1.999" }, /'amount'.*200\.00/],
      [{ vendor_id: "someone" }, /vendor_id/],
    ]
    for (const [change, says] of wrong) {
      const { status, data } = await vendor.post<object>("destinations", {
        ...choice,
        ...change,
      })
      expect({ change, status }).toEqual({ change, status: 400 })
      expect(data.message).toMatch(says)
    }
    expect(
      (await vendor.get("destinations/attributes?currency_code=usd")).status
    ).toBe(400)

    await vendor.post("destinations", choice)
    const { values } = await detailsFor(vendor)
    const [token = ""] = Object.keys(values).filter(
      (key) => values[key] === ACCOUNT
    )
    const wrongDetails: [object, RegExp][] = [
      [{ values: { ...values, [token]: "" } }, /'Account number' is required/],
      [
        { values: { ...values, [token]: `x${ACCOUNT}` } },
        /'Account number' does not have the form/,
      ],
      [{ values: { ...values, iban: ACCOUNT } }, /It asks for: attr_/],
      [{ values: { ...values, [token]: 471108150001 } }, /'values' must be/],
      [{ values: ACCOUNT }, /'values' must be/],
      [{ values, label: 471108150001 }, /'label' must be/],
      [{ values, label: `Acct ${ACCOUNT}` }, /'label' is kept here/],
      [{ values, label: "" }, /'label' must be/],
    ]
    for (const [change, says] of wrongDetails) {
      const { status, data } = await vendor.post<object>(
        "destinations/attributes",
        { request_id: "details-1", currency_code: "usd", ...change }
      )
      expect({ says, status }).toEqual({ says, status: 400 })
      expect(data.message).toMatch(says)
      expect(JSON.stringify(data)).not.toContain("47110815")
    }
  })

  it("lets an operator do the same for her, and use a destination again that money came back from", async () => {
    const vendor = await ada()
    const { operator, payee_id } = vendor
    const id = await aReadyDestination(vendor)
    const path = `payees/${payee_id}/destinations`
    const list = async () => operator.get<AdminDestinationListResponse>(path)
    const before = await list()
    expect(before).toMatchObject({
      method: { own: null, effective: "wallet" },
      destinations: [
        { id, status: "ready", chosen_by: `vendor:${vendor.vendor_id}` },
      ],
      replaced: [{ status: "incomplete" }],
    })
    const { books } = await kernelFrom(getContainer())
    await markReturned(books, { destination_id: id, payout_id: "mspyo_x" })
    expect((await list()).destinations).toMatchObject([
      {
        status: "returned",
        reason: "returned",
        returned_payout_id: "mspyo_x",
      },
    ])

    const { values } = await detailsFor(vendor)
    const same = await operator.post(`${path}/${id}/attributes`, {
      request_id: "same",
      reason: "she says it is right",
      values,
    })
    expect(same.status).toBe(400)
    const again = {
      request_id: "again",
      reason: "her bank was closed for a day",
    }
    for (const _ of ["once", "again"]) {
      expect(
        await operator.post(`${path}/${id}/use-again`, again)
      ).toMatchObject({
        status: 200,
        data: { destination: { id, status: "ready" } },
      })
    }

    const other = await detailsFor(vendor, {
      "Account number": OTHER_ACCOUNT,
    })
    const changed = await operator.post(`${path}/${id}/attributes`, {
      request_id: "other",
      reason: "she has another bank",
      values: other.values,
    })
    expect(changed).toMatchObject({
      status: 200,
      data: { destination: { account: "…0002", status: "ready" } },
    })
    // The one before is used no more, by anybody.
    for (const end of ["attributes", "use-again"]) {
      const { status } = await operator.post(`${path}/${id}/${end}`, {
        request_id: `late-${end}`,
        reason: "too late",
        ...(end === "attributes" && { values: other.values }),
      })
      expect({ end, status }).toEqual({ end, status: 400 })
    }
    expect(
      (await operator.post(`${path}/msdst_none/use-again`, again)).status
    ).toBe(400)
    const machine = await program()
    expect(
      (
        await machine.post(`${path}/${id}/use-again`, {
          ...again,
          request_id: "key",
        })
      ).status
    ).toBe(400)
  })

  it("makes and ends rules that lead to her own destination", async () => {
    const vendor = await ada()
    await aReadyDestination(vendor)
    const rule = { currency_code: "usd", percentage: 25, request_id: "rule" }
    const made = await vendor.post<AutopayoutChangeResponse>(
      "autopayouts",
      rule
    )
    expect(made).toMatchObject({
      status: 200,
      data: {
        autopayouts: [{ currency_code: "USD", percentage: 25, label: "Main" }],
      },
    })
    const refused = await vendor.post<object>("autopayouts", {
      ...rule,
      percentage: 0,
      request_id: "none",
    })
    expect(refused).toMatchObject({
      status: 400,
      data: { message: expect.stringMatching(/'percentage'.*100/) as string },
    })
    const id = made.data.autopayouts[0]?.id ?? ""
    const ended = await vendor.end(`autopayouts?rule_id=${id}&request_id=end-1`)
    expect(ended).toMatchObject({ status: 200, data: { autopayouts: [] } })
  })
}
