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

  it("is how shipping was divided, to the cent: back bit by bit is back at once", () => {
    const lines = (shipping: string) => [
      aLine({ ref: "a", vendor_id: "v1", net: "1.00" }),
      aLine({ ref: "b", vendor_id: "v3", net: "1.06" }),
      aShipping({ net: shipping }),
    ]
    const sold = bookedFrom(theFacts({ lines: lines("24.58") }))
    let booked = sold
    for (const left of ["10.87", "5.67", "0.67"]) {
      booked = settled(theFacts({ lines: lines(left) }), { booked }).map(
        (result, index) => book(result, booked[index])
      )
    }
    const atOnce = settled(theFacts({ lines: lines("0.67") }), {
      booked: sold,
    }).map((result, index) => book(result, sold[index]))

    expect(booked.map((row) => row.booked)).toEqual(
      atOnce.map((row) => row.booked)
    )
  })

  it("brings nobody the shipping of a cancelled order, whichever is seen first", () => {
    const facts = (shipping: string, is_canceled: boolean) =>
      theFacts({
        lines: [
          aLine({ ref: "a", vendor_id: "v1", net: "50", order_id: "child_1" }),
          aLine({ ref: "b", vendor_id: "v2", net: "50", order_id: "child_2" }),
          aShipping({ net: shipping }),
        ],
        orders: [
          anOrder(),
          anOrder({ order_id: "child_1" }),
          anOrder({ order_id: "child_2", is_canceled }),
        ],
      })
    const sold = bookedFrom(facts("100", false))
    const after = (...steps: (readonly [string, boolean])[]) => {
      let booked = sold
      for (const [shipping, is_canceled] of steps) {
        booked = settled(facts(shipping, is_canceled), { booked }).map(
          (result, index) => book(result, booked[index])
        )
      }
      return booked.map((row) => row.booked)
    }

    // 45.00 for her goods and half of what is left of the shipping.
    expect(after(["60", true])).toEqual([7500n, 0n])
    expect(after(["100", true], ["60", true])).toEqual([7500n, 0n])
    expect(after(["60", false], ["60", true])).toEqual([7500n, 0n])
  })

  it("divides rows from before the division was kept by what they hold", () => {
    const facts = (shipping: string) =>
      theFacts({
        lines: [
          aLine({ ref: "a", vendor_id: "v1", net: "60" }),
          aLine({ ref: "b", vendor_id: "v2", net: "40" }),
          aShipping({ net: shipping, tax: "1" }),
        ],
      })
    const booked = bookedFrom(facts("10")).map((row) => ({
      ...row,
      lines: row.lines.map(({ basis: _basis, ...line }) => line),
    }))
    const results = settled(facts("5"), { booked })

    expect(results.map((result) => result.shipping)).toEqual([300n, 200n])
    expect(results.map((result) => result.tax)).toEqual([60n, 40n])
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
