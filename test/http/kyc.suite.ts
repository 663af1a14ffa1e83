import { Modules } from "@medusajs/framework/utils"

import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import { kernelFrom } from "../../src/kernel"
import type { AdminPayeeListResponse } from "../../src/types/http"
import type {
  AdminKycLinkResponse,
  AdminKycRequestListResponse,
  AdminKycRequestResponse,
  AdminPayeeSyncResponse,
  VendorKycRequestListResponse,
} from "../../src/types/http-kyc"
import type { AdminNotificationListResponse } from "../../src/types/http-notifications"
import type { VendorMeResponse } from "../../src/types/http-vendor"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs, until } from "./support/plugin"

const LINK = /^https:\/\/magic\.veriff\.me\/v\S{8,}$/
const SESSION = "https://magic.veriff.me/vcanarysession"
const VENDOR_READS = [
  "me",
  "kyc-requests",
  "activation-link",
  "tax-link?return_url=https://shop.example/back",
]

export const kyc: HostSuite = ({
  shop,
  getContainer,
  admin,
  program,
  sandbox,
  http,
}) => {
  const market = openMarketplace(getContainer)
  const lines: string[] = []

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

  /** Both are linked; then MassPay locks Ada, and what she gets next meets it. */
  async function adaIsLocked() {
    const { vendors } = await anOrder()
    await runJobs(getContainer())
    const users = sandbox().control.state().users
    const ada = users.find(({ email }) => email === "ada@example.com")
    const user_token = ada?.user_token ?? ""
    sandbox().control.lockUser(user_token, "identity")
    const operator = await admin("booker@example.com")
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendors.ada}`
    )
    await operator.post(`payees/${payees[0]?.id}/adjustments`, {
      amount: "7.00",
      currency_code: "usd",
      reason: "a bonus",
      request_id: "bonus",
    })
    const { books } = await kernelFrom(getContainer())
    await until("a payee who is known to be locked", async () => {
      await runJobs(getContainer())
      const locked = await books.rows(
        `select id from masspay_payee where status = 'locked' and papers_wanted`
      )
      return locked.length === 1
    })
    const lock = sandbox()
      .control.state()
      .users.find((user) => user.user_token === user_token)?.lock
    return { vendors, user_token, link: lock?.link ?? "" }
  }

  async function signedIn(handle: string) {
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    const [member] = await marketplace.listVendorAdmins({
      email: `${handle}@example.com`,
    })
    return vendorApi(
      shop.actorHeaders({
        actor_type: "vendor",
        actor_id: member?.id ?? "",
      })
    )
  }

  type Answered = {
    status: number
    data: unknown
    headers: Record<string, string>
  }
  function vendorApi(headers: object) {
    const config = { ...headers, validateStatus: () => true }
    return {
      get: async (path: string): Promise<Answered> => {
        const answer = await http.get(`/vendor/masspay/${path}`, config)
        const { status, data } = answer
        return {
          status,
          data,
          headers: { ...(answer.headers as object) },
        }
      },
      post: (path: string, body: object) =>
        http.post(`/vendor/masspay/${path}`, body, config),
    }
  }

  /** What MassPay makes when a session is asked for; how often it was. */
  async function sessionsMade(): Promise<{ count: number }> {
    const { wire } = await kernelFrom(getContainer())
    const made = { count: 0 }
    jest.spyOn(wire, "startKycSession").mockImplementation(() => {
      made.count += 1
      return Promise.resolve(`${SESSION}${made.count}`)
    })
    return made
  }

  beforeEach(() => {
    lines.length = 0
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      jest.spyOn(stream, "write").mockImplementation((chunk, ...rest) => {
        lines.push(String(chunk))
        return Reflect.apply(write, stream, [chunk, ...rest])
      })
    }
  })
  afterEach(() => {
    jest.restoreAllMocks()
  })

  it("shows operators what is wanted of whom, and the link only to who asks for it by name", async () => {
    const { vendors, link } = await adaIsLocked()
    expect(link).toMatch(LINK)
    const operator = await admin("ops@example.com")

    const listed = await operator.get<AdminKycRequestListResponse>(
      `kyc-requests?state=open&kind=identity&q=${vendors.ada}`
    )
    expect(listed).toMatchObject({
      count: 1,
      kyc_requests: [
        {
          vendor_id: vendors.ada,
          vendor_name: "ada",
          kind: "identity",
          title: "MassPay wants a government-issued identity document.",
          source: "error",
          blocks_payments: true,
          link: "available",
          link_host: "magic.veriff.me",
          state: "open",
        },
      ],
    })
    const id = listed.kyc_requests[0]?.id ?? ""
    expect(await operator.get(`kyc-requests?state=cleared`)).toMatchObject({
      count: 0,
    })
    const before = await operator.get<AdminKycRequestResponse>(
      `kyc-requests/${id}`
    )
    expect(before.kyc_request.accesses).toEqual([])
    expect(JSON.stringify([listed, before])).not.toContain(link)

    expect(
      await (await program()).post(`kyc-requests/${id}/link`, {})
    ).toMatchObject({ status: 400, data: { code: "not_a_person" } })
    const headers = await shop.adminHeaders("looker@example.com")
    const shown = await http.post(
      `/admin/masspay/kyc-requests/${id}/link`,
      {},
      headers
    )
    expect((shown.data as AdminKycLinkResponse).link).toBe(link)
    expect(shown).toMatchObject({
      headers: { "cache-control": "no-store" },
    })
    const after = await operator.get<AdminKycRequestResponse>(
      `kyc-requests/${id}`
    )
    expect(after.kyc_request.accesses).toMatchObject([
      { actor: expect.stringMatching(/^user_/) as string },
    ])

    for (const [path, status] of [
      ["kyc-requests/mskyc_none", 404],
      ["kyc-requests?state=lost", 400],
      ["kyc-requests?kind=passport", 400],
      ["kyc-requests?limit=0", 400],
    ] as const) {
      const refused = await operator.refusal(path)
      expect({ path, status: refused.status }).toEqual({ path, status })
    }
    expect(
      await operator.post("kyc-requests/mskyc_none/link", {})
    ).toMatchObject({ status: 404 })
    expect((await operator.refusal("kyc-requests", {})).status).toBe(401)
    const { books } = await kernelFrom(getContainer())
    const stored = await books.rows(
      `select r::text as row from masspay_kyc_request r
         union all select o::text from masspay_outbox_event o
         union all select e::text from masspay_payout_event e
         union all select a::text from masspay_attempt a
         union all select p::text from masspay_payout p`
    )
    const secret = new URL(link).pathname.slice(2)
    expect(stored.length).toBeGreaterThan(4)
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect(lines.join("")).not.toContain(secret)
  })

  it("shows a vendor what is asked of her, with her link, and nobody else", async () => {
    const { link, vendors } = await adaIsLocked()
    const [ada, bob] = [await signedIn("ada"), await signedIn("bob")]

    const mine = await ada.get("kyc-requests")
    expect(mine.headers["cache-control"]).toBe("no-store")
    expect((mine.data as VendorKycRequestListResponse).kyc_requests).toEqual([
      {
        id: expect.stringMatching(/^mskyc_/) as string,
        kind: "identity",
        title: "MassPay wants a government-issued identity document.",
        text: null,
        link,
        link_host: "magic.veriff.me",
        created_at: expect.any(String) as string,
      },
    ])
    const me = (await ada.get("me")).data as VendorMeResponse
    expect(me.vendor).toMatchObject({
      status: "locked",
      kyc: { status: "required" },
      missing: [
        {
          code: "papers",
          text: "MassPay wants a government-issued identity document.",
        },
      ],
    })
    expect((await bob.get("kyc-requests")).data).toEqual({ kyc_requests: [] })
    for (const path of VENDOR_READS) {
      const text = JSON.stringify((await bob.get(path)).data)
      expect(text).not.toContain(vendors.ada)
      expect(text).not.toContain(new URL(link).pathname)
    }
    // Nobody's word counts for whose she is.
    for (const path of [
      `kyc-requests?vendor_id=${vendors.ada}`,
      `kyc-requests?id=${(mine.data as VendorKycRequestListResponse).kyc_requests[0]?.id}`,
      `me?vendor_id=${vendors.ada}`,
    ]) {
      expect((await bob.get(path)).status).toBe(400)
    }
    const made = await sessionsMade()
    for (const body of [
      { request_id: "r1", vendor_id: vendors.ada },
      { request_id: "r1", user_token: "usr_1" },
      { request_id: "" },
      { request_id: "r1", provider: "passport" },
      {},
    ]) {
      expect((await bob.post("kyc-link", body)).status).toBe(400)
    }
    expect(made.count).toBe(0)

    const strangers = [
      {},
      shop.actorHeaders({ actor_type: "customer", actor_id: "cus_1" }),
      shop.actorHeaders({
        actor_type: "vendor",
        actor_id: vendors.ada ?? "",
      }),
      await shop.adminHeaders(),
    ]
    for (const [n, headers] of strangers.entries()) {
      const api = vendorApi(headers)
      const { status } = await api.post("kyc-link", { request_id: "r1" })
      const statuses = [status]
      for (const path of VENDOR_READS) {
        statuses.push((await api.get(path)).status)
      }
      expect(new Set(statuses)).toEqual(new Set([n === 0 ? 401 : 403]))
    }
    expect(made.count).toBe(0)
  })

  it("makes a session for a vendor or an operator once for each request", async () => {
    const { vendors } = await anOrder()
    await runJobs(getContainer())
    const made = await sessionsMade()
    const [ada, bob] = [await signedIn("ada"), await signedIn("bob")]

    const first = await ada.post("kyc-link", { request_id: "r1" })
    expect(first).toMatchObject({
      status: 200,
      data: { link: `${SESSION}1`, provider: "veriff" },
      headers: { "cache-control": "no-store" },
    })
    expect(await ada.post("kyc-link", { request_id: "r1" })).toMatchObject({
      data: { link: `${SESSION}1` },
    })
    expect(
      await bob.post("kyc-link", { request_id: "r1", provider: "au10tix" })
    ).toMatchObject({ data: { link: `${SESSION}2`, provider: "au10tix" } })
    const operator = await admin()
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendors.ada}`
    )
    const payee = payees[0]?.id ?? ""
    expect(
      await operator.post(`payees/${payee}/kyc-link`, { request_id: "r1" })
    ).toMatchObject({ status: 200, data: { link: `${SESSION}3` } })
    expect(made.count).toBe(3)

    expect(
      await operator.post("payees/mspye_none/kyc-link", { request_id: "r2" })
    ).toMatchObject({ status: 404 })
    expect(
      await (
        await program()
      ).post(`payees/${payee}/kyc-link`, { request_id: "r2" })
    ).toMatchObject({ status: 400, data: { code: "not_a_person" } })
    expect(made.count).toBe(3)
    expect(payees).toMatchObject([
      { kyc_status: "not_required", papers_wanted: false },
    ])
    expect(lines.join("")).not.toContain("canarysession")
  })

  it("pays her by itself once MassPay says active, also where an operator asks now", async () => {
    const { vendors, user_token } = await adaIsLocked()
    const operator = await admin()
    const { payees } = await operator.get<AdminPayeeListResponse>(
      `payees?q=${vendors.ada}`
    )
    const payee = payees[0]?.id ?? ""

    expect(await operator.post(`payees/${payee}/sync`, {})).toMatchObject({
      status: 200,
      data: {
        payee: { id: payee, status: "locked", papers_wanted: true },
        cleared: 0,
      },
    })
    sandbox().control.unlockUser(user_token)
    const synced = await operator.post(`payees/${payee}/sync`, {})
    expect(synced.data as AdminPayeeSyncResponse).toMatchObject({
      payee: { status: "active", papers_wanted: false },
      cleared: 1,
    })
    expect(await operator.get("kyc-requests")).toMatchObject({
      kyc_requests: [
        {
          state: "cleared",
          clear_reason: "payee_active",
          cleared_by: "system",
          link: "dropped",
        },
      ],
    })
    const ada = await signedIn("ada")
    expect((await ada.get("kyc-requests")).data).toEqual({ kyc_requests: [] })
    expect(await operator.post("payees/mspye_none/sync", {})).toMatchObject({
      status: 404,
    })
  })

  it("lets an operator close a request with a reason, once", async () => {
    await adaIsLocked()
    const operator = await admin()
    const { kyc_requests } =
      await operator.get<AdminKycRequestListResponse>("kyc-requests")
    const path = `kyc-requests/${kyc_requests[0]?.id}/clear`
    const asked = { request_id: "c1", reason: "MassPay called" }

    expect(await operator.post(path, { request_id: "c1" })).toMatchObject({
      status: 400,
    })
    const closed = await operator.post(path, asked)
    expect(closed).toMatchObject({
      status: 200,
      data: {
        kyc_request: {
          state: "cleared",
          clear_reason: "operator",
          clear_note: "MassPay called",
          cleared_by: expect.stringMatching(/^user_/) as string,
        },
        effect: expect.stringContaining("Nothing is sent") as string,
      },
    })
    expect(await operator.post(path, asked)).toMatchObject({ status: 200 })
    expect(
      await operator.post(path, { ...asked, request_id: "c2" })
    ).toMatchObject({ status: 400, data: { code: "kyc_request_closed" } })
    expect(
      await operator.post("kyc-requests/mskyc_none/clear", {
        ...asked,
        request_id: "c3",
      })
    ).toMatchObject({ status: 404 })
  })

  it("gives a vendor MassPay's own links, checked, and keeps none", async () => {
    const { vendors } = await anOrder()
    const ada = await signedIn("ada")
    const back = encodeURIComponent("https://shop.example/back")
    expect((await ada.get(`tax-link?return_url=${back}`)).status).toBe(400)
    await runJobs(getContainer())
    const { wire, books } = await kernelFrom(getContainer())
    const asked: unknown[] = []
    jest.spyOn(wire, "getTaxInterviewLink").mockImplementation((interview) => {
      asked.push(interview)
      return Promise.resolve("https://tax.example/canarytax")
    })
    jest
      .spyOn(wire, "getActivationLink")
      .mockResolvedValue("https://members.masspay.io/canaryact")

    expect(await ada.get(`tax-link?return_url=${back}`)).toMatchObject({
      status: 200,
      data: { link: "https://tax.example/canarytax" },
      headers: { "cache-control": "no-store" },
    })
    const [payee] = await books.rows<{ user_token: string }>(
      `select user_token from masspay_payee where vendor_id = ?`,
      [vendors.ada]
    )
    expect(asked).toEqual([
      {
        user_token: payee?.user_token,
        return_url: "https://shop.example/back",
      },
    ])
    expect(await ada.get("activation-link")).toMatchObject({
      status: 200,
      data: { link: "https://members.masspay.io/canaryact" },
      headers: { "cache-control": "no-store" },
    })
    for (const url of [
      "",
      "back",
      "http://shop.example/back",
      "javascript:alert(1)",
      "https://user:pw@shop.example/",
      `https://shop.example/${"x".repeat(2000)}`,
    ]) {
      const refused = await ada.get(
        `tax-link?return_url=${encodeURIComponent(url)}`
      )
      expect({ url, status: refused.status }).toEqual({ url, status: 400 })
    }
    expect((await ada.get("tax-link")).status).toBe(400)
    expect(asked).toHaveLength(1)
    expect(lines.join("")).not.toMatch(/canarytax|canaryact/)
  })

  it("rings the admin's bell once, says what no mail could say, and tells again when asked", async () => {
    const { vendors, link } = await adaIsLocked()
    const operator = await admin("bell@example.com")
    const told = () =>
      operator.get<AdminNotificationListResponse>(
        `notifications?kind=papers_needed&kind=papers_wanted&q=${vendors.ada}`
      )
    await until("what was told", async () => {
      await runJobs(getContainer())
      const { notifications } = await told()
      return notifications.every(({ state }) => state !== "pending")
    })
    const { notifications, count } = await told()
    expect(count).toBe(3)
    const states = notifications.map(({ kind, way, state, detail }) =>
      [kind, way, state, detail].join(" ")
    )
    expect(states.sort()).toEqual([
      "papers_needed mail no_channel email",
      "papers_wanted feed sent ",
      "papers_wanted mail no_channel email",
    ])
    const rung = async () => {
      const module = getContainer().resolve(Modules.NOTIFICATION)
      const rows = await module.listNotifications({ channel: "feed" })
      return rows.filter(({ data }) =>
        String(data?.title).includes("wants papers")
      )
    }
    expect(await rung()).toMatchObject([
      { data: { title: "ada: MassPay wants papers" } },
    ])
    expect(JSON.stringify([notifications, await rung()])).not.toContain(link)

    const bell = notifications.find(({ way }) => way === "feed")
    const again = {
      request_id: "ring_again",
      reason: "nobody was there",
    }
    for (let times = 0; times < 2; times += 1) {
      expect(
        await operator.post(`notifications/${bell?.id}/resend`, again)
      ).toMatchObject({ status: 200 })
    }
    await until("the second ring", async () => {
      await runJobs(getContainer())
      return (await rung()).length > 1
    })
    expect(await rung()).toHaveLength(2)

    const asked = await operator.get<AdminKycRequestListResponse>(
      `kyc-requests?q=${vendors.ada}`
    )
    expect(
      await operator.post(`kyc-requests/${asked.kyc_requests[0]?.id}/notify`, {
        request_id: "mail_her",
        reason: "she lost it",
      })
    ).toMatchObject({
      status: 200,
      data: { effect: expect.any(String) as string },
    })
    expect(
      await operator.post("notifications/msnot_none/resend", {
        request_id: "none",
        reason: "none",
      })
    ).toMatchObject({ status: 404 })
    expect(await operator.refusal("kyc-requests?kind=lost")).toMatchObject({
      status: 400,
      message: expect.stringContaining("bank_document") as string,
    })
    expect(await operator.refusal("notifications?state=lost")).toMatchObject({
      status: 400,
      message: expect.stringContaining("no_channel") as string,
    })
  })
}
