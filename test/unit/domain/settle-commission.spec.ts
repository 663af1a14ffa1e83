import type { LineFacts } from "../../../src/domain/facts"
import type {
  CommissionRate,
  SettlementPolicy,
  SettlementResult,
} from "../../../src/domain/settle"
import {
  commissionOn,
  commissionRuleFor,
} from "../../../src/domain/settle-commission"
import { aLine, aPolicy, aShipping, book, theFacts } from "./order-builders"
import { bookedFrom, of, settled } from "./settle-builders"

const rate = (
  basis_points: number,
  fixed: Record<string, bigint> = {}
): CommissionRate => ({ basis_points, fixed })

function commissionOf(
  line: Partial<LineFacts>,
  policy: Partial<SettlementPolicy>
): bigint | undefined {
  return settled(theFacts({ lines: [aLine(line)] }), { policy })[0]?.commission
}

describe("the commission of a line", () => {
  const commission: SettlementPolicy["commission"] = {
    fixed: { USD: 30n },
    vendors: { v1: rate(500, { USD: 1n }) },
    categories: { pcat_2: rate(700), pcat_1: rate(600) },
    products: { prod_1: rate(200, { USD: 7n }) },
  }
  const policy = { commission_basis_points: 1000, commission }

  it.each<[string, Partial<LineFacts>, bigint]>([
    ["the default rate", { vendor_id: "v2" }, 1030n],
    ["her own rate", {}, 501n],
    ["her own rate in another category", { category_ids: ["pcat_9"] }, 501n],
    ["the category's rate", { category_ids: ["pcat_1"] }, 600n],
    [
      "of several categories the first in the options",
      { category_ids: ["pcat_1", "pcat_2"] },
      700n,
    ],
    [
      "the product's rate above all",
      { product_id: "prod_1", category_ids: ["pcat_1"] },
      207n,
    ],
    ["her own rate for another product", { product_id: "prod_2" }, 501n],
    [
      "what the marketplace itself took, before all of these",
      {
        product_id: "prod_1",
        commission: { amount: "12.345", source: "mercur" },
      },
      1234n,
    ],
    [
      "nothing, where the marketplace took nothing",
      { commission: { amount: "0", source: "mercur" } },
      0n,
    ],
  ])("is %s", (_which, line, expected) => {
    expect(commissionOf(line, policy)).toBe(expected)
  })

  it("takes the fixed amount for each piece that is left", () => {
    const fixed = {
      commission_basis_points: 0,
      commission: { fixed: { USD: 30n } },
    }

    expect(commissionOf({ quantity: 3 }, fixed)).toBe(90n)
    expect(commissionOf({ quantity: 0 }, fixed)).toBe(0n)
    expect(commissionOf({ quantity: 1.5 }, fixed)).toBe(45n)
  })

  it("is rounded once, percentage and fixed amount together", () => {
    // 0.5 of a cent and 1.5 cents make 2, not 0 and 2, nor 1 and 2.
    expect(
      commissionOf(
        { net: "0.05", quantity: 1.5 },
        { commission_basis_points: 1000, commission: { fixed: { USD: 1n } } }
      )
    ).toBe(2n)
  })

  it("is never more than the line is worth", () => {
    const most = { commission: { fixed: { USD: 20_000n } } }

    expect(commissionOf({}, most)).toBe(10_000n)
    expect(commissionOf({ net: "0" }, most)).toBe(0n)
    expect(
      commissionOf({ commission: { amount: "900", source: "mercur" } }, {})
    ).toBe(10_000n)
    expect(
      commissionOf({ commission: { amount: "-5", source: "mercur" } }, {})
    ).toBe(0n)
  })

  it("knows no amount in a currency that has none", () => {
    const facts = theFacts({ currency_code: "JPY" })
    const [result] = settled(facts, {
      policy: { commission_basis_points: 0, commission },
    })

    expect(result?.commission_fixed).toBe(0n)
    expect(result?.commission).toBe(5n)
  })

  it("is not taken on shipping, unless the marketplace did", () => {
    const shipping = aShipping({ vendor_id: "v1" })
    const facts = (line: Partial<LineFacts>) =>
      theFacts({ lines: [aLine({ net: "0" }), { ...shipping, ...line }] })

    expect(settled(facts({}), { policy })[0]?.commission).toBe(0n)
    expect(
      settled(facts({ commission: { amount: "1", source: "mercur" } }))[0]
        ?.commission
    ).toBe(100n)
  })

  it("is not confused by ids that objects have by themselves", () => {
    expect(
      commissionOf({ vendor_id: "constructor", product_id: "toString" }, policy)
    ).toBe(1030n)
  })

  it("refuses rates that make no sense", () => {
    for (const wrong of [rate(10_001), rate(1.5), rate(1, { USD: -1n })]) {
      expect(() =>
        settled(theFacts(), {
          policy: { commission: { products: { p: wrong } } },
        })
      ).toThrow(RangeError)
    }
  })
})

