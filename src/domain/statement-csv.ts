import type { Statement } from "./statement"
import { kindText, reasonText } from "./statement-texts"

/** Without it a spreadsheet takes UTF-8 for something older. */
export const BYTE_ORDER_MARK = "\uFEFF"
const LINE_END = "\r\n"

/** A cell that begins like this is computed by a spreadsheet, or hides one that is. */
const LIKE_A_FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const TO_QUOTE = /[",\r\n\t;]|^\s|\s$/
const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/

const HEADER = [
  "date",
  "type",
  "description",
  "order",
  "order_id",
  "payout_id",
  "entry_id",
  "amount",
  "balance",
  "currency",
]

/**
 * A statement for a spreadsheet (RFC 4180, UTF-8 with a byte order mark). The
 * first row is the opening balance and the last one the closing balance; the
 * amounts between add up to their difference. Text that a spreadsheet would
 * take for a formula gets an apostrophe in front; amounts are plain decimals.
 */
export function statementCsv(statement: Statement): string {
  const { currency_code } = statement
  const edge = (date: string, type: string, balance: string) => [
    ...[date, type, "", "", "", "", ""].map(textCell),
    textCell(""),
    numberCell(balance),
    textCell(currency_code),
  ]
  const rows = [
    HEADER.map(textCell),
    edge(statement.from, "Opening balance", statement.opening_balance),
    ...statement.lines.map((line) => [
      textCell(line.at),
      textCell(kindText(line.kind)),
      textCell(reasonText(line)),
      line.display_id === null
        ? textCell("")
        : numberCell(String(line.display_id)),
      textCell(line.order_id ?? ""),
      textCell(line.payout_id ?? ""),
      textCell(line.payout_id === null ? line.id : ""),
      numberCell(line.amount),
      numberCell(line.balance),
      textCell(currency_code),
    ]),
    edge(statement.to, "Closing balance", statement.closing_balance),
  ]
  return (
    BYTE_ORDER_MARK + rows.map((cells) => cells.join(",") + LINE_END).join("")
  )
}

/** A cell that is read as text, whatever stands in it. */
export function textCell(text: string): string {
  // A spreadsheet ends a file at a NUL.
  const shown = text.replaceAll("\0", "")
  const safe = LIKE_A_FORMULA.test(shown) ? `'${shown}` : shown
  return TO_QUOTE.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell that is read as a number. Throws for anything but plain decimal notation. */
export function numberCell(text: string): string {
  if (!PLAIN_DECIMAL.test(text)) throw new Error("Not a plain decimal")
  return text
}
