import { z } from "@medusajs/framework/zod"

import { GatewayError } from "../errors"
import type {
  RemoteSpendback,
  RemoteSpendbackList,
  RemoteSpendbackStatus,
  Transport,
} from "../types"
import { readSpendbackStatuses } from "./history"
import {
  Currency,
  exactAmount,
  isPageSize,
  parseRead,
  parseTime,
  Token,
} from "./parse"

const Spendbacks = z.array(
  z.object({
    spendback_token: Token,
    client_spendback_id: z.string(),
    source_currency_code: Currency,
    amount: z.number(),
    time_of_spendback: z.string().nullish(),
  })
)
type SpendbackRow = z.output<typeof Spendbacks>[number]

/**
 * Every spendback of a user, failed ones included. The list says nothing about
 * what became of them; that is in her history. Where the history cannot be
 * read, or does not show one, its status is `UNRECOGNISED`: it exists, and that
 * is all, and the list counts as incomplete. An unknown user is an error, never
 * an empty list.
 */
export async function listSpendbacks(
  transport: Transport,
  user_token: string
): Promise<RemoteSpendbackList> {
  const response = await transport.send({
    method: "GET",
    path: ["spendback", user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  const rows = parseRead(Spendbacks, response, "spendback list")
  if (rows.length === 0) return { spendbacks: [], is_complete: true }
  const history = await readHistory(transport, user_token)
  const spendbacks = rows.flatMap((row) => toSpendback(row, history) ?? [])
  const listed = new Set(rows.map((row) => row.spendback_token))
  const isEveryOneListed =
    history?.is_whole === true &&
    [...history.statuses.keys()].every((token) => listed.has(token))
  return {
    spendbacks,
    is_complete:
      history !== null &&
      spendbacks.length === rows.length &&
      (isEveryOneListed || !isPageSize(rows.length)),
  }
}

/** What the list shows is true whether or not the history can be read. */
async function readHistory(
  transport: Transport,
  user_token: string
): Promise<Awaited<ReturnType<typeof readSpendbackStatuses>> | null> {
  try {
    return await readSpendbackStatuses(transport, user_token)
  } catch (error) {
    if (error instanceof GatewayError) return null
    throw error
  }
}

function toSpendback(
  row: SpendbackRow,
  history: { statuses: ReadonlyMap<string, RemoteSpendbackStatus> } | null
): RemoteSpendback | null {
  const { spendback_token, client_spendback_id } = row
  const currency_code = row.source_currency_code
  const amount = exactAmount(row.amount, currency_code)
  if (amount === null) return null
  return {
    spendback_token,
    client_spendback_id,
    status: history?.statuses.get(spendback_token) ?? "UNRECOGNISED",
    currency_code,
    amount,
    time_of_spendback: parseTime(row.time_of_spendback),
  }
}
