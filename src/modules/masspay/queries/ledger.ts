import type { EntryKind, PayoutStatus } from "../../../domain/payout-status"
import { PAID_STATUSES } from "../../../domain/statement"
import type {
  AdminLedgerEntry,
  AdminLedgerResponse,
} from "../../../types/http-statements"
import type { Sql } from "./db"
import { amountText } from "./dto"

const PAGE_MAX = 100

export type LedgerFilters = {
  /** Upper case. */
  currency_code?: readonly string[] | undefined
  kind?: readonly EntryKind[] | undefined
  created_at?: { gte?: Date | undefined; lt?: Date | undefined } | undefined
}

type Row = Omit<
  AdminLedgerEntry,
  "state" | "payout" | "available_at" | "created_at"
> & {
  payout_id: string | null
  payout_status: PayoutStatus
  available_at: Date
  created_at: Date
}

/** One page of a vendor's entries, newest first, with the exact number of all that match. */
export async function listLedger(
  sql: Sql,
  {
    vendor_id,
    filters,
    limit,
    offset,
  }: {
    vendor_id: string
    filters: LedgerFilters
    limit: number
    offset: number
  }
): Promise<AdminLedgerResponse> {
  const where = `e.vendor_id = ?
    and (?::text[] is null or e.currency_code = any(?::text[]))
    and (?::text[] is null or e.kind = any(?::text[]))
    and e.created_at >= coalesce(?::timestamptz, '-infinity')
    and e.created_at < coalesce(?::timestamptz, 'infinity')`
  const { currency_code = null, kind = null, created_at } = filters
  const params = [
    vendor_id,
    currency_code,
    currency_code,
    kind,
    kind,
    created_at?.gte ?? null,
    created_at?.lt ?? null,
  ]
  const take = Math.min(limit, PAGE_MAX)
  const [counted] = await sql.rows<{ count: string }>(
    `select count(*)::text as count from masspay_ledger_entry e where ${where}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select e.id, e.kind, e.amount::text as amount, e.currency_code, e.reason,
            e.actor, s.order_id, s.display_id, e.available_at, e.created_at,
            p.id as payout_id, p.status as payout_status
       from (select * from masspay_ledger_entry e where ${where}
              order by e.created_at desc, e.id desc limit ? offset ?) e
       left join masspay_settlement s on s.id = e.settlement_id
       left join masspay_payout_item i
         on i.entry_id = e.id and i.released_at is null
       left join masspay_payout p on p.id = i.payout_id
      order by e.created_at desc, e.id desc`,
    [...params, take, offset]
  )
  return {
    entries: rows.map(entryOf),
    count: Number(counted?.count ?? "0"),
    limit: take,
    offset,
  }
}

function entryOf({
  payout_id,
  payout_status,
  available_at,
  created_at,
  ...row
}: Row): AdminLedgerEntry {
  return {
    ...row,
    amount: amountText(row.amount, row.currency_code),
    available_at: available_at.toISOString(),
    created_at: created_at.toISOString(),
    state: payout_id === null ? "open" : stateOf(payout_status),
    payout:
      payout_id === null ? null : { id: payout_id, status: payout_status },
  }
}

function stateOf(status: PayoutStatus): AdminLedgerEntry["state"] {
  if (status === "netted") return "netted"
  return PAID_STATUSES.some((paid) => paid === status) ? "paid" : "in_transit"
}

/** Whose ledger a payee's is, or `null`. */
export async function vendorOfPayee(
  sql: Sql,
  payee_id: string
): Promise<string | null> {
  const [row] = await sql.rows<{ vendor_id: string }>(
    `select vendor_id from masspay_payee where id = ?`,
    [payee_id]
  )
  return row?.vendor_id ?? null
}
