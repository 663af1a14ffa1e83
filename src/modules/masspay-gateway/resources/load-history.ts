import { z } from "@medusajs/framework/zod"

import type { Transport } from "../types"
import { parseRead, Token } from "./parse"

const PAGE_SIZE = 100
/** More loads than this of one user are not counted: the answer is "not known". */
const PAGES_MAX = 200

const History = z.array(z.object({ token: Token, type: z.string() }))

/**
 * Whether a user's transaction history shows no load beyond `listed`. The
 * history is paged, so it goes on where a list that is cut ends; it does not
 * carry our client ids, so it cannot stand in for the list.
 *
 * Rows that move to a later page while we read show up twice, which does no
 * harm; loads newer than the list are the visibility delay's matter.
 */
export async function isEveryLoadListed(
  transport: Transport,
  { user_token, listed }: { user_token: string; listed: ReadonlySet<string> }
): Promise<boolean> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const response = await transport.send({
      method: "GET",
      path: ["user", user_token, "history"],
      query: {
        type: "load",
        number_of_records: String(PAGE_SIZE),
        page: String(page),
      },
      not_found_means: "payee",
      lane: "lookup",
    })
    const rows = parseRead(History, response, "transaction history")
    if (rows.some((row) => row.type === "load" && !listed.has(row.token))) {
      return false
    }
    if (rows.length < PAGE_SIZE) return true
  }
  return false
}
