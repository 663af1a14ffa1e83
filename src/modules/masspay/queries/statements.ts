import type { EntryKind, PayoutMethod } from "../../../domain/payout-status"
import {
  balanceStatement,
  FINAL_AFTER_MS,
  payoutLineKind,
  type Statement,
  STATEMENT_LINES_MAX,
  type StatementLineKind,
} from "../../../domain/statement"
import type { Sql } from "./db"
import { amountText } from "./dto"
import { LINES_OF_C } from "./statement-lines"

/** The period has more lines than a statement may have. The message is for whoever asked. */
export class StatementTooLongError extends Error {
  constructor(readonly lines_max: number) {
    super(
      `A statement has at most ${lines_max} lines, and this period has more. Choose a shorter one.`
    )
    this.name = "StatementTooLongError"
  }
}

type Period = {
  vendor_id: string
  /** Upper case. */
  currency_code: string
  from: Date
  /** Not part of it. */
  to: Date
}

type Row = {
  opening: string
  is_final: boolean
  vendor_name: string | null
  id: string | null
  at: Date
  amount: string
  kind: EntryKind | null
  method: PayoutMethod
  is_paid: boolean
  reason: string | null
  order_id: string | null
  display_id: number | null
  payout_id: string | null
}

/**
 * A vendor's period in one currency. One statement reads both balances and the
 * lines between them, so that they agree whatever is booked meanwhile. Throws
 * `StatementTooLongError` above `lines_max`.
 */
export async function readStatement(
  sql: Sql,
  period: Period,
  lines_max = STATEMENT_LINES_MAX
): Promise<Statement> {
  const { vendor_id, currency_code, from, to } = period
  const rows = await sql.rows<Row>(
    `with c as (select ?::text as vendor_id, ?::text as currency_code),
          line as materialized (
            select l.* from c cross join lateral (${LINES_OF_C}) l
             where l.at < ?::timestamptz),
          listed as (
            select * from line where at >= ?::timestamptz
             order by at, id limit ?)
     select (select coalesce(sum(amount), 0)::text from line
              where at < ?::timestamptz) as opening,
            ?::timestamptz <= masspay_now() - ? * interval '1 millisecond' as is_final,
            y.name as vendor_name, l.id, l.at, l.amount::text as amount, l.kind,
            l.method, l.is_paid, e.reason, s.order_id, s.display_id, l.payout_id
       from c
       left join masspay_payee y on y.vendor_id = c.vendor_id
       left join listed l on true
       left join masspay_ledger_entry e on e.id = l.entry_id
       left join masspay_settlement s on s.id = e.settlement_id
      order by l.at, l.id`,
    [
      vendor_id,
      currency_code,
      to,
      from,
      lines_max + 1,
      from,
      to,
      FINAL_AFTER_MS,
    ]
  )
  const [first] = rows
  if (!first) throw new Error("A statement has a row even without lines")
  if (rows.length > lines_max) throw new StatementTooLongError(lines_max)
  const { opening, lines, totals, closing } = balanceStatement(
    BigInt(first.opening),
    rows.flatMap(lineOf)
  )
  const text = (minor: bigint) => amountText(minor, currency_code)
  return {
    vendor_id,
    vendor_name: first.vendor_name,
    currency_code,
    from: from.toISOString(),
    to: to.toISOString(),
    is_final: first.is_final,
    opening_balance: text(opening),
    lines: lines.map(({ amount, balance, ...line }) => ({
      ...line,
      amount: text(amount),
      balance: text(balance),
    })),
    totals: totals.map(({ amount, ...total }) => ({
      ...total,
      amount: text(amount),
    })),
    closing_balance: text(closing),
  }
}

function lineOf(row: Row) {
  if (row.id === null) return []
  const kind: StatementLineKind =
    row.kind ?? payoutLineKind(row.method, row.is_paid)
  return [
    {
      id: row.id,
      at: row.at.toISOString(),
      kind,
      reason: row.reason,
      order_id: row.order_id,
      display_id: row.display_id,
      payout_id: row.payout_id,
      amount: BigInt(row.amount),
    },
  ]
}
