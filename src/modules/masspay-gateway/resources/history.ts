import { z } from "@medusajs/framework/zod"

import { GatewayError } from "../errors"
import type { RemoteSpendbackStatus, Transport } from "../types"
import { parseRead, Token, wordOf } from "./parse"

const PAGE_SIZE = 100
/** More rows than this of one user are not counted: the answer is "not known". */
const PAGES_MAX = 200

/** What rows and filter call the kinds; the rows write "spend back". */
type HistoryType = "load" | "payout" | "spendback"

const Status = wordOf([
  "COMPLETED",
  "SCHEDULED",
  "PROCESSING",
  "HOLD",
  "CANCELLED",
])
const History = z.array(
  z.object({ token: Token, type: z.string(), status: z.string().nullish() })
)
type HistoryRow = z.output<typeof History>[number]

/**
 * Whether a user's transaction history shows nothing of a kind beyond `listed`.
 * The history is paged, so it goes on where a list that is cut ends; it does not
 * carry our client ids, so it cannot stand in for the list. Where it cannot be
 * read, nothing is proven; what the list shows is true all the same.
 *
 * Rows that move to a later page while we read show up twice, which does no
 * harm; what is newer than the list is the visibility delay's matter.
 */
export async function isProvenWhole(
  transport: Transport,
  {
    user_token,
    type,
    listed,
    completed = [],
  }: {
    user_token: string
    type: "load" | "payout"
    listed: ReadonlySet<string>
    /** Of those, what the history has to show, or else it tells nothing of this kind. */
    completed?: readonly string[]
  }
): Promise<boolean> {
  const shown = new Set<string>()
  try {
    for await (const rows of pagesOf(transport, { user_token, type })) {
      if (rows === "too_many") return false
      if (rows.some(({ token }) => !listed.has(token))) return false
      for (const { token } of rows) shown.add(token)
    }
    return completed.every((token) => shown.has(token))
  } catch (error) {
    if (error instanceof GatewayError) return false
    throw error
  }
}

/**
 * What the history says of a user's spendbacks, by token, and whether it was
 * read to its end. One that changed its status while we read is left out.
 */
export async function readSpendbackStatuses(
  transport: Transport,
  user_token: string
): Promise<{
  statuses: Map<string, RemoteSpendbackStatus>
  is_whole: boolean
}> {
  const statuses = new Map<string, RemoteSpendbackStatus>()
  const pages = pagesOf(transport, { user_token, type: "spendback" })
  for await (const rows of pages) {
    if (rows === "too_many") return { statuses, is_whole: false }
    for (const { token, status } of rows) {
      const word = Status.parse(status ?? "")
      const isChanged = statuses.has(token) && statuses.get(token) !== word
      statuses.set(token, isChanged ? "UNRECOGNISED" : word)
    }
  }
  return { statuses, is_whole: true }
}

async function* pagesOf(
  transport: Transport,
  { user_token, type }: { user_token: string; type: HistoryType }
): AsyncGenerator<HistoryRow[] | "too_many"> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const response = await transport.send({
      method: "GET",
      path: ["user", user_token, "history"],
      query: {
        type,
        number_of_records: String(PAGE_SIZE),
        page: String(page),
      },
      not_found_means: "payee",
      lane: "lookup",
    })
    const rows = parseRead(History, response, "transaction history")
    yield rows.filter((row) => row.type.replace(" ", "") === type)
    if (rows.length < PAGE_SIZE) return
  }
  yield "too_many"
}