describe("the rule that is kept with a line", () => {
  const commission: SettlementPolicy["commission"] = {
    fixed: { USD: 30n },
    vendors: { v1: rate(500, { USD: 1n }) },
    categories: { pcat_1: rate(600) },
    products: { prod_1: rate(200, { USD: 7n }) },
  }
  const ruleOf = (line: Partial<LineFacts>) =>
    settled(theFacts({ lines: [aLine(line)] }), { policy: { commission } })[0]
      ?.lines[0]?.commission_rule

  it("says by what it is computed", () => {
    expect(ruleOf({ vendor_id: "v2" })).toEqual({
      by: "default",
      id: null,
      basis_points: 1000,
      fixed: "30",
    })
    expect(ruleOf({})).toEqual({
      by: "vendor",
      id: "v1",
      basis_points: 500,
      fixed: "1",
    })
    expect(ruleOf({ category_ids: ["pcat_1"] })).toEqual({
      by: "category",
      id: "pcat_1",
      basis_points: 600,
      fixed: "0",
    })
    expect(ruleOf({ product_id: "prod_1" })).toEqual({
      by: "product",
      id: "prod_1",
      basis_points: 200,
      fixed: "7",
    })
    expect(
      ruleOf({ commission: { amount: "12.50", source: "mercur" } })
    ).toEqual({ by: "marketplace", id: "mercur", amount: "12.5", of: "100" })
  })

  it("is none of the marketplace's where the line is worth nothing: it is no ratio", () => {
    for (const net of ["0", "-1"]) {
      const line = aLine({ net, commission: { amount: "5", source: "mercur" } })

      expect(
        commissionRuleFor(line, {
          vendor_id: "v2",
          rate: { basis_points: 1000, fixed: 0n },
          policy: aPolicy(),
          currency_code: "USD",
        })
      ).toMatchObject({ by: "default" })
    }
  })
})

describe("the commission on what is left", () => {
  const of = (amount: string, whole: string) =>
    ({ by: "marketplace", id: "mercur", amount, of: whole }) as const

  it("is the marketplace's part of it, exact before it is rounded", () => {
    expect(commissionOn(1250n, 1, of("1.25", "12.50"))).toBe(125n)
    expect(commissionOn(625n, 1, of("1.25", "12.50"))).toBe(62n)
    expect(commissionOn(1250n, 1, of("2", "3.0"))).toBe(833n)
  })

  it("is nothing by a ratio to nothing, and of what is below zero", () => {
    expect(commissionOn(100n, 1, of("1", "0"))).toBe(0n)
    expect(commissionOn(100n, 1, of("1", "-2"))).toBe(0n)
    const default_rule = { by: "default", id: null } as const
    const rule = { ...default_rule, basis_points: 1000, fixed: "500" }
    expect(commissionOn(-100n, 1, rule)).toBe(0n)
    expect(commissionOn(0n, 1, rule)).toBe(0n)
  })

  it("counts a fraction of a piece with the whole percentage", () => {
    const rule = { by: "default", id: null, basis_points: 1000, fixed: "1" }

    expect(commissionOn(10_000n, 1.5, { ...rule, by: "default" })).toBe(1002n)
  })
})

