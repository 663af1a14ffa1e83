import { ControlError } from "./errors"
import { formatAmount, isKnownCurrency, parseAmount } from "./money"
import type { Wallet } from "./store"

/** Minor units of a positive amount that is exact in its currency. */
export function readAmount(
  amount: number | string,
  currencyCode: string
): bigint {
  if (!isKnownCurrency(currencyCode)) {
    throw new ControlError(
      400,
      `"${currencyCode}" is not a known currency code`
    )
  }
  const parsed = parseAmount(amount, currencyCode)
  if (parsed.problem !== undefined) {
    throw new ControlError(400, `amount ${parsed.problem}`)
  }
  return parsed.minor
}

/** What to take out of a wallet: not more than it holds, and for "all" maybe nothing. */
export function readWithdrawalFrom(
  wallet: Wallet,
  amount: number | string
): bigint {
  if (amount === "all") return wallet.minor > 0n ? wallet.minor : 0n
  const minor = readAmount(amount, wallet.currency_code)
  if (wallet.minor >= minor) return minor
  const held = formatAmount(wallet.minor, wallet.currency_code)
  throw new ControlError(409, `The wallet holds only ${held}`)
}
