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
