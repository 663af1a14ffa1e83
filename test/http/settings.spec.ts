import type {
  AdminActionRequestListResponse,
  AdminPayeeListResponse,
} from "../../src/types/http"
import type { AdminHoldResponse } from "../../src/types/http-collect"
import type { AdminSettingsResponse } from "../../src/types/http-settings"
import { describeHost } from "./support/host"
import { restOf, runJobs } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
const SECRET = "canary-webhook-secret-0123456789"

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_SETTLEMENT: JSON.stringify({ holdDays: 0 }),
    MASSPAY_PAYOUTS: JSON.stringify({
      minimum: { USD: "1000.00" },
      approval: "all",
    }),
    MASSPAY_WEBHOOKS: JSON.stringify({ secrets: [SECRET] }),
  },
  ({ shop, getContainer, admin, http }) => {
    async function aVendorWithMoney() {
      await shop.registerVendors({ [ADA]: aContact() })
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "10.00", vendor_id: ADA }],
        currency_code: "usd",
      })
      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJobs(getContainer())
    }

    it("shows operators what holds, and nobody a secret", async () => {
      const { get, refusal } = await admin()
      const answer = await get<AdminSettingsResponse>("settings")
      const at = (path: string) =>
        answer.settings.find((setting) => setting.path === path)

      expect(at("payouts.minimum.USD")).toEqual({
        path: "payouts.minimum.USD",
        value: "1000.00",
        is_secret: false,
        is_default: false,
      })
      expect(at("webhooks.secrets")).toMatchObject({
        value: "set",
        is_secret: true,
      })
      expect(at("environment")?.value).toBe("sandbox")
      const text = JSON.stringify(answer)
      expect(text).not.toContain("canary")
      // The sandbox's own keys are not shown either.
      expect(text).not.toMatch(/masspay-sandbox-key|(5a){8}/)

      expect((await refusal("settings", {})).status).toBe(401)
      expect(await refusal("settings?reveal=true")).toMatchObject({
        status: 400,
      })
      const { status } = await http.post(
        "/admin/masspay/settings",
        { apiKey: "x" },
        {
          ...(await shop.adminHeaders("another@example.com")),
          validateStatus: () => true,
        }
      )
      expect(status).toBe(404)
    })

    it("lists payees with what they have, and says what cannot be asked", async () => {
      await aVendorWithMoney()
      const { get, refusal } = await admin()
      const open = await get<AdminPayeeListResponse>(
        "payees?currency_code=usd&order=-open&status=active&status=locked"
      )

      expect(open).toMatchObject({
        count: 1,
        payees: [
          {
            vendor_id: ADA,
            balances: [
              {
                currency_code: "USD",
                open: "10.00",
                in_transit: "0.00",
                paid: "0.00",
              },
            ],
          },
        ],
      })
      const none = await get<AdminPayeeListResponse>("payees?needs=resume")
      expect(none.count).toBe(0)

      const wrong: Record<string, string> = {
        "order=open": "only together with 'currency_code'",
        "order=amount": "'created_at, -created_at, name, -name, open, -open'",
        "needs=money": "Field 'needs' must be one of: account, confirmation",
        "status=lost": "Field 'status' must be one of: unlinked",
        "currency_code=zzz": "Field 'currency_code' must be an ISO 4217 code",
        "is_paused=true": "'is_paused'",
      }
      for (const [query, words] of Object.entries(wrong)) {
        const { status, message } = await refusal(`payees?${query}`)
        expect([query, status]).toEqual([query, 400])
        expect(message).toContain(words)
      }
    })

    it("names the vendor of a proposal and of a hold", async () => {
      await aVendorWithMoney()
      const { get, post } = await admin()
      const { payees } = await get<AdminPayeeListResponse>(`payees?q=${ADA}`)
      const [payee] = payees
      const body = { reason: "agreed by telephone" }
      await post(`payees/${payee?.id}/adjustments`, {
        ...body,
        request_id: "settings-1",
        amount: "5.00",
        currency_code: "usd",
      })
      const { data } = await post("holds", {
        ...body,
        request_id: "settings-2",
        kind: "manual",
        vendor_id: ADA,
      })

      const { hold } = data as AdminHoldResponse
      expect(hold.vendor_name).toBe(payee?.name)
      const { action_requests, count } =
        await get<AdminActionRequestListResponse>(
          "action-requests?state=proposed&limit=1"
        )
      expect(count).toBe(1)
      expect(action_requests).toMatchObject([
        { action: "adjust", vendor_id: ADA, vendor_name: payee?.name },
      ])

      const found = async (path: string, q: string) =>
        (await get<{ count: number }>(`${path}?q=${encodeURIComponent(q)}`))
          .count
      const name = payee?.name?.slice(1, 4) ?? ""
      for (const q of [name, ADA, action_requests[0]?.id ?? ""]) {
        expect([q, await found("action-requests", q)]).toEqual([
          q,
          q === action_requests[0]?.id ? 1 : 2,
        ])
      }
      for (const q of [name, ADA, hold.id]) {
        expect([q, await found("holds", q)]).toEqual([q, 1])
      }
      for (const path of [
        "action-requests",
        "holds",
        "unallocated-refunds",
        "webhook-events",
      ]) {
        expect([path, await found(path, "%")]).toEqual([path, 0])
      }
    })
  }
)
