import { z } from "@medusajs/framework/zod"

import type { RemoteType } from "../../../domain/discrepancies"
import type { HistoryPage, RemoteTransaction, Transport } from "../types"
import { exactAmount, parseRead, parseTime, Token } from "./parse"

/** The most that MassPay gives at once. */
const HISTORY_PAGE_SIZE = 100

const TYPES: Record<string, RemoteType> = {
  load: "load",
  payout: "payout",
  spendback: "spendback",
}

/** MassPay fills some of these with an empty text. */
const Text = z
  .string()
  .max(500)
  .nullish()
  .transform((text) => (text === "" ? null : (text ?? null)))
const Amount = z.number().nullish()

// Notes, the payer's name and pickup codes are not read: nothing here needs them.
const Rows = z
  .array(
    z.object({
      token: Token,
      type: z.string().max(50),
      status: z.string().max(50),
      user_token: Text,
      source_amount: Amount,
      source_currency_code: Text,
      destination_amount: Amount,
      destination_currency_code: Text,
      fee: Amount,
      time_of_txn: z.string().nullish(),
      source_token: Text,
      destination_token: Text,
      delivery_type: Text,
      client_transfer_id: Text,
      status_reason: Text,
    })
  )
  .max(HISTORY_PAGE_SIZE)

/**
 * One page of the history of all users of this account. Only this client's rows:
 * what other payers did with the same people is nothing of ours.
 */
export async function readHistoryPage(
  transport: Transport,
  {
    from_date,
    to_date,
    page,
  }: { from_date: string; to_date: string; page: number }
): Promise<HistoryPage> {
  const response = await transport.send({
    method: "GET",
    path: ["user", "history"],
    query: {
      start_date: from_date,
      end_date: to_date,
      number_of_records: String(HISTORY_PAGE_SIZE),
      page: String(page),
      show_all_clients: "false",
    },
    lane: "lookup",
  })
  const rows = parseRead(Rows, response, "history of all users")
  return {
    transactions: rows.map(toTransaction),
    is_last: rows.length < HISTORY_PAGE_SIZE,
  }
}

function toTransaction(row: z.output<typeof Rows>[number]): RemoteTransaction {
  const source_currency_code = currencyOf(row.source_currency_code)
  const destination_currency_code = currencyOf(row.destination_currency_code)
  return {
    token: row.token,
    // The rows write "spend back", the filter "spendback".
    type: TYPES[row.type.toLowerCase().replace(" ", "")] ?? "other",
    remote_type: row.type,
    status: row.status,
    user_token: row.user_token,
    source_amount: amountOf(row.source_amount, source_currency_code),
    source_currency_code,
    destination_amount: amountOf(
      row.destination_amount,
      destination_currency_code
    ),
    destination_currency_code,
    fee: amountOf(row.fee, source_currency_code),
    time_of_txn: parseTime(row.time_of_txn),
    source_token: row.source_token,
    destination_token: row.destination_token,
    delivery_type: row.delivery_type,
    client_transfer_id: row.client_transfer_id,
    status_reason: row.status_reason,
  }
}

function currencyOf(code: string | null): string | null {
  return code !== null && /^[A-Za-z0-9]{3,5}$/.test(code)
    ? code.toUpperCase()
    : null
}

function amountOf(
  value: number | null | undefined,
  currency_code: string | null
): bigint | null {
  if (value === null || value === undefined || currency_code === null)
    return null
  return exactAmount(value, currency_code)
}
