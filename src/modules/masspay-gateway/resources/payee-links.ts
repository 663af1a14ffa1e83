import { z } from "@medusajs/framework/zod"

import type { Transport } from "../types"
import { checkedLink } from "./links"
import { parseRead } from "./parse"

const Interview = z.object({ interview_url: z.string().min(1) })
const Activation = z.object({ activation_url: z.string().nullish() })

/**
 * Where the payee answers the tax interview (W-8 or W-9). MassPay sends her to
 * `return_url` afterwards. A bearer secret: for her alone, never kept.
 */
export async function getTaxInterviewLink(
  transport: Transport,
  { user_token, return_url }: { user_token: string; return_url: string }
): Promise<string> {
  const response = await transport.send({
    method: "GET",
    path: [user_token, "tax"],
    query: { return_url },
    not_found_means: "payee",
    lane: "interactive",
  })
  const { interview_url } = parseRead(Interview, response, "tax interview")
  return checkedLink(interview_url, { transport, what: "tax interview" })
}

/** Where the payee activates her MassPay account; `null` once she has. A bearer secret, as above. */
export async function getActivationLink(
  transport: Transport,
  user_token: string
): Promise<string | null> {
  const response = await transport.send({
    method: "GET",
    path: ["user", user_token],
    not_found_means: "payee",
    lane: "interactive",
  })
  const { activation_url } = parseRead(Activation, response, "user")
  if (!activation_url) return null
  return checkedLink(activation_url, { transport, what: "activation link" })
}
