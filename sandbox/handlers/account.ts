import { toJsonNumber } from "../money"
import { type Operation, read } from "./context"

export const getBalance: Operation = ({ world }) =>
  read(
    world.store.fundingWallets().map((wallet) => ({
      token: wallet.token,
      balance: toJsonNumber(wallet.minor, wallet.currency_code),
      currency_code: wallet.currency_code,
    }))
  )
