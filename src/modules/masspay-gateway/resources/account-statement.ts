import { z } from "@medusajs/framework/zod"

import { OffContractError } from "../errors"
import type { Transport } from "../types"
import { parseRead } from "./parse"

const Answer = z.object({ content: z.string().min(1) })
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const PDF = Buffer.from("%PDF-")

/**
 * MassPay's own statement of the account over whole days, both included, as a
 * PDF. What is none is refused: it would be sent on under that name. Its size is
 * bounded by the transport, which takes 10 MB of an answer.
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
  const text = content.replace(/[\r\n]/g, "")
  const file = Buffer.from(text, "base64")
  const isWhole = BASE64.test(text) && text.length % 4 === 0
  if (isWhole && file.subarray(0, PDF.length).equals(PDF)) return file
  throw new OffContractError(
    "MassPay's account statement is not as agreed: field content is no PDF",
    { http_status: response.status }
  )
}
