import { z } from "@medusajs/framework/zod"

import type { FundingBalance, Transport, TransportLane } from "../types"
import { balanceOf, Currency, parseRead, Token } from "./parse"

const Balances = z.array(
  z.object({ token: Token, balance: z.number(), currency_code: Currency })
)

/**
 * The marketplace's funding wallets, one per currency as a rule. Wallets in a
 * currency that we do not know are left out: nothing can be paid from them.
 */
export async function getFundingBalances(
  transport: Transport
): Promise<FundingBalance[]> {
  const { balances } = await readAccount(transport, "lookup")
  return balances
}

/** The same, and what the answer tells of MassPay's clock. */
export async function readAccount(
  transport: Transport,
  lane: TransportLane
): Promise<{ balances: FundingBalance[]; answered_at: Date | null }> {
  const response = await transport.send({
    method: "GET",
    path: ["account", "balance"],
    lane,
  })
  const rows = parseRead(Balances, response, "account balance")
  const balances = rows.flatMap(({ token, balance, currency_code }) => {
    const minor = balanceOf(balance, currency_code)
    return minor === null ? [] : [{ token, currency_code, balance: minor }]
  })
  return { balances, answered_at: response.answered_at ?? null }
}
