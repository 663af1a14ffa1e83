import { z } from "@medusajs/framework/zod"

import type { RemoteWallet, Transport } from "../types"
import { balanceOf, Currency, parseRead, Token } from "./parse"

const Wallets = z.array(
  z.object({ token: Token, balance: z.number(), currency_code: Currency })
)

/** A payee's wallets; those in a currency that we do not know are left out. */
export async function listWallets(
  transport: Transport,
  user_token: string
): Promise<RemoteWallet[]> {
  const response = await transport.send({
    method: "GET",
    path: ["wallet", user_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  const rows = parseRead(Wallets, response, "wallet list")
  return rows.flatMap(({ token, balance, currency_code }) => {
    const minor = balanceOf(balance, currency_code)
    return minor === null ? [] : [{ token, currency_code, balance: minor }]
  })
}
