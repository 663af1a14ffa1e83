import { aLine, anOrder, aShipping, book, theFacts } from "./order-builders"
import { bookedFrom, of, sale, settled } from "./settle-builders"

describe("what is frozen with the first booking", () => {
  it("is the vendor of a line: moving the product pays nobody twice", () => {
    const moved = theFacts({ lines: [aLine({ vendor_id: "v2" })] })
    const results = settled(moved, { booked: bookedFrom(sale) })

    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject({
      vendor_id: "v1",
      net: 9000n,
      difference: null,
      notice: "attribution_changed",
    })
  })

  it("also when the line lost its vendor", () => {
    const lost = theFacts({ lines: [aLine({ vendor_id: null })] })

    expect(settled(lost, { booked: bookedFrom(sale) })[0]).toMatchObject({
      difference: null,
      notice: "attribution_changed",
    })
  })

  it("still when the line had vanished in between", () => {
    const rest = aLine({ ref: "b", net: "50" })
    const both = theFacts({ lines: [aLine(), rest] })
    const [before] = bookedFrom(both)
    const without = settled(theFacts({ lines: [rest] }), {
      booked: before ? [before] : [],
    }).map((result) => book(result, before))
    const back = theFacts({ lines: [aLine({ vendor_id: "v2" }), rest] })
    const results = settled(back, { booked: without })

    expect(results.map((result) => result.vendor_id)).toEqual(["v1"])
    expect(results[0]?.difference?.amount).toBe(9000n)
  })

  it("is not a line of a settlement that never booked anything", () => {
    const late = theFacts({ orders: [anOrder({ is_completed: false })] })
    const rows = bookedFrom(late)
    const moved = theFacts({ lines: [aLine({ vendor_id: "v2" })] })
    const results = settled(moved, { booked: rows })

    expect(of(results, "v2").difference?.amount).toBe(9000n)
    expect(of(results, "v1")).toMatchObject({
      held_reason: "nothing_due",
      difference: null,
    })
  })

  it("is the commission, the tax rule and who gets shipping", () => {
    const facts = theFacts({ lines: [aLine({ tax: "5" }), aShipping()] })
    const booked = bookedFrom(facts)
    const [result] = settled(facts, {
      booked,
      policy: {
        commission_basis_points: 5000,
        tax: "platform",
        shipping: "platform",
      },
    })

    expect(result).toMatchObject({
      difference: null,
      commission_basis_points: 1000,
      tax_rule: "vendor",
    })
    const kept = bookedFrom(facts, { shipping: "platform" })
    expect(settled(facts, { booked: kept })[0]?.difference).toBeNull()
  })

  it("is how shipping was divided: goods that one vendor takes back bring the others nothing", () => {
    const a = aLine({ ref: "a", vendor_id: "v1", net: "60", tax: "6" })
    const b = aLine({ ref: "b", vendor_id: "v2", net: "40", tax: "4" })
    const shipping = aShipping({ tax: "1" })
    let booked = bookedFrom(theFacts({ lines: [a, b, shipping] }))
    const returned = { ...a, net: "0", tax: "0", quantity: 0 }
    const after = theFacts({ lines: [returned, b, shipping] })

    // Looked at again, it stays that way.
    for (const taken of [-6000n, undefined]) {
      const results = settled(after, { booked })
      expect(of(results, "v1").shipping).toBe(600n)
      expect(of(results, "v2").shipping).toBe(400n)
      expect(of(results, "v1").difference?.amount).toBe(taken)
      expect(of(results, "v2").difference).toBeNull()
      booked = results.map((result, index) => book(result, booked[index]))
    }
    const refunded = { ...shipping, net: "5", tax: "0.5" }
    const less = settled(theFacts({ lines: [returned, b, refunded] }), {
      booked,
    })
    expect(less.map((result) => result.shipping)).toEqual([300n, 200n])
  })

  it("takes a refund off a vendor who sold everything once, shipping and all", () => {
    const lines = [aLine(), aShipping()]
    let booked = bookedFrom(theFacts({ lines }))
    const refunded = theFacts({ lines, unattributed: "-11" })

    for (const taken of [-1000n, undefined, undefined]) {
      const results = settled(refunded, { booked })
      expect(of(results, "v1").difference?.amount).toBe(taken)
      booked = results.map((result, index) => book(result, booked[index]))
    }
  })

  it("does not bring the others the shipping of a cancelled order", () => {
    const child = (id: string) => anOrder({ order_id: id })
    const lines = [
      aLine({ ref: "a", vendor_id: "v1", net: "60", order_id: "child_1" }),
      aLine({ ref: "b", vendor_id: "v2", net: "40", order_id: "child_2" }),
      aShipping(),
    ]
    const orders = [anOrder(), child("child_1"), child("child_2")]
    let booked = bookedFrom(theFacts({ lines, orders }))
    const called_off = theFacts({
      lines,
      orders: orders.map((order) => ({
        ...order,
        is_canceled: order.order_id === "child_2",
      })),
    })

    for (const taken of [-4000n, undefined]) {
      const results = settled(called_off, { booked })
      expect(of(results, "v1").difference).toBeNull()
      expect(of(results, "v2").difference?.amount).toBe(taken)
      booked = results.map((result, index) => book(result, booked[index]))
    }
  })

  it("does not keep a new vendor of a new line from her share", () => {
    const edited = theFacts({
      lines: [aLine(), aLine({ ref: "b", vendor_id: "v2", net: "20" })],
    })
    const results = settled(edited, { booked: bookedFrom(sale) })

    expect(of(results, "v1").difference).toBeNull()
    expect(of(results, "v2").difference).toMatchObject({
      amount: 1800n,
      kind: "earning",
    })
  })
})
