import { ORDERED } from "./journeys-catalogue"
import type { Begin, Expected } from "./journeys-host"

/**
 * What happens to an order of 54.98 that one vendor sold: two bowls of 19.99, a
 * jug of 10.00, and 5.00 for the parcel. All expectations are computed by hand,
 * in cents; a tenth of each line of goods, rounded half to even, is commission.
 */
export function ordersOfOneVendor(begin: Begin): void {
  describe("an order of one vendor", () => {
    const buy = () => begin(ORDERED.of_one)
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
}
