import type { AttributedLine } from "../../../src/domain/settle-attribution"
import { keyOf } from "../../../src/domain/settle-attribution"
import type { Cells, LineCells } from "../../../src/domain/settle-cells"
import {
  type Group,
  groupOf,
  positive,
  sellersOf,
  type Share,
  sharesOf,
  takeRefund,
} from "../../../src/domain/settle-shares"
import type {
  BookedSettlement,
  SettlementLine,
} from "../../../src/domain/settle-types"
import { aLine, aShipping } from "./order-builders"

const ORDER = "order_1"

function item(ref: string, vendor_id: string | null): AttributedLine {
  return {
    facts: aLine({ ref, vendor_id }),
    order_id: ORDER,
    vendor_id,
    rule: "own",
    is_changed: false,
    commission_rule: null,
  }
}

function shipping(
  overrides: Partial<Pick<AttributedLine, "rule" | "vendor_id">> = {}
): AttributedLine {
  return {
    facts: aShipping({ vendor_id: null }),
    order_id: ORDER,
    vendor_id: null,
    rule: "by_value",
    is_changed: false,
    commission_rule: null,
    ...overrides,
  }
}

function cellsOf(lines: [AttributedLine, LineCells][]): Cells {
  return {
    total: 0n,
    unattributed: 0n,
    lines: new Map(
      lines.map(([{ facts }, cells]) => [keyOf(facts.kind, facts.ref), cells])
    ),
  }
}

/** A row that has booked; what it had of the parcel as it stands in its lines. */
function aRow(
  vendor_id: string,
  parcel: Partial<SettlementLine> | null,
  overrides: Partial<BookedSettlement> = {}
): BookedSettlement {
  const line: SettlementLine = {
    ref: "ship_1",
    kind: "shipping",
    title: "Parcel",
    quantity: 1,
    vendor_id: null,
    rule: "by_value",
    gross: "0",
    commission: "0",
    tax: "0",
    platform: "0",
    net: "0",
    ...parcel,
  }
  return {
    order_id: ORDER,
    vendor_id,
    currency_code: "USD",
    revision: 1,
    booked: 1n,
    commission_basis_points: 0,
    tax_rule: "vendor",
    lines: parcel ? [line] : [],
    released_at: null,
    available_at: null,
    is_earned: true,
    ...overrides,
  }
}

/** Who has what: vendor (or platform), net and tax, and of a divided line its basis. */
function told(shares: readonly Share[]): string[] {
  return shares.map(({ line, group, net, tax, basis }) =>
    [
      line.facts.ref,
      group?.vendor_id ?? "platform",
      `${net}+${tax}`,
      ...(basis ? [`of ${basis.net}+${basis.tax}`] : []),
    ].join(" ")
  )
}

const never = () => false

