import type { AdminActionRequestListResponse } from "../../src/types/http"
import type {
  AdminRefundAllocationResponse,
  AdminUnallocatedRefundListResponse,
} from "../../src/types/http-refunds"
import { masspaySettleOrderWorkflow } from "../../src/workflows"
import { describeHost } from "./support/host"
import { restOf, runJobs } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
const BOB = "ven_bob"

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_PAYOUTS: JSON.stringify({ approval: { above: { USD: "9.99" } } }),
  },
  ({ shop, getContainer, admin }) => {
    it("a refund above the threshold falls on a vendor when a second person says so", async () => {
      await shop.registerVendors({
        [ADA]: aContact(),
        [BOB]: aContact({ name: "Bob's Bowls", email: "bob@example.com" }),
      })
      const order = await shop.place({
        items: [
          { title: "Bowl", unit_price: "60.00", vendor_id: ADA },
          { title: "Cup", unit_price: "40.00", vendor_id: BOB },
        ],
      })
      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJobs(getContainer())
      await shop.refund(order, 10)
      await masspaySettleOrderWorkflow(getContainer()).run({
        input: { order_id: order },
      })
      const ada = await admin()
      const bob = await admin("bob@example.com")
      const netOf = async (vendor_id: string) =>
        (await ada.order(order)).settlements.find(
          (one) => one.vendor_id === vendor_id
        )?.net
      const listed = await ada.get<AdminUnallocatedRefundListResponse>(
        "unallocated-refunds"
      )
      const path = `unallocated-refunds/${listed.unallocated_refunds[0]?.id ?? ""}/allocate`
      const before = await netOf(BOB)
      const body = {
        request_id: "allocate-1",
        reason: "Bob's cup came in pieces",
        allocations: [
          { vendor_id: BOB, amount: "8.00" },
          { vendor_id: null, amount: "2.00" },
        ],
      }

      // A dry run shows what each balance changes by, and changes nothing.
      expect(await ada.post(`${path}?dry_run=true`, body)).toMatchObject({
        status: 200,
        data: {
          allocation: {
            id: null,
            state: "preview",
            amount: "10.00",
            changes: [
              { vendor_id: ADA, amount: "0.00" },
              { vendor_id: BOB, amount: "-8.00" },
            ],
          },
        },
      })
      expect(await ada.post(`${path}?dry_run=maybe`, body)).toMatchObject({
        status: 400,
      })
      const requests = () =>
        ada.get<AdminActionRequestListResponse>(
          "action-requests?state=proposed"
        )
      expect((await requests()).count).toBe(0)

      const proposed = await ada.post(path, body)
      expect(proposed).toMatchObject({
        status: 200,
        data: {
          allocation: {
            state: "proposed",
            refund_id: expect.any(String) as string,
          },
        },
      })
      const { id } = (proposed.data as AdminRefundAllocationResponse).allocation
      expect(await requests()).toMatchObject({
        count: 1,
        action_requests: [
          { id, action: "allocate_refund", amount: "10.00", state: "proposed" },
        ],
      })
      expect(await netOf(BOB)).toBe(before)

      const answer = `action-requests/${id ?? ""}`
      const yes = { reason: "I saw the cup" }
      expect(await ada.post(`${answer}/confirm`, yes)).toMatchObject({
        status: 400,
        data: { message: "Somebody else has to confirm what you proposed." },
      })
      expect(
        await bob.post(path, { ...body, request_id: "allocate-2" })
      ).toMatchObject({
        status: 400,
        data: {
          message: "A second person has been asked about this refund already.",
        },
      })
      expect(
        await bob.post(`${answer}/confirm?dry_run=true`, yes)
      ).toMatchObject({
        status: 200,
        data: { action: { id: null, state: "preview" } },
      })
      expect(await netOf(BOB)).toBe(before)

      const confirmed = await bob.post(`${answer}/confirm`, yes)
      expect(confirmed).toMatchObject({
        status: 200,
        data: { action: { id, state: "done", action: "allocate_refund" } },
      })
      expect(await bob.post(`${answer}/confirm`, yes)).toEqual(confirmed)
      expect(await bob.post(`${answer}/reject`, yes)).toMatchObject({
        status: 400,
        data: { message: "This proposal was answered already." },
      })
      expect(await netOf(BOB)).toBe("32.00")
      expect((await requests()).count).toBe(0)
      expect(
        (
          await ada.get<AdminUnallocatedRefundListResponse>(
            "unallocated-refunds"
          )
        ).count
      ).toBe(0)
    })
  }
)
