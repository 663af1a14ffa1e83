import { createHash } from "node:crypto"

import type { Statement, StatementLine } from "./statement"
import { kindText, orderText, reasonText } from "./statement-texts"

const STYLE = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #111; background: #fff;
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
p { margin: 0 0 .25rem; }
.note { color: #555; }
table { width: 100%; border-collapse: collapse; margin: 1.25rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
td.text { overflow-wrap: anywhere; }
th.amount, td.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.time { white-space: nowrap; }
tr.edge td { font-weight: 600; border-bottom: 2px solid #111; }
@media print {
  @page { margin: 15mm; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`

/** The style by its hash and nothing else: no script, no image, no form, no frame. */
const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`
export const STATEMENT_HTML_POLICY = [
  "default-src 'none'",
  `style-src ${STYLE_SOURCE}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ")

/** A statement as a page to read and to print. Everything that is not ours is escaped. */
export function statementHtml(statement: Statement): string {
  const { vendor_id, vendor_name, currency_code, from, to } = statement
  const title = `Statement of ${vendor_name ?? vendor_id}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>From ${timeText(from)} until before ${timeText(to)}, in ${escapeHtml(currency_code)}.</p>
<p class="note">${escapeHtml(vendor_id)}. ${finalText(statement)} A balance is what you are owed: everything booked for you, less what was paid.</p>
${summary(statement)}
${details(statement)}
</body>
</html>
`
}

function finalText({ is_final }: Statement): string {
  return is_final
    ? "This statement is final."
    : "This statement is not final: its period has not ended more than two minutes ago."
}

function summary(statement: Statement): string {
  const rows = [
    edge("Opening balance", statement.opening_balance),
    ...statement.totals.map(
      ({ kind, count, amount }) =>
        `<tr><td>${kindText(kind)} (${count})</td>${amountCell(amount)}</tr>`
    ),
    edge("Closing balance", statement.closing_balance),
  ]
  return `<table>
<caption>Summary</caption>
<tbody>
${rows.join("\n")}
</tbody>
</table>`
}

function edge(label: string, balance: string, columns = 1): string {
  return `<tr class="edge"><td colspan="${columns}">${label}</td>${amountCell(balance)}</tr>`
}

function details(statement: Statement): string {
  const rows = [
    edge("Opening balance", statement.opening_balance, 5),
    ...statement.lines.map(lineRow),
    edge("Closing balance", statement.closing_balance, 5),
  ]
  return `<table>
<caption>Details</caption>
<thead>
<tr><th>Time (UTC)</th><th>What</th><th>Order or payout</th><th>Reason</th><th class="amount">Amount</th><th class="amount">Balance</th></tr>
</thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`
}

function lineRow(line: StatementLine): string {
  return [
    "<tr>",
    `<td class="time">${timeText(line.at)}</td>`,
    `<td>${kindText(line.kind)}</td>`,
    `<td class="text">${escapeHtml(line.payout_id ?? orderText(line))}</td>`,
    `<td class="text">${escapeHtml(reasonText(line))}</td>`,
    amountCell(line.amount),
    amountCell(line.balance),
    "</tr>",
  ].join("")
}

function amountCell(amount: string): string {
  return `<td class="amount">${escapeHtml(amount)}</td>`
}

/** `2026-01-31 12:00:00`; the column says that it is UTC. */
function timeText(iso: string): string {
  return escapeHtml(iso.slice(0, 19).replace("T", " "))
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Text as content of an element or of a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("\0", "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}
