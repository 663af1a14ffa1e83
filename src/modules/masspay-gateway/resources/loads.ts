import { z } from "@medusajs/framework/zod"

import type { RemoteLoad, RemoteLoadList, Transport } from "../types"
import { isProvenWhole } from "./history"
import {
  Currency,
  exactAmount,
  isPageSize,
  parseRead,
  parseTime,
  Token,
  wordOf,
} from "./parse"

export const LoadStatus = wordOf(["COMPLETED", "SCHEDULED", "CANCELLED"])

const Loads = z.array(
  z.object({
    load_token: Token,
    client_load_id: z.string(),
    status: LoadStatus,
    source_currency_code: Currency,
    amount: z.number(),
    wallet_token: Token.nullish(),
    time_of_load: z.string().nullish(),
  })
)

/**
 * Every load of a user, scheduled ones included. An unknown user is an error,
 * never an empty list: a missing load would look like one that was not made.
 */
export async function listLoads(
  transport: Transport,
  user_token: string
): Promise<RemoteLoadList> {
  const response = await transport.send({
    method: "GET",
    path: ["load", user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  const rows = parseRead(Loads, response, "load list")
  const loads = rows.flatMap((row) => toLoad(row) ?? [])
  const is_complete =
    loads.length === rows.length &&
    (!isPageSize(rows.length) ||
      (await isProvenWhole(transport, {
        user_token,
        type: "load",
        listed: new Set(rows.map((row) => row.load_token)),
      })))
  return { loads, is_complete }
}

function toLoad(row: z.output<typeof Loads>[number]): RemoteLoad | null {
  const { load_token, client_load_id, status, wallet_token } = row
  const currency_code = row.source_currency_code
  const amount = exactAmount(row.amount, currency_code)
  if (amount === null) return null
  return {
    load_token,
    client_load_id,
    status,
    currency_code,
    amount,
    wallet_token: wallet_token ?? null,
    time_of_load: parseTime(row.time_of_load),
  }
}
