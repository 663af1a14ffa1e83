import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import { withCauses, withoutCauses } from "../../../src/domain/settle-causes"
import type {
  BookedSettlement,
  SettlementLine,
} from "../../../src/domain/settle-types"
import { aLine, theFacts } from "./order-builders"

function line(change: Partial<SettlementLine> = {}): SettlementLine {
  return {
    ref: "item_1",
    kind: "item",
    title: "Shirt",
    quantity: 2,
    vendor_id: "v1",
    rule: "own",
    gross: "200",
    commission: "20",
    tax: "0",
    platform: "0",
    net: "180",
    ...change,
  }
}

const factsOf = (...lines: Partial<LineFacts>[]): OrderFacts =>
  theFacts({ lines: lines.map((one) => aLine(one)) })

function booked(
  lines: SettlementLine[],
  change: Partial<BookedSettlement> = {}
): BookedSettlement {
  return {
    order_id: "order_1",
    vendor_id: "v1",
    currency_code: "USD",
    revision: 1,
    booked: 180n,
    commission_basis_points: 1000,
    tax_rule: "vendor",
    lines,
    released_at: null,
    available_at: null,
    is_earned: true,
    ...change,
  }
}

const causesOf = (
  lines: SettlementLine[],
  facts: OrderFacts,
  before: BookedSettlement | undefined
) => withCauses(lines, { facts, booked: before }).map(({ cause }) => cause)

describe("what changed a line since something was booked", () => {
  it("is nothing before anything is: all of it is the sale", () => {
    const facts = factsOf({ brought_by: "exchange" })
    const lines = [line({ cause: "claim" })]

    expect(causesOf(lines, facts, undefined)).toEqual(["claim"])
    expect(causesOf(lines, facts, booked([], { is_earned: false }))).toEqual([
      "claim",
    ])
    expect(withCauses(lines, { facts, booked: undefined })).not.toBe(lines)
  })

  it("is what brought a line that was not there", () => {
    const facts = factsOf(
      { ref: "item_2", brought_by: "claim" },
      { brought_by: "exchange" }
    )
    expect(
      causesOf([line(), line({ ref: "item_2" })], facts, booked([line()]))
    ).toEqual([undefined, "claim"])
  })

  it("is what a line came back for, where less of it is left", () => {
    const facts = factsOf({ came_back_by: "exchange" })
    const before = booked([line({ quantity: 2 })])

    expect(causesOf([line({ quantity: 1 })], facts, before)).toEqual([
      "exchange",
    ])
    expect(causesOf([line({ quantity: 2 })], facts, before)).toEqual([
      undefined,
    ])
    expect(causesOf([line({ quantity: 1 })], facts, booked([]))).toEqual([
      undefined,
    ])
  })

  it("is kept until it is booked, and gives way to a newer one", () => {
    const before = booked([line({ cause: "claim" })])

    expect(causesOf([line()], factsOf({}), before)).toEqual(["claim"])
    expect(
      causesOf(
        [line({ quantity: 1 })],
        factsOf({ came_back_by: "exchange" }),
        before
      )
    ).toEqual(["exchange"])
  })

  it("is of the same kind of line, and of none that the facts do not know", () => {
    const facts = factsOf({ kind: "shipping", brought_by: "exchange" })

    expect(causesOf([line()], facts, booked([]))).toEqual([undefined])
    expect(
      causesOf([line({ kind: "shipping" })], facts, booked([line()]))
    ).toEqual(["exchange"])
  })

  it("stands in a line with everything else that it says", () => {
    const facts = factsOf({ brought_by: "exchange" })
    expect(withCauses([line()], { facts, booked: booked([]) })).toEqual([
      { ...line(), cause: "exchange" },
    ])
  })
})

it("what was booked says nothing of its cause any more", () => {
  const [kept, ...others] = withoutCauses([line({ cause: "claim" })])
  expect(others).toEqual([])
  expect(kept).toEqual(line())
  expect(Object.keys(kept ?? {})).not.toContain("cause")
})
