import type { OrderFacts } from "../../../src/domain/facts"
import { attributeLines, keyOf } from "../../../src/domain/settle-attribution"
import {
  amountsOf,
  settleLine,
  vanishedLines,
  withoutAmounts,
} from "../../../src/domain/settle-lines"
import {
  groupOf,
  type Share,
  takeRefund,
} from "../../../src/domain/settle-shares"
import type { SettlementLine } from "../../../src/domain/settle-types"
import { aPolicy, aShipping, theFacts } from "./order-builders"
import { bookedFrom, sale } from "./settle-builders"

function attributed(facts: OrderFacts) {
  return attributeLines(facts, {
    booked: [],
    policy: aPolicy(),
    platform_lines: new Set(),
  })
}

function aShare(overrides: Partial<Share> = {}): Share {
  const [line] = attributed(theFacts())
  if (!line) throw new Error("The order has no line")
  return {
    line,
    group: groupOf("order_1", "v1"),
    net: 999n,
    tax: 7n,
    ...overrides,
  }
}

const percent = (basis_points: number) => ({
  by: "default" as const,
  id: null,
  basis_points,
  fixed: "0",
})
const TERMS = {
  tax_rule: "vendor" as const,
  commission_rule: percent(1000),
}

describe("a settled line", () => {
  it("has its commission rounded once, and the rest is hers", () => {
    expect(settleLine(aShare(), TERMS)).toEqual({
      ref: "item_1",
      kind: "item",
      title: "Shirt",
      quantity: 1,
      vendor_id: "v1",
      rule: "own",
      gross: "1006",
      commission: "100",
      tax: "7",
      platform: "0",
      net: "906",
      commission_rule: percent(1000),
    })
    expect(
      settleLine(aShare(), { ...TERMS, tax_rule: "platform" })
    ).toMatchObject({ platform: "7", net: "899" })
  })

  it.each([
    [1n, 10_000, "1"],
    [1n, 5_000, "0"],
    [3n, 5_000, "2"],
    [0n, 10_000, "0"],
    [-100n, 1_000, "0"],
    [100n, 0, "0"],
    [100n, 20_000, "100"],
  ])(
    "of %p at %p basis points costs %p, never more than it is worth",
    (net, commission_basis_points, commission) => {
      const line = settleLine(aShare({ net }), {
        ...TERMS,
        commission_rule: percent(commission_basis_points),
      })

      expect(line.commission).toBe(commission)
      expect(line.net).toBe((net + 7n - BigInt(commission)).toString())
    }
  )

  it("keeps what she had of a divided line, and takes no commission without a rule", () => {
    const [line] = attributed(theFacts({ lines: [aShipping()] }))
    const share = aShare({ ...(line && { line }), basis: { net: 5n, tax: 6n } })

    expect(
      settleLine(share, { ...TERMS, commission_rule: null })
    ).toMatchObject({
      rule: "by_value",
      vendor_id: null,
      commission: "0",
      net: "1006",
      basis: { net: "5", tax: "6" },
    })
  })

  it("that is gone is kept without amounts, where something was booked", () => {
    const [row] = bookedFrom(sale)
    const gone = vanishedLines(row, new Set())

    expect(gone).toEqual([
      {
        ...row?.lines[0],
        quantity: 0,
        gross: "0",
        commission: "0",
        tax: "0",
        platform: "0",
        net: "0",
      },
    ])
    expect(vanishedLines(row, new Set([keyOf("item", "item_1")]))).toEqual([])
    expect(
      vanishedLines(row && { ...row, is_earned: false }, new Set())
    ).toEqual([])
    expect(vanishedLines(undefined, new Set())).toEqual([])
  })

  it("adds up with others, and shipping is counted without its tax", () => {
    const item = settleLine(aShare(), TERMS)
    const shipping: SettlementLine = {
      ...item,
      kind: "shipping",
      gross: "550",
      commission: "0",
      tax: "50",
      platform: "50",
      net: "500",
    }

    expect(amountsOf([item, shipping])).toEqual({
      gross: 1556n,
      commission: 100n,
      shipping: 500n,
      tax: 57n,
      platform: 50n,
      net: 1406n,
    })
    expect(amountsOf([withoutAmounts(item)])).toEqual({
      gross: 0n,
      commission: 0n,
      shipping: 0n,
      tax: 0n,
      platform: 0n,
      net: 0n,
    })
  })
})

describe("a refund that no line explains", () => {
  const shares = () => [
    aShare({ net: 600n, tax: 60n }),
    aShare({ net: 300n, tax: 0n }),
    aShare({ net: -50n, tax: 40n }),
  ]
  const taken = (refund: bigint) =>
    takeRefund(refund, shares()).map(({ net, tax, refunded }) => [
      net,
      tax,
      refunded,
    ])

  it("is taken in proportion to what each holds, of net and of tax", () => {
    expect(taken(100n)).toEqual([
      [540n, 54n, 66n],
      [270n, 0n, 30n],
      [-50n, 36n, 4n],
    ])
  })

  it("takes nothing where nothing is left, and never more than there is", () => {
    const all = [
      [0n, 0n, 660n],
      [0n, 0n, 300n],
      [-50n, 0n, 40n],
    ]

    expect(taken(1000n)).toEqual(all)
    expect(taken(1001n)).toEqual(all)
    expect(taken(0n)).toEqual([
      [600n, 60n, 0n],
      [300n, 0n, 0n],
      [-50n, 40n, 0n],
    ])
  })
})
