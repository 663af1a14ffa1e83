import { UnbalancedSettlementError } from "../../../src/domain/errors"
import type { OrderFacts } from "../../../src/domain/facts"
import { keyOf } from "../../../src/domain/settle-attribution"
import { cellsOf, emptyCellsOf } from "../../../src/domain/settle-cells"
import { aLine, aShipping, theFacts } from "./order-builders"
import { sale } from "./settle-builders"

function cells(facts: OrderFacts) {
  const { total, lines, unattributed } = cellsOf(facts)
  return { total, lines: Object.fromEntries(lines), unattributed }
}

describe("the cells of an order", () => {
  it("are whole units of every net and tax, and add up to the total", () => {
    const facts = theFacts({
      lines: [
        aLine({ ref: "a", net: "10.004", tax: "0.503" }),
        aLine({ ref: "b", net: "20.003", tax: "1" }),
        aShipping({ ref: "a", net: "5", tax: "0.25" }),
      ],
      unattributed: "0.74",
    })

    expect(cells(facts)).toEqual({
      total: 3750n,
      lines: {
        "item:a": { net: 1001n, tax: 50n },
        "item:b": { net: 2000n, tax: 100n },
        "shipping:a": { net: 500n, tax: 25n },
      },
      unattributed: 74n,
    })
  })

  it("round what is below zero first, together, and by largest remainder", () => {
    const facts = theFacts({
      lines: [
        aLine({ ref: "a", net: "-0.006" }),
        aLine({ ref: "b", net: "-0.014" }),
        aLine({ ref: "c", net: "0.02" }),
      ],
    })

    expect(cells(facts)).toEqual({
      total: 0n,
      lines: {
        "item:a": { net: -1n, tax: 0n },
        "item:b": { net: -1n, tax: 0n },
        "item:c": { net: 2n, tax: 0n },
      },
      unattributed: 0n,
    })
  })

  it("give a unit that two roundings disagree about to what is above zero, however little", () => {
    const facts = theFacts({
      lines: [
        aLine({ ref: "a", net: "0.004" }),
        aLine({ ref: "b", net: "-0.006" }),
      ],
    })

    expect(cells(facts)).toEqual({
      total: 0n,
      lines: {
        "item:a": { net: 1n, tax: 0n },
        "item:b": { net: -1n, tax: 0n },
      },
      unattributed: 0n,
    })
  })

  it("are the rounded total where everything is below zero", () => {
    const facts = theFacts({
      lines: [aLine({ net: "-0.006", tax: "-0.001" })],
      unattributed: "-0.005",
    })

    expect(cells(facts)).toEqual({
      total: -1n,
      lines: { "item:item_1": { net: -1n, tax: 0n } },
      unattributed: 0n,
    })
  })

  it("of nothing are nothing", () => {
    expect(cells(theFacts({ lines: [] }))).toEqual({
      total: 0n,
      lines: {},
      unattributed: 0n,
    })
  })

  it.each<[string, OrderFacts, string]>([
    [
      "a line named twice",
      theFacts({ lines: [aLine(), aLine()] }),
      "Order order_1 names the line item_1 twice",
    ],
    [
      "a total that is not the sum",
      { ...sale, total: "100.000001" },
      "The lines of order order_1 do not add up to its total",
    ],
  ])("are refused for %s, in every currency", (_what, facts, message) => {
    for (const cellsFor of [cellsOf, emptyCellsOf]) {
      expect(() => cellsFor(facts)).toThrow(UnbalancedSettlementError)
      expect(() => cellsFor(facts)).toThrow(message)
    }
  })

  it("take an item and a shipping method of one id for two lines", () => {
    const facts = theFacts({ lines: [aLine(), aShipping({ ref: "item_1" })] })

    expect(Object.keys(cells(facts).lines)).toEqual([
      "item:item_1",
      "shipping:item_1",
    ])
    expect(keyOf("item", "x")).not.toBe(keyOf("shipping", "x"))
  })

  it("are counted for nobody in a currency that nobody can count", () => {
    expect(emptyCellsOf({ ...sale, currency_code: "BTC" })).toEqual({
      total: 0n,
      lines: new Map(),
      unattributed: 0n,
    })
  })
})
