import type { LineFacts } from "../../../src/domain/facts"
import { attributeLines } from "../../../src/domain/settle-attribution"
import type {
  BookedSettlement,
  SettlementPolicy,
} from "../../../src/domain/settle-types"
import { aLine, anOrder, aPolicy, aShipping, theFacts } from "./order-builders"
import { bookedFrom } from "./settle-builders"

function attributed(
  lines: LineFacts[],
  {
    booked = [],
    policy = {},
    platform_lines = [],
  }: {
    booked?: BookedSettlement[]
    policy?: Partial<SettlementPolicy>
    platform_lines?: string[]
  } = {}
) {
  return attributeLines(theFacts({ lines }), {
    booked,
    policy: aPolicy(policy),
    platform_lines: new Set(platform_lines),
  })
}

/** The rows after lines were sold at ten percent and 30 for each piece. */
function sold(lines: LineFacts[], policy: Partial<SettlementPolicy> = {}) {
  return bookedFrom(theFacts({ lines }), {
    commission: { fixed: { USD: 30n } },
    ...policy,
  })
}

/** Rows as they were before the rule was kept with the line. */
function fromBefore(rows: BookedSettlement[]): BookedSettlement[] {
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map(({ commission_rule: _rule, ...line }) => line),
  }))
}

describe("whose a line is, where nothing was booked", () => {
  const lines = () => [
    aLine({ ref: "a" }),
    aLine({ ref: "b", vendor_id: null }),
    aShipping({ ref: "c" }),
    aShipping({ ref: "d", vendor_id: "v1" }),
  ]

  it.each([
    ["by_value", ["own", "own", "by_value", "own"]],
    ["vendor", ["own", "own", "platform", "own"]],
    ["platform", ["own", "own", "platform", "platform"]],
  ] as const)(
    "is said by the facts and by who gets shipping (%s)",
    (shipping, rules) => {
      const found = attributed(lines(), { policy: { shipping } })

      expect(found.map(({ rule }) => rule)).toEqual(rules)
      expect(found.map(({ vendor_id }) => vendor_id)).toEqual([
        "v1",
        null,
        null,
        "v1",
      ])
      for (const line of found) {
        expect(line).toMatchObject({
          order_id: "order_1",
          is_changed: false,
          commission_rule: null,
        })
      }
    }
  )
})

describe("whose a line is, once it was booked", () => {
  it("is whose it was then, under the order it was booked for", () => {
    const booked = sold([aLine(), aShipping()])
    const moved = [
      aLine({ order_id: "child_1", vendor_id: "v2" }),
      aShipping({ order_id: "child_1", vendor_id: "v2" }),
    ]

    expect(attributed(moved, { booked })).toMatchObject([
      { order_id: "order_1", vendor_id: "v1", rule: "own", is_changed: true },
      {
        order_id: "child_1",
        vendor_id: null,
        rule: "by_value",
        is_changed: true,
      },
    ])
    expect(
      attributed([aLine(), aShipping()], { booked }).map(
        ({ is_changed }) => is_changed
      )
    ).toEqual([false, false])
  })

  it("is open still where its settlement has booked nothing", () => {
    const late = theFacts({ orders: [anOrder({ is_completed: false })] })

    expect(
      attributed([aLine({ vendor_id: "v2" })], { booked: bookedFrom(late) })
    ).toMatchObject([
      { vendor_id: "v2", is_changed: false, commission_rule: null },
    ])
  })
})

describe("a line that is the platform's for good", () => {
  const platform_lines = ["item:item_1", "shipping:ship_1"]

  it("is sold by the platform, whoever is named for it later", () => {
    const later = [aLine(), aShipping({ vendor_id: "v1" })]

    expect(attributed(later, { platform_lines })).toMatchObject([
      { vendor_id: null, rule: "own", is_changed: true },
      { vendor_id: null, rule: "platform", is_changed: true },
    ])
  })

  it("is what it was while nobody is named: its shipping is not divided either", () => {
    const lines = [aLine({ vendor_id: null }), aShipping()]

    expect(attributed(lines, { platform_lines })).toMatchObject([
      { vendor_id: null, rule: "own", is_changed: false },
      { vendor_id: null, rule: "platform", is_changed: false },
    ])
  })
})

describe("the commission of a booked line", () => {
  const ruleOf = (lines: LineFacts[], booked: BookedSettlement[]) =>
    attributed(lines, { booked }).map(({ commission_rule }) => commission_rule)

  it("is computed by the rule that was kept with it, of shipping as well", () => {
    const lines = [
      aLine({ product_id: "prod_1" }),
      aShipping({
        vendor_id: "v1",
        commission: { amount: "1", source: "mercur" },
      }),
    ]
    const booked = sold(lines, {
      commission: { products: { prod_1: { basis_points: 200, fixed: {} } } },
    })

    expect(ruleOf(lines, booked)).toEqual([
      { by: "product", id: "prod_1", basis_points: 200, fixed: "0" },
      { by: "marketplace", id: "mercur", amount: "1", of: "10" },
    ])
  })

  it("is that of its settlement, in rows from before rules were kept, and none of shipping", () => {
    const lines = [aLine(), aShipping({ vendor_id: "v1" })]
    const rule = { by: "default", id: null, basis_points: 1000 }
    const booked = fromBefore(sold(lines))

    expect(ruleOf(lines, booked)).toEqual([{ ...rule, fixed: "30" }, null])
    // Rows that are older still took no amount for each piece.
    const older = booked.map(({ commission_fixed: _fixed, ...row }) => row)
    expect(ruleOf(lines, older)).toEqual([{ ...rule, fixed: "0" }, null])
  })
})