describe("sharesOf", () => {
  const a = item("a", "v1")
  const b = item("b", "v2")
  const own = item("c", null)
  const parcel = shipping()
  const cells = (values: {
    a?: LineCells
    b?: LineCells
    own?: LineCells
    parcel?: LineCells
  }) =>
    cellsOf([
      [a, values.a ?? { net: 300n, tax: 30n }],
      [b, values.b ?? { net: 100n, tax: 10n }],
      [own, values.own ?? { net: 0n, tax: 0n }],
      [parcel, values.parcel ?? { net: 40n, tax: 4n }],
    ])

  it("gives a line to whoever owns it, and what nobody owns to the platform", () => {
    const shares = sharesOf([a, own], cells({ own: { net: 7n, tax: 1n } }), {
      booked: [],
      isCanceled: never,
    })

    expect(told(shares)).toEqual(["a v1 300+30", "c platform 7+1"])
    expect(shares[1]?.group).toBeNull()
  })

  it("leaves shipping that is the platform's by rule to the platform, whoever is named", () => {
    const kept = shipping({ rule: "platform", vendor_id: "v1" })

    expect(
      told(sharesOf([kept], cells({}), { booked: [], isCanceled: never }))
    ).toEqual(["ship_1 platform 40+4"])
  })

  it("has nothing of a line that has no cells", () => {
    expect(
      told(
        sharesOf([item("z", "v1")], cells({}), {
          booked: [],
          isCanceled: never,
        })
      )
    ).toEqual(["z v1 0+0"])
  })

  it("divides shared shipping by the value of the goods, the platform's among them, and remembers by what", () => {
    expect(
      told(
        sharesOf([a, b, own, parcel], cells({ own: { net: 400n, tax: 0n } }), {
          booked: [],
          isCanceled: never,
        })
      ).slice(3)
    ).toEqual([
      "ship_1 v1 15+2 of 15+2",
      "ship_1 v2 5+0 of 5+0",
      "ship_1 platform 20+2 of 20+2",
    ])
  })

  it("adds up several lines of one vendor, and counts nothing below zero", () => {
    const more = item("d", "v1")
    const shares = sharesOf(
      [a, more, b, parcel],
      cellsOf([
        [a, { net: 100n, tax: 0n }],
        [more, { net: 200n, tax: 0n }],
        [b, { net: -50n, tax: 0n }],
        [parcel, { net: 40n, tax: 0n }],
      ]),
      { booked: [], isCanceled: never }
    )

    expect(told(shares).slice(3)).toEqual([
      "ship_1 v1 40+0 of 40+0",
      "ship_1 v2 0+0 of 0+0",
    ])
  })

  it("gives cancelled vendors no part of it, and the platform all of it where nobody is left", () => {
    const isCanceled = ({ vendor_id }: Group) => vendor_id === "v1"
    expect(
      told(
        sharesOf([a, b, parcel], cells({}), { booked: [], isCanceled })
      ).slice(2)
    ).toEqual(["ship_1 v2 40+4 of 40+4"])
    expect(
      told(sharesOf([a, parcel], cells({}), { booked: [], isCanceled })).slice(
        1
      )
    ).toEqual(["ship_1 platform 40+4"])
    const sold = cells({ own: { net: 300n, tax: 0n } })
    expect(
      told(
        sharesOf([a, b, own, parcel], sold, { booked: [], isCanceled })
      ).slice(3)
    ).toEqual(["ship_1 v2 10+1 of 10+1", "ship_1 platform 30+3 of 30+3"])
  })

  it("does not count other shipping as goods", () => {
    const express: AttributedLine = {
      ...shipping({ rule: "own", vendor_id: "v2" }),
      facts: aShipping({ ref: "ship_2", vendor_id: "v2" }),
    }
    const shares = sharesOf(
      [a, express, parcel],
      cellsOf([
        [a, { net: 100n, tax: 0n }],
        [express, { net: 900n, tax: 0n }],
        [parcel, { net: 40n, tax: 0n }],
      ]),
      { booked: [], isCanceled: never }
    )

    expect(told(shares)).toEqual([
      "a v1 100+0",
      "ship_2 v2 900+0",
      "ship_1 v1 40+0 of 40+0",
    ])
  })

  describe("once something was booked", () => {
    const before = [
      aRow("v1", { basis: { net: "30", tax: "3" } }),
      aRow("v2", { basis: { net: "10", tax: "1" } }),
    ]
    const after = (
      booked: BookedSettlement[],
      values: Parameters<typeof cells>[0] = {},
      lines = [a, b, parcel]
    ) =>
      told(sharesOf(lines, cells(values), { booked, isCanceled: never })).slice(
        lines.length - 1
      )

    it("divides as it was divided then, whatever the goods are worth now", () => {
      expect(after(before, { a: { net: 1n, tax: 0n } })).toEqual([
        "ship_1 platform 0+0",
        "ship_1 v1 30+3 of 30+3",
        "ship_1 v2 10+1 of 10+1",
      ])
    })

    it("makes less of it less for all, by what they had", () => {
      expect(after(before, { parcel: { net: 20n, tax: 2n } })).toEqual([
        "ship_1 platform 0+0",
        "ship_1 v1 15+2 of 30+3",
        "ship_1 v2 5+0 of 10+1",
      ])
    })

    it("leaves what nobody had to the platform", () => {
      expect(after(before, { parcel: { net: 50n, tax: 6n } })).toEqual([
        "ship_1 platform 10+2",
        "ship_1 v1 30+3 of 30+3",
        "ship_1 v2 10+1 of 10+1",
      ])
    })

    it("reads what she had from the amounts of rows from before a basis was kept", () => {
      expect(
        after([
          aRow("v1", { gross: "33", tax: "3" }),
          aRow("v2", { gross: "11", tax: "1" }),
        ])
      ).toEqual([
        "ship_1 platform 0+0",
        "ship_1 v1 30+3 of 30+3",
        "ship_1 v2 10+1 of 10+1",
      ])
    })

    it("takes tax alone for a part, and nothing for none", () => {
      expect(
        after([
          aRow("v1", { basis: { net: "0", tax: "4" } }),
          aRow("v2", { basis: { net: "0", tax: "0" } }),
        ])
      ).toEqual(["ship_1 platform 40+0", "ship_1 v1 0+4 of 0+4"])
    })

    it("asks only lines of that parcel, and only divided ones", () => {
      const others = [
        aRow("v1", { ref: "ship_2", basis: { net: "30", tax: "3" } }),
        aRow("v1", { kind: "item", basis: { net: "30", tax: "3" } }),
        aRow("v1", { rule: "own", basis: { net: "30", tax: "3" } }),
      ]
      for (const other of others) {
        expect(after([other])).toEqual([
          "ship_1 v1 30+3 of 30+3",
          "ship_1 v2 10+1 of 10+1",
        ])
      }
    })

    it("divides anew where nothing was earned, and where one seller is left", () => {
      const unearned = before.map((row) => ({ ...row, is_earned: false }))
      expect(after(unearned, { a: { net: 100n, tax: 0n } })).toEqual([
        "ship_1 v1 20+2 of 20+2",
        "ship_1 v2 20+2 of 20+2",
      ])
      expect(after(before, {}, [a, parcel])).toEqual(["ship_1 v1 40+4 of 40+4"])
    })

    it("counts rows that have not booked where another one has", () => {
      const [first, second] = before
      expect(
        after([
          ...(first ? [first] : []),
          ...(second ? [{ ...second, is_earned: false }] : []),
        ])
      ).toEqual([
        "ship_1 platform 0+0",
        "ship_1 v1 30+3 of 30+3",
        "ship_1 v2 10+1 of 10+1",
      ])
    })
  })
})

