import { z } from "@medusajs/framework/zod"

import type { Transport } from "../types"
import { parseRead } from "./parse"
import { pdfOf } from "./pdf"

const Answer = z.object({ content: z.string().min(1) })

/**
 * MassPay's own statement of the account over whole days, both included, as a
 * PDF.
 */
export async function getAccountStatement(
  transport: Transport,
  { from, to }: { from: string; to: string }
): Promise<Buffer> {
  const response = await transport.send({
    method: "GET",
    path: ["account", "statement"],
    query: { start_date: from, ending_date: to },
  })
  const { content } = parseRead(Answer, response, "account statement")
  const { status: http_status } = response
  return pdfOf(content, { what: "account statement", http_status })
}
