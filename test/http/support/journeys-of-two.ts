import type { JourneyAdapter } from "./journeys-adapters"
import { ORDERED } from "./journeys-catalogue"
import type { Begin, Expected } from "./journeys-host"

/**
 * The same of an order of 54.98 that two sold: two bowls of 19.99, a cup of
 * 10.00, and 5.00 for the parcel. All by hand, as for one vendor.
 */
export function ordersOfTwoVendors(
  begin: Begin,
  adapter: JourneyAdapter
): void {
  describe("an order of two vendors", () => {
    const buy = () => begin(ORDERED.of_two)
    // The parcel by 3998 : 1000: 399.96 and 100.04, so 400 and 100.
    // 3998 + 400 - 400, and 1000 + 100 - 100.
    const sold: Expected = {
      total: "54.98",
      net: { ada: "39.98", bob: "10.00" },
      says: { ada: "paid", bob: "paid" },
      wallets: { ada: "39.98", bob: "10.00" },
      open: {},
    }
    const both = (text: string) => ({ ada: text, bob: text })

    it("is taken back from nobody while nobody has said whose refund it is", async () => {
      const { staff, order_id, ...order } = await buy()
      await order.see("placed", {
        ...sold,
        says: both("held: not_captured"),
        wallets: {},
      })
      await order.capture()
      await order.deliver()
      await order.see("captured, delivered", sold)

      await staff.refund(order_id, 3)
      const refunded = { ...sold, total: "51.98" }
      await order.see("refund without return", refunded)
      const ada = order.orderOf("ada")
      const return_id = await staff.requestReturn(ada, "bowl")
      await order.see("return requested", refunded)
      await staff.receiveReturn(return_id)
      // 1999 + 400 - 200. More is gone than came back to the customer, so
      // nothing is unexplained. A vendor's own order makes the paid one no
      // cheaper.
      const back = { ...sold, net: { ada: "21.99", bob: "10.00" } }
      await order.see("return received", {
        ...back,
        total: adapter.is_split ? "51.98" : "31.99",
        says: { ada: "open: negative", bob: "paid" },
        open: { ada: "-17.99 negative" },
      })
      await staff.refund(order_id, 19.99)
      await order.see("return refunded", {
        ...back,
        total: "31.99",
        says: { ada: "open: unallocated_refund", bob: "paid" },
        // What she owes is owed, whoever bears the refund.
        open: { ada: "-17.99 negative" },
      })

      await order.allocate("bob", "3.00")
      // 300 by 1000 : 100: 272.73 and 27.27, so 273 and 27. Left are 727 and 73,
      // less 73.
      await order.see("allocated", {
        ...back,
        total: "31.99",
        net: { ada: "21.99", bob: "7.27" },
        says: both("open: negative"),
        open: { ada: "-17.99 negative", bob: "-2.73 negative" },
      })
    })

    it("is paid to nobody when it is cancelled before", async () => {
      const { staff, order_id, see } = await buy()
      await staff.cancel(order_id)

      await see("cancelled", {
        // Medusa takes off only what was captured.
        total: "54.98",
        net: both("0.00"),
        says: both("held: canceled"),
        wallets: {},
        open: {},
      })
    })

    it("is owed back by both when it is cancelled after they were paid", async () => {
      const { staff, order_id, capture, see } = await buy()
      await capture()
      await see("captured", sold)

      await staff.cancel(order_id)
      await see("cancelled", {
        ...sold,
        total: "0.00",
        net: both("0.00"),
        says: both("open: negative"),
        open: { ada: "-39.98 negative", bob: "-10.00 negative" },
      })
    })

    it("costs the one whose goods an edit takes out, and not the other", async () => {
      const { staff, order_id, capture, orderOf, see } = await buy()
      await capture()
      await see("captured", sold)

      for (const id of new Set([order_id, orderOf("bob")])) {
        await staff.takeOut(id, "cup")
      }
      // Only she sells anything of it any more, so the parcel is hers:
      // 3998 + 500 - 400.
      const edited = {
        ...sold,
        total: "44.98",
        net: { ada: "40.98", bob: "0.00" },
        says: { ada: "paid", bob: "open: negative" },
        wallets: { ada: "40.98", bob: "10.00" },
        open: { bob: "-10.00 negative" },
      }
      await see("edited", edited)
      await staff.refund(order_id, 10)
      await see("refunded", edited)
    })

    it("costs the one whose goods are exchanged, and not the other", async () => {
      const { staff, order_id, variant_ids, ...order } = await buy()
      await order.capture()
      await order.deliver()
      await order.see("captured, delivered", sold)

      const ada = order.orderOf("ada")
      const return_id = await staff.requestExchange(ada, {
        back: "bowl",
        variant_id: variant_ids.plate,
      })
      // 3998 + 1000 + 400, less 400 and 100
      await order.see("exchange requested", {
        ...sold,
        total: adapter.is_split ? "54.98" : "64.98",
        net: { ada: "48.98", bob: "10.00" },
      })
      await staff.receiveReturn(return_id)
      // 1999 + 1000 + 400, less 200 and 100
      const exchanged = {
        ...sold,
        total: adapter.is_split ? "54.98" : "44.99",
        net: { ada: "30.99", bob: "10.00" },
        says: { ada: "open: negative", bob: "paid" },
        open: { ada: "-8.99 negative" },
      }
      await order.see("its return received", exchanged)
      await staff.refund(order_id, 9.99)
      await order.see("refunded", { ...exchanged, total: "44.99" })
      expect(await order.reasons()).toEqual(["sale", "sale", "exchange"])
    })

    it("costs whom an operator names when a claim is refunded", async () => {
      const { staff, order_id, ...order } = await buy()
      await order.capture()
      await order.deliver()
      await order.see("captured, delivered", sold)

      await staff.requestRefundClaim(order.orderOf("ada"), "bowl")
      await order.see("claim requested", sold)
      await staff.refund(order_id, 19.99)
      await order.see("refunded", { ...sold, total: "34.99" })

      await order.allocate("ada", "19.99")
      // 1999 by 3998 : 400: 1817.19 and 181.81, so 1817 and 182. Left are 2181
      // and 218, less 218.
      await order.see("allocated", {
        ...sold,
        total: "34.99",
        net: { ada: "21.81", bob: "10.00" },
        says: { ada: "open: negative", bob: "paid" },
        open: { ada: "-18.17 negative" },
      })
    })
  })
}
