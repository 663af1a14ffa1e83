import fc from "fast-check"

import {
  numberCell,
  statementCsv,
  textCell,
} from "../../../src/domain/statement-csv"
import { holds } from "../../support/property"
import { aLine, aStatement } from "./statement-builders"

/** What a spreadsheet computes, or what hides a cell that it does. */
const COMPUTED = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

/** RFC 4180, written out on its own: rows of cells. */
function parse(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ""
  let is_quoted = false
  for (let at = 0; at < csv.length; at += 1) {
    const character = csv.charAt(at)
    if (is_quoted) {
      if (character !== '"') cell += character
      else if (csv.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else is_quoted = false
    } else if (character === '"') is_quoted = true
    else if (character === ",") {
      row.push(cell)
      cell = ""
    } else if (csv.startsWith("\r\n", at)) {
      rows.push([...row, cell])
      row = []
      cell = ""
      at += 1
    } else cell += character
  }
  if (row.length > 0 || cell !== "") throw new Error("The last row has no end")
  return rows
}

const nasty = fc.oneof(
  fc.string(),
  fc
    .tuple(
      fc.constantFrom(...COMPUTED, '"', ",", ";", "'", " "),
      fc.string({ unit: "grapheme" })
    )
    .map(([first, rest]) => first + rest)
)

describe("a statement as CSV", () => {
  it("has the balances around its lines, with a mark for UTF-8 and CRLF", () => {
    expect(statementCsv(aStatement())).toBe(
      [
        "\uFEFFdate,type,description,order,order_id,payout_id,entry_id,amount,balance,currency",
        "2026-01-01T00:00:00.000Z,Opening balance,,,,,,,10.00,USD",
        "2026-01-02T03:04:05.678Z,Sale,completed,42,order_1,,mslen_1,90.00,100.00,USD",
        "2026-01-02T03:04:05.678Z,Payout,,,,mspo_1,,-100.00,0.00,USD",
        "2026-02-01T00:00:00.000Z,Closing balance,,,,,,,0.00,USD",
        "",
      ].join("\r\n")
    )
  })

  it.each([
    ['=HYPERLINK("http://evil.example","x")'],
    ["+1+1"],
    ["-2+3+cmd|' /C calc'!A0"],
    ["@SUM(1:9)"],
    ["\t=1"],
    ["\r=1"],
    ["\n=1"],
    ["＝1+1"],
  ])("takes no reason for a formula: %j", (reason) => {
    const [, , line] = parse(
      statementCsv(aStatement({ lines: [aLine({ reason })] }))
    )

    expect(line?.[2]).toBe(`'${reason}`)
    expect(line?.slice(7, 9)).toEqual(["90.00", "100.00"])
  })

  it("gives every text back as it was, in one cell, and never one that is computed", () => {
    holds(
      fc.property(nasty, nasty, nasty, (reason, order_id, payout_id) => {
        const rows = parse(
          statementCsv(
            aStatement({ lines: [aLine({ reason, order_id, payout_id })] })
          ).slice(1)
        )

        expect(rows.map((row) => row.length)).toEqual([10, 10, 10, 10])
        const line = rows[2] ?? []
        for (const [index, text] of [
          [2, reason],
          [4, order_id],
          [5, payout_id],
        ] as const) {
          const cell = line[index] ?? ""
          const clean = text.replaceAll("\0", "")
          expect([clean, `'${clean}`]).toContain(cell)
          expect(COMPUTED).not.toContain(cell.charAt(0))
        }
      }),
      5_000
    )
  })

  it("has the entry's id only where it is no payout's, and no number for an order without one", () => {
    const cells = (overrides: Parameters<typeof aLine>[0]) =>
      parse(statementCsv(aStatement({ lines: [aLine(overrides)] })))[2]?.slice(
        3,
        7
      )

    expect(cells({ display_id: null })).toEqual(["", "order_1", "", "mslen_1"])
    expect(cells({ order_id: null, payout_id: "mspo_1" })).toEqual([
      "42",
      "",
      "mspo_1",
      "",
    ])
  })

  it("leaves a negative amount a number, and takes nothing else for one", () => {
    expect(numberCell("-12.50")).toBe("-12.50")
    for (const text of ["", "-", "1e3", "1,000.00", "=1", " 1", "NaN", "+1"]) {
      expect(() => numberCell(text)).toThrow("Not a plain decimal")
    }
  })

  it("quotes what would end a cell or be trimmed, and drops what ends a file", () => {
    expect(
      ["a,b", 'say "hi"', " padded", "a;b", "plain", "nul\0l"].map(textCell)
    ).toEqual(['"a,b"', '"say ""hi"""', '" padded"', '"a;b"', "plain", "null"])
  })
})
