import type { JourneyAdapter } from "./journeys-adapters"
import { describeShop, type Expected } from "./journeys-host"

/**
 * What happens to orders of 54.98: two bowls of 19.99, something of 10.00, and
 * 5.00 for the parcel. All expectations are computed by hand, in cents; a tenth
 * of each line of goods, rounded half to even, is commission.
 */
export function describeJourneys(adapter: JourneyAdapter): void {
  describeShop(adapter, (begin) => {
    describe("an order of one vendor", () => {
      const buy = () => begin({ bowl: 2, jug: 1 })
      // 3998 + 1000 + 500, less 400 and 100
      const sold: Expected = {
        total: "54.98",
        net: { ada: "49.98" },
        says: { ada: "paid" },
        wallets: { ada: "49.98" },
        open: {},
      }
      const owes = (net: string, amount: string): Partial<Expected> => ({
        net: { ada: net },
        says: { ada: "open: negative" },
        open: { ada: `-${amount} negative` },
      })

      it("is paid when it is captured; a refund and a return come off later sales", async () => {
        const { staff, order_id, ...order } = await buy()
        const unpaid = { ...sold, wallets: {} }
        await order.see("placed", {
          ...unpaid,
          says: { ada: "held: not_captured" },
        })

        await order.capture()
        await order.see("captured", sold)
        await order.deliver()
        await order.see("captured, delivered", sold)

        await staff.refund(order_id, 3)
        // She sold everything, so 300 are hers to bear, by 3998 : 1000 : 500:
        // 218.15, 54.56 and 27.28, so 218, 55 and 27. Left are 3780, 945 and 473,
        // less 378 and 94. 4998 - 4726 is too much.
        const refunded = { ...sold, total: "51.98", ...owes("47.26", "2.72") }
        await order.see("refund without return", refunded)

        const return_id = await staff.requestReturn(order_id, "bowl")
        await order.see("return requested", refunded)

        await staff.receiveReturn(return_id)
        // Less came back to the customer than is gone: 1999 + 1000 + 500, less 200
        // and 100.
        await order.see("return received", {
          ...sold,
          total: "31.99",
          ...owes("31.99", "17.99"),
        })

        await staff.refund(order_id, 19.99)
        // The 300 by 1999 : 1000 : 500: 171.39, 85.74 and 42.87, so 171, 86 and
        // 43. Left are 1828, 914 and 457, less 183 and 91.
        await order.see("return refunded", {
          ...sold,
          total: "31.99",
          ...owes("29.25", "20.73"),
        })

        // 1999 + 500 - 200 = 2299 are earned, 2073 of it are owed.
        const next = await order.buy({ bowl: 1 })
        await next.capture()
        await next.see("next sale", {
          total: "24.99",
          net: { ada: "22.99" },
          says: { ada: "paid" },
          wallets: { ada: "52.24" },
          open: {},
        })
      })

      it("is not paid when it is cancelled before", async () => {
        const { staff, order_id, see } = await buy()
        await staff.cancel(order_id)

        await see("cancelled", {
          // Medusa takes off only what was captured.
          total: "54.98",
          net: { ada: "0.00" },
          says: { ada: "held: canceled" },
          wallets: {},
          open: {},
        })
      })

      it("is owed back in whole when it is cancelled after its vendor was paid", async () => {
        const { staff, order_id, capture, see } = await buy()
        await capture()
        await see("captured", sold)

        await staff.cancel(order_id)
        await see("cancelled", {
          ...sold,
          total: "0.00",
          ...owes("0.00", "49.98"),
        })
      })

      it("costs its vendor what an edit takes out, whether or not it is refunded", async () => {
        const { staff, order_id, capture, see } = await buy()
        await capture()
        await see("captured", sold)

        await staff.takeOut(order_id, "jug")
        // 3998 - 400 + 500
        const edited = { ...sold, total: "44.98", ...owes("40.98", "9.00") }
        await see("edited", edited)
        await staff.refund(order_id, 10)
        await see("refunded", edited)
      })

      it("pays only for what an exchange leaves, and nothing more before it is paid for", async () => {
        const { staff, order_id, variant_ids, ...order } = await buy()
        await order.capture()
        await order.deliver()
        await order.see("captured, delivered", sold)

        const return_id = await staff.requestExchange(order_id, {
          back: "bowl",
          variant_id: variant_ids.plate,
        })
        // With the plate 3998 + 1000 + 1000 + 500, less 400, 100 and 100: more
        // than was captured.
        await order.see("exchange requested", {
          ...sold,
          total: "64.98",
          net: { ada: "58.98" },
        })
        await staff.receiveReturn(return_id)
        // 1999 + 1000 + 1000 + 500, less 200, 100 and 100
        const exchanged = { ...sold, total: "44.99", ...owes("40.99", "8.99") }
        await order.see("its return received", exchanged)
        await staff.refund(order_id, 9.99)
        await order.see("refunded", exchanged)
      })

      it("costs its vendor nothing when something is claimed, but the refund", async () => {
        const { staff, order_id, ...order } = await buy()
        await order.capture()
        await order.deliver()
        await order.see("captured, delivered", sold)

        await staff.requestRefundClaim(order_id, "bowl")
        await order.see("claim requested", sold)
        await staff.refund(order_id, 19.99)
        // 1999 by 3998 : 1000 : 500: 1453.62, 363.59 and 181.79, so 1454, 363 and
        // 182. Left are 2544, 637 and 318, less 254 and 64.
        await order.see("refunded", {
          ...sold,
          total: "34.99",
          ...owes("31.81", "18.17"),
        })
      })
    })

    describe("an order of two vendors", () => {
      const buy = () => begin({ bowl: 2, cup: 1 })
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
          open: { ada: "-17.99 hold" },
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
  })
}