describe("takeRefund", () => {
  const share = (ref: string, net: bigint, tax: bigint): Share => ({
    line: item(ref, "v1"),
    group: groupOf(ORDER, "v1"),
    net,
    tax,
  })
  const taken = (refund: bigint, shares: Share[]) =>
    takeRefund(refund, shares).map(
      ({ line, net, tax, refunded }) =>
        `${line.facts.ref} ${net}+${tax} less ${refunded}`
    )

  it("is taken from net and tax of every share by what they hold", () => {
    expect(taken(11n, [share("a", 60n, 6n), share("b", 40n, 4n)])).toEqual([
      "a 54+5 less 7",
      "b 36+4 less 4",
    ])
  })

  it("takes no more than there is, and nothing from what is below zero", () => {
    expect(taken(500n, [share("a", 60n, 6n), share("b", -5n, -1n)])).toEqual([
      "a 0+0 less 66",
      "b -5+-1 less 0",
    ])
  })
})

it("names everybody who sold an item, the platform too, and nobody for shipping", () => {
  expect([
    ...sellersOf([
      item("a", "v1"),
      item("b", null),
      shipping({ vendor_id: "v3" }),
    ]),
  ]).toEqual(["v1", null])
})

it("tells orders and vendors apart by one key", () => {
  expect(groupOf("o", "v")).toEqual({
    key: '["o","v"]',
    order_id: "o",
    vendor_id: "v",
  })
  expect([positive(-1n), positive(0n), positive(2n)]).toEqual([0n, 0n, 2n])
})
