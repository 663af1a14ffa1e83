import { z } from "@medusajs/framework/zod"

import { redact } from "../http/redact"
import type {
  RemotePayout,
  RemotePayoutList,
  Transport,
  TransportResponse,
} from "../types"
import { isProvenWhole } from "./history"
import {
  Currency,
  exactAmount,
  feeOf,
  isPageSize,
  parseRead,
  parseTime,
  Token,
  wordOf,
} from "./parse"

const Status = wordOf([
  "PENDING",
  "PROCESSING",
  "SCHEDULED",
  "HOLD",
  "READY_FOR_PICKUP",
  "COMPLETED",
  "CANCELLED",
  "ERROR",
])

const Payout = z.object({
  payout_token: Token,
  client_transfer_id: z.string().nullish(),
  status: Status,
  source_token: Token.nullish(),
  source_currency_code: Currency,
  source_amount: z.number(),
  fee: z.number().nullish(),
  destination_amount: z.number().nullish(),
  destination_currency_code: Currency.nullish(),
  estimated_availability: z.string().nullish(),
  expiration: z.string().nullish(),
  status_reason: z.string().nullish(),
  trace_code: z.string().nullish(),
})
const Payouts = z.array(Payout)
type PayoutRow = z.output<typeof Payout>

/**
 * Every payout of a user, also those that she makes from her own wallet and
 * quotes that nobody committed. There are no pages. `is_complete` as for loads:
 * a list of a length at which lists are commonly cut is compared with the history,
 * which has to show all of it that is completed and nothing beyond it. It shows no
 * quotes, so one of them may be missing from a list that counts as complete, but no
 * payout that money moved for. An unknown user is an error.
 */
export async function listPayouts(
  transport: Transport,
  user_token: string
): Promise<RemotePayoutList> {
  const response = await transport.send({
    method: "GET",
    path: [user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  const rows = parseRead(Payouts, response, "payout list")
  const payouts = rows.flatMap((row) => toPayout(row) ?? [])
  const is_complete =
    payouts.length === rows.length &&
    (!isPageSize(rows.length) ||
      (await isProvenWhole(transport, {
        user_token,
        type: "payout",
        listed: new Set(rows.map((row) => row.payout_token)),
        completed: payouts.flatMap(({ status, payout_token }) =>
          status === "COMPLETED" ? [payout_token] : []
        ),
      })))
  return { payouts, is_complete }
}

/** What she shows at the cash desk. A bearer secret: for her alone, never kept. `null`: there is none. */
export async function getPickupCode(
  transport: Transport,
  payout: { user_token: string; payout_token: string }
): Promise<string | null> {
  const response = await readOne(transport, payout)
  const { pickup_code } = parseRead(
    z.object({ pickup_code: z.string().max(200).nullish() }),
    response,
    "payout"
  )
  return pickup_code ? pickup_code : null
}

async function readOne(
  transport: Transport,
  { user_token, payout_token }: { user_token: string; payout_token: string }
): Promise<TransportResponse> {
  return transport.send({
    method: "GET",
    path: [user_token, payout_token],
    not_found_means: "payee",
    lane: "interactive",
  })
}

function toPayout(row: PayoutRow): RemotePayout | null {
  const currency_code = row.source_currency_code
  const source_amount = exactAmount(row.source_amount, currency_code)
  if (source_amount === null) return null
  const { destination_amount } = row
  return {
    payout_token: row.payout_token,
    client_transfer_id: row.client_transfer_id ?? null,
    status: row.status,
    source_token: row.source_token ?? null,
    currency_code,
    source_amount,
    fee: row.fee == null ? null : feeOf(row.fee, currency_code),
    destination_amount:
      destination_amount == null ? null : String(destination_amount),
    destination_currency_code: row.destination_currency_code ?? null,
    estimated_availability: parseTime(row.estimated_availability),
    expires_at: parseTime(row.expiration),
    status_reason: row.status_reason ? redact(row.status_reason) : null,
    trace_code: row.trace_code ?? null,
  }
}
