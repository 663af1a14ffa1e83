import { maskedDestination } from "../../../domain/withdrawals"
import type {
  Withdrawal,
  WithdrawalListResponse,
} from "../../../types/http-mirrors"
import type { Sql } from "./db"
import { amountText, isoOrNull } from "./dto"

/**
 * Of what MassPay's history said, `t`: money that left a user's own wallet by
 * her doing or by a rule of hers. What left a funding wallet was paid to her by
 * the marketplace, and what is an operation of ours is a payout.
 */
const IS_WITHDRAWAL = `t.type = 'payout'
  and not exists (
    select 1 from masspay_control c where c.key = 'wallet:' || t.source_token)
  and not exists (
    select 1 from masspay_operation o where o.remote_token = t.token)
  and not exists (
    select 1 from masspay_operation o where o.client_id = t.client_transfer_id)`

type Row = {
  id: string
  source_amount: string | null
  source_currency_code: string | null
  destination_amount: string | null
  destination_currency_code: string | null
  fee: string | null
  remote_status: string
  changed_at: Date | null
  time_of_txn: Date | null
  destination_token: string | null
  delivery_type: string | null
}

export type WithdrawalListing = {
  filters?: { currency_code?: readonly string[] | undefined }
  limit: number
  offset: number
}

/**
 * What a vendor's user took out of her MassPay wallet, the latest first, as it
 * was read last: of the user she has now, and of nobody else. No notes, pickup
 * codes or destinations are shown.
 */
export async function listWithdrawals(
  sql: Sql,
  {
    vendor_id,
    filters = {},
    limit,
    offset,
  }: WithdrawalListing & { vendor_id: string }
): Promise<WithdrawalListResponse> {
  const codes = filters.currency_code ?? null
  const from = `from masspay_payee y
      join masspay_remote_transaction t on t.user_token = y.user_token
     where y.vendor_id = ? and ${IS_WITHDRAWAL}
       and (?::text[] is null or t.source_currency_code = any(?::text[]))`
  const params = [vendor_id, codes, codes]
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count ${from}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select t.id, t.source_amount::text as source_amount, t.source_currency_code,
            t.destination_amount::text as destination_amount,
            t.destination_currency_code, t.fee::text as fee, t.remote_status,
            t.changed_at, t.time_of_txn, t.destination_token, t.delivery_type
       ${from} order by t.time_of_txn desc nulls last, t.id desc
      limit ? offset ?`,
    [...params, limit, offset]
  )
  return {
    withdrawals: rows.map(withdrawalDto),
    as_of: isoOrNull(await readUpTo(sql)),
    count: counted?.count ?? 0,
    limit,
    offset,
  }
}

function withdrawalDto(row: Row): Withdrawal {
  return {
    id: row.id,
    amount: textOf(row.source_amount, row.source_currency_code),
    currency_code: row.source_currency_code,
    received_amount: textOf(
      row.destination_amount,
      row.destination_currency_code
    ),
    received_currency_code: row.destination_currency_code,
    fee: textOf(row.fee, row.source_currency_code),
    status: row.remote_status,
    status_at: isoOrNull(row.changed_at ?? row.time_of_txn),
    destination: maskedDestination(row.destination_token),
    delivery_type: row.delivery_type,
    created_at: isoOrNull(row.time_of_txn),
  }
}

function textOf(
  minor: string | null,
  currency_code: string | null
): string | null {
  return minor === null || currency_code === null
    ? null
    : amountText(minor, currency_code)
}

/** When the last reading of the history began that came to its end. */
async function readUpTo(sql: Sql): Promise<Date | null> {
  const [row] = await sql.rows<{ at: Date | null }>(
    `select max(started_at) as at from masspay_reconciliation_run
      where kind in ('sweep', 'sweep_long') and status = 'complete'`
  )
  return row?.at ?? null
}
