import {
  CurrencyMismatchError,
  UnbalancedSettlementError,
} from "../../../src/domain/errors"
import { settleOrder } from "../../../src/domain/settle"
import {
  aLine,
  anOrder,
  aPolicy,
  aShipping,
  NOON,
  theFacts,
} from "./order-builders"
import { bookedFrom, of, sale, settled } from "./settle-builders"

describe("what a vendor is due", () => {
  it("is her lines without the commission, rounded once per line", () => {
    const [result] = settled(sale)

    expect(result).toMatchObject({
      order_id: "order_1",
      vendor_id: "v1",
      currency_code: "USD",
      display_id: 7,
      gross: 10000n,
      commission: 1000n,
      shipping: 0n,
      tax: 0n,
      platform: 0n,
      refunded: 0n,
      net: 9000n,
      commission_basis_points: 1000,
      tax_rule: "vendor",
      held_reason: null,
      notice: null,
    })
    expect(result?.lines).toEqual([
      {
        ref: "item_1",
        kind: "item",
        title: "Shirt",
        quantity: 1,
        vendor_id: "v1",
        rule: "own",
        gross: "10000",
        commission: "1000",
        tax: "0",
        platform: "0",
        net: "9000",
        commission_rule: {
          by: "default",
          id: null,
          basis_points: 1000,
          fixed: "0",
        },
      },
    ])
  })

  it("never includes what the platform sold itself", () => {
    const facts = theFacts({
      lines: [aLine(), aLine({ ref: "b", vendor_id: null, net: "50" })],
    })
    const { settlements, platform, total } = settleOrder({
      facts,
      booked: [],
      policy: aPolicy(),
      now: NOON,
    })

    expect(settlements).toHaveLength(1)
    expect(platform).toBe(5000n)
    expect(total).toBe(15000n)
  })

  it("takes no commission on tax and shipping", () => {
    const [result] = settled(
      theFacts({ lines: [aLine({ tax: "20" }), aShipping({ tax: "2" })] })
    )

    expect(result).toMatchObject({
      gross: 13200n,
      commission: 1000n,
      shipping: 1000n,
      tax: 2200n,
      net: 12200n,
    })
  })

  it("leaves the tax with the platform where the policy says so", () => {
    const [result] = settled(
      theFacts({ lines: [aLine({ tax: "20" }), aShipping({ tax: "2" })] }),
      { policy: { tax: "platform" } }
    )

    expect(result).toMatchObject({
      gross: 13200n,
      tax: 2200n,
      platform: 2200n,
      net: 10000n,
    })
  })

  it("shares shipping nobody owns by the value of the items, the platform's among them", () => {
    const facts = theFacts({
      lines: [
        aLine({ ref: "a", vendor_id: "v1", net: "50" }),
        aLine({ ref: "b", vendor_id: "v2", net: "30" }),
        aLine({ ref: "c", vendor_id: null, net: "20" }),
        aShipping({ net: "10" }),
      ],
    })
    const results = settled(facts)

    expect(of(results, "v1").shipping).toBe(500n)
    expect(of(results, "v2").shipping).toBe(300n)
    const kept = settled(facts, { policy: { shipping: "platform" } })
    expect(kept.map((result) => result.shipping)).toEqual([0n, 0n])
  })

  it("gives a vendor her own shipping, unless the platform keeps it", () => {
    const facts = theFacts({ lines: [aLine(), aShipping({ vendor_id: "v1" })] })

    expect(settled(facts)[0]?.shipping).toBe(1000n)
    expect(
      settled(facts, { policy: { shipping: "platform" } })[0]
    ).toMatchObject({ shipping: 0n, gross: 10000n })
  })

  it("adds up where prices have more decimals than the currency", () => {
    const thirds = "33.333333333333333333"
    const facts = theFacts({
      lines: ["a", "b", "c"].map((ref) =>
        aLine({ ref, vendor_id: ref, net: thirds })
      ),
    })
    const results = settled(facts, { policy: { commission_basis_points: 0 } })

    expect(results.map((result) => result.gross)).toEqual([3334n, 3333n, 3333n])
  })

  it("keeps the settlements of split orders apart", () => {
    const facts = theFacts({
      root_order_id: "root",
      lines: [
        aLine({ ref: "a", order_id: "child_1" }),
        aLine({ ref: "b", order_id: "child_2", vendor_id: "v2" }),
      ],
      orders: [
        anOrder({ order_id: "root", is_completed: false }),
        anOrder({ order_id: "child_1", display_id: 8 }),
        anOrder({ order_id: "child_2", is_completed: false }),
      ],
    })
    const results = settled(facts)

    expect(of(results, "v1")).toMatchObject({
      order_id: "child_1",
      display_id: 8,
      held_reason: null,
    })
    expect(of(results, "v2").held_reason).toBe("not_released")
  })
})

describe("what is refused", () => {
  it("facts that do not add up", () => {
    const wrong = { ...sale, total: "100.01" }

    expect(() => settled(wrong)).toThrow(UnbalancedSettlementError)
  })

  it("a line named twice", () => {
    expect(() => settled(theFacts({ lines: [aLine(), aLine()] }))).toThrow(
      UnbalancedSettlementError
    )
  })

  it("rows in another currency", () => {
    const booked = bookedFrom(sale).map((row) => ({
      ...row,
      currency_code: "EUR",
    }))

    expect(() => settled(sale, { booked })).toThrow(CurrencyMismatchError)
  })

  it("a commission or a hold that makes no sense", () => {
    for (const policy of [
      { commission_basis_points: 10_001 },
      { commission_basis_points: 12.5 },
      { hold_days: -1 },
      { hold_days: 0.5 },
    ]) {
      expect(() => settled(sale, { policy })).toThrow(RangeError)
    }
  })
})