describe("a commission once it was earned", () => {
  const line = aLine({
    product_id: "prod_1",
    category_ids: ["pcat_1"],
    quantity: 2,
  })
  const before: Partial<SettlementPolicy> = {
    commission: { products: { prod_1: rate(500, { USD: 10n }) } },
  }
  const after: Partial<SettlementPolicy> = {
    commission_basis_points: 9000,
    commission: {
      fixed: { USD: 99n },
      vendors: { v1: rate(8000) },
      categories: { pcat_1: rate(7000) },
      products: { prod_1: rate(6000), prod_2: rate(100) },
    },
  }
  const again = (lines: LineFacts[], policy = after): SettlementResult =>
    of(
      settled(theFacts({ lines }), {
        booked: bookedFrom(theFacts({ lines: [line] }), before),
        policy,
      }),
      "v1"
    )

  it("never changes with the options", () => {
    expect(again([line])).toMatchObject({
      commission: 520n,
      commission_basis_points: 1000,
      commission_fixed: 0n,
      difference: null,
    })
  })

  it("follows what is left of the line, by the same rule", () => {
    const half = { ...line, quantity: 1, net: "50" }

    expect(again([half])).toMatchObject({ commission: 260n })
  })

  it("keeps the ratio the marketplace took, whatever it says later", () => {
    const taken = (net: string, amount: string) =>
      theFacts({
        lines: [aLine({ net, commission: { amount, source: "mercur" } })],
      })
    const booked = bookedFrom(taken("90", "30"))

    expect(settled(taken("90", "45"), { booked })[0]).toMatchObject({
      commission: 3000n,
      difference: null,
    })
    expect(settled(taken("45", "45"), { booked })[0]?.commission).toBe(1500n)
    // The marketplace forgot it: it was earned under it all the same.
    expect(
      settled(theFacts({ lines: [aLine({ net: "90" })] }), { booked })[0]
        ?.difference
    ).toBeNull()
  })

  it("is for a line that an edit adds as it was frozen for her, or by the line's own rule of today", () => {
    const plain = aLine({ ref: "new", net: "100" })
    expect(again([line, plain])).toMatchObject({ commission: 1520n })

    const special = { ...plain, product_id: "prod_2" }
    expect(again([line, special])).toMatchObject({ commission: 620n })
  })

  it("is frozen for a line from the day it was first seen in a booked order", () => {
    const [row] = bookedFrom(theFacts({ lines: [line] }), before)
    const lines = [line, aLine({ ref: "new", product_id: "prod_2" })]
    const [edited] = settled(theFacts({ lines }), {
      booked: row ? [row] : [],
      policy: after,
    })
    const [same] = settled(theFacts({ lines }), {
      booked: edited ? [book(edited, row)] : [],
      policy: { commission: { products: { prod_2: rate(10_000) } } },
    })

    expect(same?.difference).toBeNull()
  })

  it("is the settlement's rate in rows from before rules were kept", () => {
    const booked = bookedFrom(theFacts()).map((row) => ({
      ...row,
      lines: row.lines.map(({ commission_rule: _rule, ...rest }) => rest),
    }))

    expect(settled(theFacts(), { booked, policy: after })[0]).toMatchObject({
      commission: 1000n,
      difference: null,
    })
  })

  it("is not earned yet while nothing was booked", () => {
    const rows = bookedFrom(
      theFacts({
        payment: { captured: "none", captured_total: "0", refunded_total: "0" },
      })
    )

    expect(
      settled(theFacts(), {
        booked: rows,
        policy: { commission_basis_points: 1 },
      })[0]?.commission
    ).toBe(1n)
  })
})

describe("who gets shipping", () => {
  const lines = [
    aLine({ ref: "a", vendor_id: "v1", net: "50" }),
    aLine({ ref: "b", vendor_id: "v2", net: "50" }),
    aShipping({ ref: "hers", vendor_id: "v1", net: "6" }),
    aShipping({ ref: "nobodys", vendor_id: null, net: "4" }),
  ]

  it.each([
    ["vendor", [600n, 0n]],
    ["platform", [0n, 0n]],
    ["by_value", [800n, 200n]],
  ] as const)("%s", (shipping, expected) => {
    const results = settled(theFacts({ lines }), { policy: { shipping } })

    expect(results.map((one) => one.shipping)).toEqual(expected)
  })

  it("stays what it was at the first booking", () => {
    const booked = bookedFrom(theFacts({ lines }), { shipping: "vendor" })
    const found = lines.map((one) =>
      one.ref === "nobodys" ? { ...one, vendor_id: "v2" } : one
    )
    for (const shipping of ["by_value", "platform", "vendor"] as const) {
      const results = settled(theFacts({ lines: found }), {
        booked,
        policy: { shipping },
      })
      expect(results.map((one) => one.difference)).toEqual([null, null])
    }
  })
})
