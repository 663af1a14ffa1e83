import type {
  AdminPayeeListResponse,
  AdminPayoutPreviewResponse,
} from "../../src/types/http"
import type {
  AdminHoldListResponse,
  AdminHoldResponse,
  AdminPayeeDecisionResponse,
  AdminPayeeResponse,
  AdminPayNowResponse,
} from "../../src/types/http-collect"
import { describeHost } from "./support/host"
import { restOf, runJob, runJobs, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
const BECAUSE = { reason: "agreed with the vendor" }

let requests = 0
const once = () => {
  requests += 1
  return { request_id: `collect-${requests}`, ...BECAUSE }
}

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    // What is sold during a test became due after the last moment there was.
    MASSPAY_PAYOUTS: JSON.stringify({
      schedule: { monthly: 28 },
      timezone: "Europe/Berlin",
      hour: 6,
    }),
  },
  ({ shop, getContainer, sandbox, admin, program }) => {
    type Operator = Awaited<ReturnType<typeof admin>>

    async function sold(): Promise<string> {
      await shop.registerVendors({ [ADA]: aContact() })
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "10.00", vendor_id: ADA }],
      })
      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJob(getContainer(), "masspay-sweep-orders")
      return order
    }
    const preview = async ({ get }: Operator, query = "") =>
      get<AdminPayoutPreviewResponse & { count: number }>(
        `payouts/preview${query}`
      )
    const payeeId = async ({ get }: Operator): Promise<string> =>
      (await get<AdminPayeeListResponse>("payees")).payees[0]?.id ?? ""
    const posted = async <Answer>(
      { post }: Operator,
      path: string,
      body: object
    ): Promise<Answer> => {
      const { status, data } = await post(path, body)
      expect([path, status, data]).toEqual([path, 200, data])
      return data as Answer
    }
    const refused = async ({ post }: Operator, path: string, body: object) => {
      const { status, data } = await post(path, body)
      const { code, message } = data as { code?: string; message?: string }
      return { status, code, message }
    }

    it("is for people with a reason, and says what is wrong with a body", async () => {
      const operator = await admin()
      const wrong: [string, object, string][] = [
        ["payouts", { vendor_id: ADA }, "request_id"],
        ["payouts", { ...once() }, "vendor_id"],
        ["payouts", { ...once(), vendor_id: ADA, currency_code: "zzz" }, "ISO"],
        ["holds", { ...once(), kind: "manual" }, "'order_id' or 'vendor_id'"],
        [
          "holds",
          { ...once(), kind: "whim", vendor_id: ADA },
          "dispute, manual",
        ],
        ["holds", { ...once(), kind: "reserve", vendor_id: ADA }, "'amount'"],
        [
          "holds",
          { ...once(), kind: "reserve", vendor_id: ADA, basis_points: 1000 },
          "'days'",
        ],
        [
          "holds",
          {
            ...once(),
            kind: "reserve",
            vendor_id: ADA,
            basis_points: 0,
            days: 30,
          },
          "1 to 10000",
        ],
        [
          "holds",
          {
            ...once(),
            kind: "dispute",
            vendor_id: ADA,
            basis_points: 1,
            days: 1,
          },
          "for a reserve only",
        ],
        [
          "holds",
          { ...once(), kind: "manual", vendor_id: ADA, amount: "1.00" },
          "for a reserve only",
        ],
        [
          "holds",
          { ...once(), kind: "manual", vendor_id: ADA, until: "soon" },
          "'until'",
        ],
        ["holds/mshld_1/release", { request_id: "r" }, "'reason' is required"],
        ["payees/mspye_1/pause", { reason: "r" }, "request_id"],
        ["payees/mspye_1", { ...once(), schedule: "hourly" }, "'schedule'"],
        [
          "payees/mspye_1",
          { ...once(), minimum: { USD: "1.001" } },
          "'minimum'",
        ],
        ["payees/mspye_1", { ...once(), colour: "red" }, "colour"],
      ]
      for (const [path, body, words] of wrong) {
        const { status, message } = await refused(operator, path, body)
        expect([path, status, message]).toEqual([
          path,
          400,
          expect.stringContaining(words),
        ])
      }
      for (const query of ["reason=none", "currency_code=zzz"]) {
        expect(
          (await operator.refusal(`payouts/preview?${query}`)).status
        ).toBe(400)
      }
      const key = await program()
      expect(
        await refused(key, "payouts", { ...once(), vendor_id: ADA })
      ).toMatchObject({ status: 400, code: "not_a_person" })
      expect(
        await refused(operator, "holds", {
          ...once(),
          kind: "manual",
          order_id: "order_none",
        })
      ).toMatchObject({ status: 404 })
      expect(
        await refused(operator, "payees/mspye_none/resume", once())
      ).toMatchObject({ status: 404 })
      expect((await operator.refusal("payees/mspye_none")).status).toBe(404)
    })

    it("holds an order, releases it, and pays its vendor before her day", async () => {
      const order = await sold()
      const operator = await admin()
      // Among them the one that links her: until then it is that which is in her way.
      await runJobs(getContainer())
      const waiting = await preview(operator, "?reason=not_scheduled")
      expect(waiting).toMatchObject({
        count: 1,
        preview: [{ vendor_id: ADA, due: "10.00", pays: null }],
        totals: [{ currency_code: "USD", due: "10.00", pays: "0.00" }],
      })
      expect(waiting.preview[0]?.detail).toContain("Europe/Berlin")

      const { hold, effect } = await posted<AdminHoldResponse>(
        operator,
        "holds",
        {
          ...once(),
          kind: "dispute",
          order_id: order,
          currency_code: undefined,
        }
      )
      expect(effect).toContain("not collected")
      expect((await preview(operator)).preview).toMatchObject([
        {
          reason: "hold",
          detail: "On hold (dispute): agreed with the vendor.",
        },
      ])
      expect((await operator.order(order)).settlements).toMatchObject([
        { state: "open", reason: "hold" },
      ])
      expect(
        await operator.get<AdminHoldListResponse>("holds?state=open")
      ).toMatchObject({
        count: 1,
        holds: [
          {
            id: hold.id,
            order_id: order,
            display_id: expect.any(Number) as number,
          },
        ],
      })
      expect(
        await refused(operator, "payouts", { ...once(), vendor_id: ADA })
      ).toMatchObject({ status: 400, code: "nothing_to_pay" })
      await posted(operator, `holds/${hold.id}/release`, once())

      const asked = { ...once(), vendor_id: ADA, currency_code: "usd" }
      const { pay_now: dry } = await posted<AdminPayNowResponse>(
        operator,
        "payouts?dry_run=true",
        asked
      )
      expect(dry).toMatchObject({
        state: "preview",
        payouts: [{ amount: "10.00", status: "ready" }],
      })
      const { pay_now } = await posted<AdminPayNowResponse>(
        operator,
        "payouts",
        asked
      )
      expect(
        await posted<AdminPayNowResponse>(operator, "payouts", asked)
      ).toEqual({ pay_now })
      await runJobs(getContainer())
      expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "10.00 USD" })
      expect((await operator.payouts()).count).toBe(1)
    })

    it("shows a vendor, pauses and resumes her, and sets when she is paid", async () => {
      await sold()
      await runJobs(getContainer())
      const operator = await admin()
      const id = await payeeId(operator)
      const paused = await posted<AdminPayeeDecisionResponse>(
        operator,
        `payees/${id}/pause`,
        once()
      )
      expect(paused).toMatchObject({
        decision: { decision: "pause", vendor_id: ADA },
        payee: { is_paused: true, pause_reason: BECAUSE.reason },
      })
      expect((await preview(operator)).preview).toMatchObject([
        { reason: "paused" },
      ])
      await posted(operator, `payees/${id}/resume`, once())
      const { payee } = await posted<AdminPayeeDecisionResponse>(
        operator,
        `payees/${id}`,
        { ...once(), schedule: "immediate", minimum: { usd: "10.01" } }
      )
      expect(payee).toMatchObject({
        is_paused: false,
        schedule: "immediate",
        minimum: { USD: "10.01" },
        balances: [{ currency_code: "USD", open: "10.00", due: "10.00" }],
        decisions: [
          { decision: "set_terms" },
          { decision: "resume" },
          { decision: "pause" },
        ],
      })
      await runJobs(getContainer())
      expect((await preview(operator)).preview).toMatchObject([
        { reason: "below_minimum" },
      ])
      await posted(operator, `payees/${id}`, { ...once(), minimum: null })
      await runJobs(getContainer())
      const { payee: paid } = await operator.get<AdminPayeeResponse>(
        `payees/${id}`
      )
      expect(paid.balances).toMatchObject([{ open: "0.00", paid: "10.00" }])
    })
  }
)
