import { createHash } from "node:crypto"

import fc from "fast-check"

import { ENTRY_KINDS } from "../../../src/domain/payout-status"
import { PAYOUT_LINE_KINDS } from "../../../src/domain/statement"
import {
  escapeHtml,
  STATEMENT_HTML_POLICY,
  statementHtml,
} from "../../../src/domain/statement-html"
import { holds } from "../../support/property"
import { aLine, aStatement } from "./statement-builders"

const EVIL = `<script>alert("x")</script><img src=x onerror='y'>&`

/** The texts of every table: its caption, and then its rows of cells. */
function tablesOf(html: string): string[][][] {
  const found = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(([, inner = ""]) => inner)
  return found(html, /<table>([\s\S]*?)<\/table>/g).map((table) => [
    found(table, /<caption>(.*?)<\/caption>/g),
    ...found(table, /<tr[^>]*>(.*?)<\/tr>/g).map((row) =>
      found(row, /<t[hd][^>]*>(.*?)<\/t[hd]>/g)
    ),
  ])
}

describe("a statement as a page", () => {
  it("shows the balances, the totals and each line with its order or payout", () => {
    const html = statementHtml(aStatement())

    expect(html).toContain("<h1>Statement of Ada&#39;s Atelier</h1>")
    expect(html).toContain(
      "From 2026-01-01 00:00:00 until before 2026-02-01 00:00:00, in USD."
    )
    expect(html).toContain(
      '<tr><td>Sale (1)</td><td class="amount">90.00</td></tr>'
    )
    expect(html).toContain('<td class="text">#42</td>')
    expect(html).toContain('<td class="text">mspo_1</td>')
    expect(html.match(/Opening balance/g)).toHaveLength(2)
    expect(html).toContain("This statement is final.")
    expect(statementHtml(aStatement({ is_final: false }))).toContain(
      "This statement is not final"
    )
  })

  it("is two tables whose columns stay", () => {
    const [summary = [], details = []] = tablesOf(statementHtml(aStatement()))

    expect(summary).toEqual([
      ["Summary"],
      ["Opening balance", "10.00"],
      ["Sale (1)", "90.00"],
      ["Payout (1)", "-100.00"],
      ["Closing balance", "0.00"],
    ])
    expect(details).toEqual([
      ["Details"],
      ["Time (UTC)", "What", "Order or payout", "Reason", "Amount", "Balance"],
      ["Opening balance", "10.00"],
      ["2026-01-02 03:04:05", "Sale", "#42", "completed", "90.00", "100.00"],
      ["2026-01-02 03:04:05", "Payout", "mspo_1", "", "-100.00", "0.00"],
      ["Closing balance", "0.00"],
    ])
  })

  it("has its balances under the column of balances, however wide the table is", () => {
    const html = statementHtml(aStatement())
    const edges = [...html.matchAll(/<tr class="edge"><td colspan="(\d)">/g)]

    expect(edges.map(([, columns]) => columns)).toEqual(["1", "1", "5", "5"])
  })

  it("names whoever has no name by her id, and says whose and of when it is", () => {
    const html = statementHtml(aStatement({ vendor_name: null }))

    expect(html).toContain("<title>Statement of ven_1</title>")
    expect(html).toContain("<h1>Statement of ven_1</h1>")
    expect(html).toContain(
      '<p class="note">ven_1. This statement is final. A balance is what you are owed: everything booked for you, less what was paid.</p>'
    )
    expect(
      statementHtml(aStatement({ vendor_name: null, is_final: false }))
    ).toContain(
      "ven_1. This statement is not final: its period has not ended more than two minutes ago. A balance"
    )
  })

  it("drops what no page may contain", () => {
    expect(escapeHtml("a\0b & <'c'> \"d\"")).toBe(
      "ab &amp; &lt;&#39;c&#39;&gt; &quot;d&quot;"
    )
  })

  it("prints without what belongs to a screen, and repeats the head of the table", () => {
    const html = statementHtml(aStatement())

    expect(html).toMatch(/@media print[\s\S]*display: table-header-group/)
  })

  it("loads and runs nothing: the policy allows its own style and no more", () => {
    const html = statementHtml(aStatement())
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)]
    const [style] = styles

    expect(styles).toHaveLength(1)
    const hash = createHash("sha256")
      .update(style?.[1] ?? "")
      .digest("base64")
    expect(STATEMENT_HTML_POLICY).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    )
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=/i)
  })

  it("escapes whatever came from outside, wherever it stands", () => {
    const html = statementHtml(
      aStatement({
        vendor_name: EVIL,
        vendor_id: EVIL,
        lines: [
          aLine({ reason: EVIL, order_id: EVIL, display_id: null }),
          aLine({ payout_id: EVIL }),
        ],
      })
    )

    expect(html).not.toMatch(/<script|<img/i)
    expect(html.split(escapeHtml(EVIL))).toHaveLength(7)
  })

  it("has the same tags whatever the texts are", () => {
    const tags = (html: string) => html.match(/<[^>]*>/g)
    const text = fc.string({ unit: "binary" })
    const plain = tags(statementHtml(aStatement({ lines: [aLine()] })))

    holds(
      fc.property(text, text, text, (vendor_name, reason, order_id) => {
        const html = statementHtml(
          aStatement({
            vendor_name,
            lines: [aLine({ reason, order_id, display_id: null })],
          })
        )
        expect(tags(html)).toEqual(plain)
      }),
      2_000
    )
  })

  it("has a word for every kind of line", () => {
    for (const kind of [...ENTRY_KINDS, ...PAYOUT_LINE_KINDS]) {
      expect(statementHtml(aStatement({ lines: [aLine({ kind })] }))).toMatch(
        /<td>[A-Z][a-z -]+<\/td><td class="text">#42/
      )
    }
  })
})
