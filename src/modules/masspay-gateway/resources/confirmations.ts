import { z } from "@medusajs/framework/zod"

import type { Transport } from "../types"
import { parseRead } from "./parse"
import { pdfOf } from "./pdf"
import { sendOrNull } from "./users"

const Confirmation = z.object({ content: z.string().nullish() })

/** MassPay's own paper about one direct payout; `null` where it has none (yet). */
export async function getConfirmation(
  transport: Transport,
  { user_token, payout_token }: { user_token: string; payout_token: string }
): Promise<Buffer | null> {
  const response = await sendOrNull(transport, {
    // A read, whatever its verb is.
    method: "PATCH",
    path: [user_token, payout_token],
    not_found_means: "payee",
    lane: "interactive",
  })
  if (response === null) return null
  const answer = parseRead(Confirmation, response, "payout confirmation")
  if (!answer.content) return null
  const { status: http_status } = response
  return pdfOf(answer.content, { what: "payout confirmation", http_status })
}
