import { refused } from "../errors"
import { toJsonNumber } from "../money"
import { type Operation, read, userOf } from "./context"

export const listWallets: Operation = (context) => {
  const user = userOf(context)
  return read(
    context.world.store.walletsOf(user.token).map((wallet) => ({
      user_token: user.token,
      token: wallet.token,
      balance: toJsonNumber(wallet.minor, wallet.currency_code),
      currency_code: wallet.currency_code,
      type: "USER_FUNDS",
      active: true,
    }))
  )
}

/** Tells the user her balance; without a wallet token, that of her first wallet. */
export const resendBalanceNotification: Operation = (context) => {
  const user = userOf(context)
  const wallets = context.world.store.walletsOf(user.token)
  const token = context.query.get("wallet_token") ?? wallets[0]?.token
  if (!wallets.some((wallet) => wallet.token === token)) {
    throw refused(404, ["This user has no such wallet"])
  }
  return read({ success: true })
}
