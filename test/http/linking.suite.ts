import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import { kernelFrom } from "../../src/kernel"
import type { AdminPayee, AdminPayeeListResponse } from "../../src/types/http"
import type { AdminPayeeResponse } from "../../src/types/http-collect"
import type {
  AdminBulkLinkResponse,
  AdminLinkResponse,
  AdminPayeeAction,
} from "../../src/types/http-linking"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { type openAdmin, restOf, runJobs, until } from "./support/plugin"

type Operator = ReturnType<typeof openAdmin>

const ADDRESS = {
  address1: "1 Canary Street",
  city: "Canaryville",
  state_province: "CA",
  postal_code: "73301",
}

let requests = 0

export const linking: HostSuite = ({
  shop,
  getContainer,
  admin,
  sandbox,
  http,
}) => {
  const market = openMarketplace(getContainer)

  async function payeeOf(
    operator: Operator,
    vendor_id: string | undefined
  ): Promise<AdminPayee> {
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendor_id}`
    )
    const [payee] = payees
    if (!payee) throw new Error(`There is no payee of ${vendor_id}`)
    return payee
  }

  async function ask(
    operator: Operator,
    path: string,
    body: object = {}
  ): Promise<{ status: number; data: { code?: string; message?: string } }> {
    requests += 1
    const { status, data } = await operator.post(path, {
      request_id: `linking-${requests}`,
      reason: "agreed by telephone",
      ...body,
    })
    return { status, data: data as { code?: string; message?: string } }
  }

  const actionOf = ({ data }: { data: object }) =>
    (data as { action: AdminPayeeAction }).action

  async function anOrder() {
    const order = await market.family(shop, {
      vendors: { ada: ["12.50"], bob: ["20.00"] },
      platform: [],
    })
    await shop.pay(order.parent)
    await shop.complete(order.parent)
    await restOf(getContainer())
    return order
  }

  async function postAs(handle: string, body: object) {
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    const [member] = await marketplace.listVendorAdmins({
      email: `${handle}@example.com`,
    })
    const { status, data } = await http.post("/vendor/masspay/profile", body, {
      ...shop.actorHeaders({
        actor_type: "vendor",
        actor_id: member?.id ?? "",
      }),
      validateStatus: () => true,
    })
    return { status, data }
  }

  it("links all vendors, also who has never sold anything, and counts beforehand", async () => {
    await market.vendor("carol")
    const operator = await admin()
    expect(
      await operator.get<AdminBulkLinkResponse>("payees/bulk-link")
    ).toEqual({ bulk_link: null })

    const counted = await operator.post("payees/bulk-link?dry_run=true", {})
    expect(counted).toMatchObject({
      status: 200,
      data: { preview: { is_complete: true, vendors: 1, linked: 0 } },
    })
    expect(await operator.post("payees/bulk-link", {})).toMatchObject({
      status: 400,
    })
    expect(await ask(operator, "payees/bulk-link")).toMatchObject({
      status: 200,
    })
    const { bulk_link } = await until("the end of the linking", async () => {
      const now = await operator.get<AdminBulkLinkResponse>("payees/bulk-link")
      return now.bulk_link?.state === "finished" && now
    })
    expect(bulk_link).toMatchObject({ total: 1, linked: 1, waiting: 0 })
    expect(bulk_link?.started_by).toMatch(/^user_/)
    expect(await ask(operator, "payees/bulk-link/cancel", {})).toMatchObject({
      status: 400,
      data: { code: "not_running" },
    })
  })

  it("passes profiles on, from an operator and from the vendor, and shows only what is missing", async () => {
    const { vendors } = await anOrder()
    await runJobs(getContainer())
    const operator = await admin()
    const ada = await payeeOf(operator, vendors.ada)
    expect(ada.profile_missing).toContain("address1")

    const wrong = await operator.post(`payees/${ada.id}/profile`, {
      date_of_birth: "2020-01-01",
    })
    expect(wrong).toMatchObject({ status: 400 })
    expect(JSON.stringify(wrong.data)).not.toContain("2020-01-01")
    // Nor is what is of the wrong type: what she meant to keep to herself all the same.
    const untyped = { mobile_number: 16502000226, date_of_birth: 19900517 }
    for (const refused of [
      await operator.post(`payees/${ada.id}/profile`, untyped),
      await postAs("ada", untyped),
    ]) {
      expect(refused).toMatchObject({ status: 400 })
      const told = JSON.stringify(refused.data)
      expect(told).toContain(
        "Field 'mobile_number' must be a text of 1 to 200 characters"
      )
      expect(told).not.toMatch(/16502000226|19900517/)
    }
    expect(
      await operator.post(`payees/${ada.id}/profile`, ADDRESS)
    ).toMatchObject({
      status: 200,
      data: {
        profile: { has_address: true, missing: ["date_of_birth"] },
      },
    })
    expect(await postAs("ada", { date_of_birth: "1987-03-09" })).toEqual({
      status: 200,
      data: {
        profile: { has_address: true, has_date_of_birth: true, missing: [] },
      },
    })
    expect(
      await postAs("ada", { ...ADDRESS, vendor_id: vendors.bob })
    ).toMatchObject({ status: 400 })

    const { payee } = await operator.get<AdminPayeeResponse>(`payees/${ada.id}`)
    expect(payee.profile_missing).toEqual([])
    expect(JSON.stringify(payee)).not.toMatch(/canary|73301|1987/i)
    const bob = await payeeOf(operator, vendors.bob)
    expect(bob.profile_missing).toContain("address1")
  })

  it("asks two people to confirm a found user and to unlink, and says why not", async () => {
    const { books, wire } = await kernelFrom(getContainer())
    const found = await wire.createUser(
      {
        internal_user_id: "from-elsewhere",
        email: "ada@example.com",
        first_name: "Ada",
        last_name: "Vendor",
        country_code: "US",
      },
      "from-elsewhere"
    )
    const { vendors } = await anOrder()
    await runJobs(getContainer())
    const [maker, checker] = [
      await admin("maker@example.com"),
      await admin("checker@example.com"),
    ]
    const ada = await payeeOf(maker, vendors.ada)
    expect(ada).toMatchObject({
      status: "unlinked",
      status_reason: "user_not_ours",
      found_user_token: found.user_token,
    })
    const { data: said } = await ask(maker, `payees/${ada.id}/link`)
    expect((said as AdminLinkResponse).link).toMatchObject({
      did: "not_linked",
      reason: "user_not_ours",
      message: expect.stringContaining("confirm it") as string,
    })

    const confirm = (found_user_token: string) =>
      ask(maker, `payees/${ada.id}/confirm-user`, { found_user_token })
    expect(await confirm("usr_typed")).toMatchObject({
      status: 400,
      data: { code: "user_changed" },
    })
    const proposed = actionOf(await confirm(found.user_token))
    expect(proposed).toMatchObject({ state: "proposed" })
    const answerOf = (operator: Operator, id: string | null) =>
      operator.post(`action-requests/${id}/confirm`, { reason: "she called" })
    expect(await answerOf(maker, proposed.id)).toMatchObject({
      status: 400,
      data: { code: "own_proposal" },
    })
    expect(await answerOf(checker, proposed.id)).toMatchObject({
      status: 200,
      data: { action: { state: "done", action: "confirm_user" } },
    })
    await runJobs(getContainer())
    await restOf(getContainer())
    expect(await payeeOf(maker, vendors.ada)).toMatchObject({
      user_token: found.user_token,
    })
    expect(
      sandbox()
        .control.loads()
        .loads.map(({ user_token }) => user_token)
    ).toContain(found.user_token)

    const dry = await ask(maker, `payees/${ada.id}/unlink?dry_run=true`)
    expect(actionOf(dry)).toMatchObject({ state: "preview" })
    const unlink = actionOf(await ask(maker, `payees/${ada.id}/unlink`))
    expect(unlink).toMatchObject({ state: "proposed" })
    expect(await answerOf(checker, unlink.id)).toMatchObject({ status: 200 })
    expect(await payeeOf(maker, vendors.ada)).toMatchObject({
      user_token: null,
      status_reason: "unlinked",
    })
    expect(await ask(maker, `payees/${ada.id}/unlink`)).toMatchObject({
      status: 400,
      data: { code: "not_linked" },
    })
    expect(await ask(maker, "payees/mspye_none/unlink")).toMatchObject({
      status: 404,
    })
    const kept = await books.rows(
      `select id from masspay_payee_user
          where user_token = ? and unlinked_at is not null`,
      [found.user_token]
    )
    expect(kept).toHaveLength(1)
  })
}
