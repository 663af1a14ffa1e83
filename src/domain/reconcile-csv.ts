import { isKnownCurrency } from "./currency"
import { formatMajor } from "./money"
import { BYTE_ORDER_MARK, numberCell, textCell } from "./statement-csv"

const LINE_END = "\r\n"

const DISCREPANCY_HEADER = [
  "class",
  "severity",
  "state",
  "vendor_id",
  "payout_id",
  "masspay_token",
  "our_status",
  "our_amount",
  "masspay_status",
  "masspay_amount",
  "currency",
  "action",
  "first_seen_at",
  "resolved_by",
  "resolved_reason",
]

export type DiscrepancyLine = {
  class: string
  severity: string
  state: string
  vendor_id: string | null
  payout_id: string | null
  remote_token: string | null
  ours: Record<string, unknown>
  theirs: Record<string, unknown>
  currency_code: string | null
  action: string
  first_seen_at: string
  resolved_by: string | null
  resolved_reason: string | null
}

/** Begins a file of differences for a spreadsheet; `discrepancyLine` is one row of it. */
export const discrepancyHead = head(DISCREPANCY_HEADER)

export function discrepancyLine(found: DiscrepancyLine): string {
  return line([
    textCell(found.class),
    textCell(found.severity),
    textCell(found.state),
    textCell(found.vendor_id ?? ""),
    textCell(found.payout_id ?? ""),
    textCell(found.remote_token ?? ""),
    textCell(textOf(found.ours.status)),
    amountCell(textOf(found.ours.amount)),
    textCell(textOf(found.theirs.status)),
    amountCell(textOf(found.theirs.amount)),
    textCell(found.currency_code ?? ""),
    textCell(found.action),
    textCell(found.first_seen_at),
    textCell(found.resolved_by ?? ""),
    textCell(found.resolved_reason ?? ""),
  ])
}

const TRANSACTION_HEADER = [
  "date",
  "type",
  "masspay_token",
  "masspay_status",
  "amount",
  "currency",
  "arrived",
  "arrived_currency",
  "fee",
  "vendor_id",
  "payout_id",
  "our_status",
]

/** Amounts in minor units. */
export type TransactionLine = {
  token: string
  time_of_txn: Date | null
  type: string
  remote_status: string
  source_amount: string | null
  source_currency_code: string | null
  destination_amount: string | null
  destination_currency_code: string | null
  fee: string | null
  vendor_id: string | null
  payout_id: string | null
  payout_status: string | null
}

/** The same for what MassPay showed. */
export const transactionHead = head(TRANSACTION_HEADER)

export function transactionLine(told: TransactionLine): string {
  return line([
    textCell(told.time_of_txn?.toISOString() ?? ""),
    textCell(told.type),
    textCell(told.token),
    textCell(told.remote_status),
    amountCell(major(told.source_amount, told.source_currency_code)),
    textCell(told.source_currency_code ?? ""),
    amountCell(major(told.destination_amount, told.destination_currency_code)),
    textCell(told.destination_currency_code ?? ""),
    amountCell(major(told.fee, told.source_currency_code)),
    textCell(told.vendor_id ?? ""),
    textCell(told.payout_id ?? ""),
    textCell(told.payout_status ?? ""),
  ])
}

function head(names: readonly string[]): string {
  return BYTE_ORDER_MARK + line(names.map(textCell))
}

function line(cells: readonly string[]): string {
  return cells.join(",") + LINE_END
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}

function amountCell(text: string): string {
  return text === "" ? "" : numberCell(text)
}

function major(minor: string | null, currency: string | null): string {
  return minor !== null && currency !== null && isKnownCurrency(currency)
    ? formatMajor(BigInt(minor), currency)
    : ""
}
