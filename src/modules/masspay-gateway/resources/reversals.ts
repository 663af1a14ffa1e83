import { z } from "@medusajs/framework/zod"

import type { RemoteReversal, RemoteReversalList, Transport } from "../types"
import {
  Currency,
  exactAmount,
  isPageSize,
  NewToken,
  parseRead,
  Token,
  wordOf,
} from "./parse"

/**
 * `COMPLETED` and `PARTIAL` say how much of the payout it brought back. MassPay
 * does not document the words; any other proves nothing.
 */
const Status = z
  .string()
  .transform((word) => word.toUpperCase())
  .pipe(wordOf(["COMPLETED", "PARTIAL", "FAILED"]))

export const ReversalRow = z.object({
  payout_reversal_token: NewToken,
  amount: z.number().nonnegative(),
  currency_code: Currency,
  status: Status,
})
const Reversals = z.array(ReversalRow.extend({ payout_reversal_token: Token }))

/**
 * Every reversal of one direct payout, failed ones included. There are no pages;
 * `is_complete` as for loads. A payout that MassPay does not know is an error,
 * never an empty list.
 */
export async function listReversals(
  transport: Transport,
  { user_token, payout_token }: { user_token: string; payout_token: string }
): Promise<RemoteReversalList> {
  const response = await transport.send({
    method: "GET",
    lane: "lookup",
    path: [user_token, payout_token, "reversal"],
    not_found_means: "payee",
  })
  const rows = parseRead(Reversals, response, "list of reversals")
  const reversals = rows.map((row): RemoteReversal => ({
    reversal_token: row.payout_reversal_token,
    status: row.status,
    currency_code: row.currency_code,
    amount: exactAmount(row.amount, row.currency_code),
  }))
  return { reversals, is_complete: !isPageSize(rows.length) }
}
