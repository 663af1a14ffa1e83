import { z } from "@medusajs/framework/zod"

import type { RemoteAutopayout, Transport } from "../types"
import { parseRead, Token } from "./parse"

const Rules = z.array(
  z.object({
    token: Token,
    destination_token: Token,
    percentage: z.number().min(0).max(100),
  })
)

/** The rules by which MassPay pays a payee's wallet out by itself, whenever something comes in. */
export async function listAutopayouts(
  transport: Transport,
  { user_token, wallet_token }: { user_token: string; wallet_token: string }
): Promise<RemoteAutopayout[]> {
  const response = await transport.send({
    method: "GET",
    path: ["wallet", user_token, wallet_token, "autopayout"],
    not_found_means: "payee",
  })
  return parseRead(Rules, response, "list of autopayout rules").map(
    ({ token, destination_token, percentage }) => ({
      token,
      destination_token,
      percentage,
    })
  )
}
